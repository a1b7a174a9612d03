extension CSVCellScanner {
  @safe
  struct Cell {
    // SAFETY: lies inside the scanner's file and is used only while the scanner is.
    /// The content without the blanks around it or its outer quotes.
    var start: UnsafePointer<UInt8>
    var end: UnsafePointer<UInt8>
    var isQuoted: Bool
    var isLatin1: Bool
  }
}

extension CSVCellScanner.Cell {
  private var bytes: UnsafeBufferPointer<UInt8> {
    unsafe UnsafeBufferPointer(start: start, count: byteCount)
  }

  var byteCount: Int { unsafe end - start }

  /// The content with doubled quotes made single; bytes that are not UTF-8 become U+FFFD.
  var text: String {
    var text = ""
    if isLatin1 {
      unsafe text.unicodeScalars.append(contentsOf: bytes.map { Unicode.Scalar($0) })
    } else {
      text = unsafe String(decoding: bytes, as: UTF8.self)
    }
    return isQuoted && text.utf8.contains(UInt8(ascii: "\""))
      ? text.replacing("\"\"", with: "\"") : text
  }

  /// The text, or `nil` when its bytes are not of the encoding.
  var validText: String? {
    guard unsafe !isLatin1 && bytes.contains(where: { $0 >= 0x80 }) else { return text }
    return unsafe String(validating: bytes, as: UTF8.self) == nil ? nil : text
  }

  /// The content without blanks at its ends, which a quoted cell may have.
  var trimmed: Self {
    var cell = self
    while unsafe cell.start < cell.end && Self.isBlank(cell.start.pointee) {
      unsafe cell.start += 1
    }
    while unsafe cell.start < cell.end && Self.isBlank(cell.end[-1]) { unsafe cell.end -= 1 }
    return cell
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }
}
