/// Damage to bytes: what a slip of the hand, a torn write or an unkind person leaves.
struct Mutation {
  /// Texts that mean something to the reader.
  let tokens: [[UInt8]]

  init(_ tokens: [String]) {
    self.tokens = (tokens + Self.numbers + Self.texts).map { Array($0.utf8) }
  }

  private static let numbers = [
    "0", "-0", "1", "-1", "1e308", "1e309", "-1e-324", "4.9e-324", "9007199254740993", "2147483648",
    "-2147483649", "9223372036854775808", "18446744073709551616", "0.1", ".5", "5.", "1e", "+",
    "e5",
    "1e99999999999", "123456789012345678901234567890", "nan", "inf", "-Infinity", "0x1F", "1_000",
  ]
  private static let texts = [
    "\u{FEFF}", "\"", "\"\"", "\n", "\r\n", "\r", "\0", "\t", " ", ",", ";", "#", "\u{1B}[31m", "é",
    "e\u{301}", "\u{202E}", "::error::", "\u{FFFD}", "日本", "'", "\\", "NA", "?", "true", "False",
  ]

  /// One to four changes.
  func callAsFunction(_ bytes: inout [UInt8], _ draw: inout Draw, other: [UInt8]) {
    for _ in 0...draw.below(4) { change(&bytes, &draw, other) }
  }

  private func change(_ bytes: inout [UInt8], _ draw: inout Draw, _ other: [UInt8]) {
    guard !bytes.isEmpty else {
      bytes = draw.pick(tokens)
      return
    }
    let place = draw.below(bytes.count)
    let end = min(bytes.count, place + 1 + draw.below(draw.chance(80) ? 8 : 400))
    switch draw.below(10) {
    case 0: bytes[place] ^= 1 << UInt8(draw.below(8))
    case 1: bytes[place] = UInt8(draw.below(256))
    case 2, 3: bytes.insert(contentsOf: draw.pick(tokens), at: place)
    case 4: bytes.replaceSubrange(place..<end, with: draw.pick(tokens))
    case 5: bytes.removeSubrange(place..<end)
    case 6:
      let piece = bytes[place..<end]
      for _ in 0..<(draw.chance(5) ? 200 : 1) { bytes.insert(contentsOf: piece, at: place) }
    case 7:
      guard !other.isEmpty else { return }
      let start = draw.below(other.count)
      let stop = min(other.count, start + 1 + draw.below(200))
      bytes.replaceSubrange(place..<end, with: other[start..<stop])
    case 8: bytes.removeSubrange(place...)
    default: bytes.swapAt(place, draw.below(bytes.count))
    }
  }
}
