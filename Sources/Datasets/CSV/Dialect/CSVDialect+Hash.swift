import Numerics

extension CSVDialect {
  /// What is read depends on the dialect; where a key is not used, hashes are those from before there was one.
  func combine(into hasher: inout ContentHasher) {
    switch delimiter {
    case .character(let scalar): hasher.combine(Int(scalar.value))
    case .whitespace: hasher.combine(-1)
    }
    if decimal != .point { hasher.combine("decimal \(decimal.rawValue)") }
    if let thousands { hasher.combine("thousands \(thousands)") }
    if let comment { hasher.combine("comment \(comment)") }
    if skippedLineCount > 0 { hasher.combine("skip_rows \(skippedLineCount)") }
    if encoding != .utf8 { hasher.combine("encoding \(encoding.rawValue)") }
  }
}
