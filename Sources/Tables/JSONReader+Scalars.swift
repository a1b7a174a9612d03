extension JSONReader {
  /// Reads a number, `true`, `false` or `null`.
  mutating func readScalar() throws(JSONSyntaxError) -> JSONNode.Value {
    guard let first = current else {
      throw error(.unexpected(found: found(), wanted: "a value"))
    }
    if first == UInt8(ascii: "-") || first == UInt8(ascii: "+") || first == UInt8(ascii: ".")
      || isDigit(first)
    {
      return readNumber()
    }
    let start = offset
    while let byte = current, isWordByte(byte) { offset += 1 }
    let word = String(decoding: bytes[start..<offset], as: UTF8.self)
    let end = offset
    offset = start
    switch word {
    case "true", "false", "null":
      offset = end
      return word == "null" ? .null : .bool(word == "true")
    case "NaN", "nan", "Infinity", "inf", "Inf":
      report(.notFinite(word))
      offset = end
      return .invalid
    case "":
      throw error(.unexpected(found: found(), wanted: "a value"))
    default:
      throw error(.unexpected(found: "'\(word.prefix(40))'", wanted: "a value"))
    }
  }

  /// Reads everything that could belong to a number, then holds it against the grammar.
  private mutating func readNumber() -> JSONNode.Value {
    let start = offset
    while let byte = current,
      isWordByte(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
        || byte == UInt8(ascii: ".")
    {
      offset += 1
    }
    let end = offset
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    defer { offset = end }
    offset = start
    guard isNumber(bytes[start..<end]), let value = Double(text) else {
      let word = text.drop { $0 == "-" || $0 == "+" }.lowercased()
      report(
        word == "inf" || word == "infinity" || word == "nan" ? .notFinite(text) : .badNumber(text))
      return .invalid
    }
    guard value.isFinite else {
      report(.numberOutOfRange(text))
      return .invalid
    }
    return .number(JSONNumber(value: value, text: text))
  }

  /// Whether the bytes are `-? (0 | [1-9][0-9]*) (\.[0-9]+)? ([eE][+-]?[0-9]+)?`.
  private func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    func digits() -> Int {
      rest.prefix { isDigit($0) }.count
    }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let whole = digits()
    if whole == 0 || (whole > 1 && rest.first == UInt8(ascii: "0")) { return false }
    rest = rest.dropFirst(whole)
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      let fraction = digits()
      if fraction == 0 { return false }
      rest = rest.dropFirst(fraction)
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") {
        rest = rest.dropFirst()
      }
      let exponent = digits()
      if exponent == 0 { return false }
      rest = rest.dropFirst(exponent)
    }
    return rest.isEmpty
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte >= 0x80 || byte == UInt8(ascii: "_")
      || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
  }
}
