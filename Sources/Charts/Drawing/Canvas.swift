import Tables

/// The inside of an SVG picture, written as text; coordinates are rounded to a tenth of a pixel.
struct Canvas {
  enum Anchor: String { case start, middle, end }

  private(set) var body = ""

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) {
    body += "<line class=\"\(style)\" x1=\"\(fixed(x1))\" y1=\"\(fixed(y1))\""
    body += " x2=\"\(fixed(x2))\" y2=\"\(fixed(y2))\"/>\n"
  }

  mutating func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ style: String,
    title: String? = nil
  ) {
    body += "<rect class=\"\(style)\" x=\"\(fixed(x))\" y=\"\(fixed(y))\""
    body += " width=\"\(fixed(width))\" height=\"\(fixed(height))\""
    body += title.map { "><title>\(escaped($0))</title></rect>\n" } ?? "/>\n"
  }

  mutating func path(_ commands: String, _ style: String) {
    if !commands.isEmpty { body += "<path class=\"\(style)\" d=\"\(commands)\"/>\n" }
  }

  mutating func polyline(_ points: [(x: Double, y: Double)], _ style: String) {
    if points.count > 1 { path(Self.commands(thinned(points)), style) }
  }

  mutating func text(
    _ text: String, _ x: Double, _ y: Double, _ style: String, anchor: Anchor = .start,
    rotated: Bool = false
  ) {
    self.text(markup: escaped(text), x, y, style, anchor: anchor, rotated: rotated)
  }

  /// A number; its exponent is raised.
  mutating func number(
    _ label: NumberLabel, _ x: Double, _ y: Double, _ style: String, anchor: Anchor = .start
  ) {
    text(markup: markup(label), x, y, style, anchor: anchor)
  }

  /// Text and a number after it.
  mutating func text(
    _ text: String, then label: NumberLabel, _ x: Double, _ y: Double, _ style: String,
    anchor: Anchor = .start
  ) {
    self.text(markup: escaped(text) + markup(label), x, y, style, anchor: anchor)
  }

  /// What is drawn inside `draw` is cut off outside the rectangle.
  mutating func clipped(
    to frame: Frame, id: String, _ draw: (inout Canvas) -> Void
  ) {
    body += "<clipPath id=\"\(id)\"><rect x=\"\(fixed(frame.x))\" y=\"\(fixed(frame.y))\""
    body += " width=\"\(fixed(frame.width))\" height=\"\(fixed(frame.height))\"/></clipPath>\n"
    body += "<g clip-path=\"url(#\(id))\">\n"
    draw(&self)
    body += "</g>\n"
  }

  mutating func place(_ drawing: Drawing, atY y: Double) {
    body += "<g transform=\"translate(0 \(fixed(y)))\">\n\(drawing.body)</g>\n"
  }

  static func commands(_ points: [(x: Double, y: Double)]) -> String {
    var text = ""
    for (index, point) in points.enumerated() {
      text += "\(index == 0 ? "M" : "L")\(fixed(point.x)) \(fixed(point.y))"
    }
    return text
  }

  private mutating func text(
    markup: String, _ x: Double, _ y: Double, _ style: String, anchor: Anchor,
    rotated: Bool = false
  ) {
    body += "<text class=\"\(style)\" x=\"\(fixed(x))\" y=\"\(fixed(y))\""
    if anchor != .start { body += " text-anchor=\"\(anchor.rawValue)\"" }
    if rotated { body += " transform=\"rotate(-90 \(fixed(x)) \(fixed(y)))\"" }
    body += ">\(markup)</text>\n"
  }

  private func markup(_ label: NumberLabel) -> String {
    guard let exponent = label.exponent else { return escaped(label.body) }
    let sign = exponent < 0 ? "−" : ""
    return escaped(label.body) + "<tspan class=\"sup\" dy=\"-4.5\">\(sign)\(abs(exponent))</tspan>"
  }
}

/// A rectangle of the picture.
struct Frame {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  var right: Double { x + width }
  var bottom: Double { y + height }
}

/// A finished part of a picture, its corner at the origin.
struct Drawing {
  var title: String
  var description: String
  var width: Double
  var height: Double
  var body: String
}

/// A coordinate to a tenth of a pixel, without locale; far-away values are held at ±10⁵.
func fixed(_ value: Double) -> String {
  let tenths = Int((max(-1e5, min(1e5, value)) * 10).rounded())
  let sign = tenths < 0 ? "-" : ""
  let (whole, rest) = abs(tenths).quotientAndRemainder(dividingBy: 10)
  return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
}

/// Text for XML and HTML: the five marked characters as entities, characters that XML 1.0 forbids dropped.
package func escaped(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
    default:
      let isAllowed = scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
      if isAllowed { result.unicodeScalars.append(scalar) }
    }
  }
  return result
}

/// About how wide a text is in the sans-serif face of the pictures (Arial's widths, rounded up).
package func textWidth(_ text: String, size: Double) -> Double {
  var ems = 0.0
  for character in text {
    switch character {
    case "i", "j", "l", "t", "f", "I", ".", ",", ":", ";", "'", "|", "!", " ", "(", ")", "/":
      ems += 0.3
    case "m", "w", "M", "W", "—": ems += 0.88
    case "A"..."Z", "η", "λ": ems += 0.7
    case "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁻": ems += 0.38
    default: ems += 0.57
    }
  }
  return ems * size
}

/// The text, or as much of it as fits, with an ellipsis.
func shortened(_ text: String, to width: Double, size: Double) -> String {
  let mark = textWidth("…", size: size)
  var used = 0.0
  var fitting = text.startIndex
  var end = text.startIndex
  while end < text.endIndex {
    used += textWidth(String(text[end]), size: size)
    end = text.index(after: end)
    if used + mark <= width { fitting = end }
    if used > width { return text[..<fitting] + "…" }
  }
  return text
}
