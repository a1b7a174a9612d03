extension JSONReader {
  /// Reads a string with its quotes; `nil` when something in it was reported.
  mutating func readString() throws(JSONSyntaxError) -> String? {
    let opening = offset
    var content: [UInt8] = []
    var isSound = true
    offset += 1
    while true {
      guard let byte = current, byte != UInt8(ascii: "\n") else {
        offset = opening
        throw error(.unterminatedString)
      }
      switch byte {
      case UInt8(ascii: "\""):
        offset += 1
        return isSound ? String(decoding: content, as: UTF8.self) : nil
      case UInt8(ascii: "\\"):
        isSound = readEscape(into: &content) && isSound
      case 0..<0x20:
        report(.controlCharacter(byte))
        isSound = false
        offset += 1
      default:
        content.append(byte)
        offset += 1
      }
    }
  }

  /// Reads an escape such as `\n` or `\u00e9`; false when it was reported.
  private mutating func readEscape(into content: inout [UInt8]) -> Bool {
    let next = offset + 1 < bytes.count ? bytes[offset + 1] : 0
    let plain: UInt8
    switch next {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): plain = next
    case UInt8(ascii: "b"): plain = 0x08
    case UInt8(ascii: "f"): plain = 0x0C
    case UInt8(ascii: "n"): plain = 0x0A
    case UInt8(ascii: "r"): plain = 0x0D
    case UInt8(ascii: "t"): plain = 0x09
    case UInt8(ascii: "u"): return readUnicodeEscape(into: &content)
    default:
      report(.badEscape(escapeText(length: 2)))
      // A quote or a line end after the backslash was handled above or ends the string.
      offset += next >= 0x20 && next < 0x80 ? 2 : 1
      return false
    }
    content.append(plain)
    offset += 2
    return true
  }

  private mutating func readUnicodeEscape(into content: inout [UInt8]) -> Bool {
    guard let unit = codeUnit(at: offset) else {
      report(.badEscape(escapeText(length: 6)))
      offset += 2
      return false
    }
    if let scalar = Unicode.Scalar(UInt32(unit)) {
      content.append(contentsOf: String(scalar).utf8)
      offset += 6
      return true
    }
    if unit < 0xDC00, let low = codeUnit(at: offset + 6), (0xDC00...0xDFFF).contains(low),
      let scalar = Unicode.Scalar(
        0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
    {
      content.append(contentsOf: String(scalar).utf8)
      offset += 12
      return true
    }
    report(.loneSurrogate(escapeText(length: 6)))
    offset += 6
    return false
  }

  /// The four hexadecimal digits of `\uXXXX` at an offset.
  private func codeUnit(at start: Int) -> UInt16? {
    guard start + 6 <= bytes.count, bytes[start] == UInt8(ascii: "\\"),
      bytes[start + 1] == UInt8(ascii: "u")
    else { return nil }
    var unit: UInt16 = 0
    for byte in bytes[start + 2..<start + 6] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        return nil
      }
      unit = unit << 4 | UInt16(digit)
    }
    return unit
  }

  /// The text of an escape for a message, up to a quote, a control character or the end.
  private func escapeText(length: Int) -> String {
    let end = min(offset + length, bytes.count)
    let text = bytes[offset..<end].prefix { $0 >= 0x20 && $0 != UInt8(ascii: "\"") }
    return String(decoding: text, as: UTF8.self)
  }

  /// The offset of the first byte that is no UTF-8, by the table of RFC 3629.
  static func firstInvalidUTF8(in bytes: [UInt8]) -> Int? {
    var i = 0
    while i < bytes.count {
      let lead = bytes[i]
      let length: Int
      var second: ClosedRange<UInt8> = 0x80...0xBF
      switch lead {
      case 0..<0x80:
        i += 1
        continue
      case 0xC2...0xDF: length = 2
      case 0xE0: (length, second) = (3, 0xA0...0xBF)
      case 0xED: (length, second) = (3, 0x80...0x9F)
      case 0xE1...0xEF: length = 3
      case 0xF0: (length, second) = (4, 0x90...0xBF)
      case 0xF4: (length, second) = (4, 0x80...0x8F)
      case 0xF1...0xF3: length = 4
      default: return i
      }
      guard i + length <= bytes.count, second.contains(bytes[i + 1]),
        bytes[i + 2..<max(i + 2, i + length)].allSatisfy({ $0 & 0xC0 == 0x80 })
      else { return i }
      i += length
    }
    return nil
  }
}
