import Datasets

extension CSVDialect {
  /// A dialect: mostly a plain one, now and then one that cannot be.
  init(_ draw: inout Draw) {
    self.init(delimiter: draw.pick([",", ",", ",", ";", "\t", "|", " ", .whitespace]))
    guard draw.chance(50) else { return }
    if draw.chance(20) {
      delimiter = draw.pick(["§", "→", "\u{1}", ":", .whitespace, .whitespace])
    }
    if draw.chance(30) { decimal = .comma }
    if draw.chance(30) { thousands = draw.pick([",", ".", "'", " ", "\u{A0}", "\u{2019}", "_"]) }
    if draw.chance(40) { comment = draw.pick(["#", "//", "--", "%", "§§", ";", "#!"]) }
    if draw.chance(20) { skippedLineCount = draw.below(4) }
    if draw.chance(20) { encoding = .latin1 }
    if draw.chance(95), !conflicts.isEmpty { self = CSVDialect(delimiter: delimiter) }
    if draw.chance(1) { skippedLineCount = draw.pick([-1, .max]) }
  }

  private var separator: String {
    switch delimiter {
    case .whitespace: " "
    case .character(let scalar): String(scalar)
    }
  }

  /// A line of cells.
  func line(_ cells: [String], _ draw: inout Draw) -> String {
    var text = delimiter == .whitespace && draw.chance(30) ? " \t" : ""
    for (index, cell) in cells.enumerated() {
      if index > 0 { text += separator }
      if index > 0, delimiter == .whitespace, draw.chance(30) {
        text += draw.pick([" ", "\t\t", " \t"])
      }
      text += quoted(cell, &draw)
    }
    if draw.chance(5) { text += " \t" }
    if let comment, draw.chance(10) { text += comment + junk(&draw) }
    return text
  }

  private func quoted(_ text: String, _ draw: inout Draw) -> String {
    let needs =
      text.contains { "\"\n\r ".contains($0) } || text.contains(separator)
      || comment.map { text.contains($0) } ?? false || delimiter == .whitespace && text.isEmpty
    guard needs || draw.chance(10) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  /// A number of a plain file as this one has it.
  func number(_ plain: String, _ draw: inout Draw) -> String {
    var text = plain.replacing(".", with: decimal.rawValue)
    guard let thousands, draw.chance(60) else { return text }
    let digits = text.prefix { $0 == "-" || $0.isNumber }
    var place = digits.endIndex
    while digits.distance(from: digits.startIndex, to: place) > 3 {
      place = digits.index(place, offsetBy: -3)
      if digits[..<place].last?.isNumber == true { text.insert(Character(thousands), at: place) }
    }
    return text
  }

  /// What a line may hold that is no data.
  func junk(_ draw: inout Draw) -> String {
    draw.pick(["", " a", "\"", " it's \"5\" ", "a" + separator + "y", "1" + separator + "\"2"])
  }

  /// The text as the encoding has it; what it lacks is a question mark.
  func bytes(_ text: String) -> [UInt8] {
    encoding == .utf8
      ? Array(text.utf8)
      : text.unicodeScalars.map { UInt8(exactly: $0.value) ?? UInt8(ascii: "?") }
  }
}
