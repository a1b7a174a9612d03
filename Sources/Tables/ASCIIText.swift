/// The text for a terminal that shows ASCII only: what the program itself writes in its nearest
/// spelling, everything else as `\u00e9`.
package func asciiText(_ text: String) -> String {
  if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
  var result = ""
  for scalar in text.unicodeScalars {
    if scalar.isASCII {
      result.unicodeScalars.append(scalar)
    } else {
      result += spellings[scalar] ?? unicodeEscape(scalar)
    }
  }
  return result
}

private let spellings: [Unicode.Scalar: String] = [
  "×": "x", "±": "+-", "→": "->", "←": "<-", "−": "-", "–": "-", "—": "-", "…": "...", "·": "*",
  "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~", "∞": "inf", "½": "1/2", "²": "^2", "³": "^3",
  "√": "sqrt", "Σ": "sum", "‖": "||", "λ": "lambda", "η": "eta", "μ": "mu", "σ": "sigma",
  "█": "#", "░": "-", "│": "|", "─": "-", "▲": "^", "▼": "v", "●": "*", "✅": "[ok]",
  "❌": "[failed]", "⚠": "[!]", "\u{FE0F}": "",
]
