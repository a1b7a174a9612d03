/// Walks the cells of CSV text: RFC 4180 with any delimiter, LF or CRLF, and blanks around a cell
/// ignored outside quotes.
@safe
struct CSVCellScanner {
  // SAFETY: `next ... end` lies inside the bytes of `file`, which lives as long as the scanner.
  private let file: FileWindow
  var next: UnsafePointer<UInt8>
  let end: UnsafePointer<UInt8>
  var delimiter: UInt8
  var line: Int

  @safe
  struct Cell {
    // SAFETY: lies inside the scanner's file and is used only while the scanner is.
    /// The content without the blanks around it or its outer quotes.
    var start: UnsafePointer<UInt8>
    var end: UnsafePointer<UInt8>
    var isQuoted: Bool
  }

  enum Failure: Error, Sendable {
    case strayQuote(line: Int)
    case unclosedQuote(line: Int)
  }

  init(_ file: FileWindow, _ range: Range<Int>, line: Int, delimiter: UInt8) {
    self.file = file
    precondition(range.lowerBound >= 0 && range.upperBound <= file.count)
    let base = unsafe file.base.assumingMemoryBound(to: UInt8.self)
    unsafe next = base + range.lowerBound
    unsafe end = base + range.upperBound
    self.line = line
    self.delimiter = delimiter
  }

  /// Where the next cell begins in the file.
  var offset: Int { unsafe UnsafeRawPointer(next) - file.base }

  /// Whether a cell ends at `place`: at a delimiter, a line end or the end of the text.
  @inline(__always)
  func isCellEnd(_ place: UnsafePointer<UInt8>) -> Bool {
    guard unsafe place < end else { return true }
    let byte = unsafe place.pointee
    return unsafe byte == delimiter || isLineEnd(place)
  }

  /// Whether `place`, which is inside the text, is at LF, CRLF or a CR that ends the text.
  @inline(__always)
  func isLineEnd(_ place: UnsafePointer<UInt8>) -> Bool {
    let byte = unsafe place.pointee
    if byte == UInt8(ascii: "\n") { return true }
    guard byte == UInt8(ascii: "\r") else { return false }
    return unsafe place + 1 == end || place[1] == UInt8(ascii: "\n")
  }

  @inline(__always)
  mutating func consumeDelimiter() -> Bool {
    guard unsafe next < end && next.pointee == delimiter else { return false }
    unsafe next += 1
    return true
  }

  /// Steps over a line end, or stays at the end of the text.
  @inline(__always)
  mutating func consumeLineEnd() -> Bool {
    guard unsafe next < end else { return true }
    guard unsafe isLineEnd(next) else { return false }
    if unsafe next.pointee == UInt8(ascii: "\r") { unsafe next += 1 }
    if unsafe next < end { unsafe next += 1 }
    line += 1
    return true
  }

  /// Steps over lines without a character; says whether a record follows.
  @inline(__always)
  mutating func skipEmptyLines() -> Bool {
    while unsafe next < end {
      guard unsafe isLineEnd(next) else { return true }
      _ = consumeLineEnd()
    }
    return false
  }

  /// Reads a cell up to its delimiter or line end.
  mutating func cell() throws(Failure) -> Cell {
    skipBlanks()
    if unsafe next < end && next.pointee == UInt8(ascii: "\"") { return try quotedCell() }
    let start = unsafe next
    var contentEnd = unsafe next
    while unsafe !isCellEnd(next) {
      let byte = unsafe next.pointee
      if byte == UInt8(ascii: "\"") { throw .strayQuote(line: line) }
      unsafe next += 1
      if !isBlank(byte) { unsafe contentEnd = next }
    }
    return unsafe Cell(start: start, end: contentEnd, isQuoted: false)
  }

  private mutating func quotedCell() throws(Failure) -> Cell {
    let firstLine = line
    unsafe next += 1
    let start = unsafe next
    while unsafe next < end {
      let byte = unsafe next.pointee
      unsafe next += 1
      if byte == UInt8(ascii: "\n") { line += 1 }
      guard byte == UInt8(ascii: "\"") else { continue }
      if unsafe next < end && next.pointee == UInt8(ascii: "\"") {
        unsafe next += 1
        continue
      }
      let contentEnd = unsafe next - 1
      skipBlanks()
      guard unsafe isCellEnd(next) else { throw .strayQuote(line: line) }
      return unsafe Cell(start: start, end: contentEnd, isQuoted: true)
    }
    throw .unclosedQuote(line: firstLine)
  }

  private mutating func skipBlanks() {
    while unsafe next < end && isBlank(next.pointee) { unsafe next += 1 }
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    (byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")) && byte != delimiter
  }
}

extension CSVCellScanner.Cell {
  /// The content with doubled quotes made single; bytes that are not UTF-8 become U+FFFD.
  var text: String {
    let bytes = unsafe UnsafeBufferPointer(start: start, count: end - start)
    let text = unsafe String(decoding: bytes, as: UTF8.self)
    return isQuoted && text.utf8.contains(UInt8(ascii: "\""))
      ? text.replacing("\"\"", with: "\"") : text
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

  var byteCount: Int { unsafe end - start }

  /// The text, or `nil` when its bytes are not UTF-8.
  var validText: String? {
    let bytes = unsafe UnsafeBufferPointer(start: start, count: byteCount)
    guard unsafe bytes.contains(where: { $0 >= 0x80 }) else { return text }
    return unsafe String(validating: bytes, as: UTF8.self) == nil ? nil : text
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }
}
