/// Walks the cells of CSV text: RFC 4180 in any dialect, LF or CRLF, and blanks around a cell ignored
/// outside quotes.
@safe
struct CSVCellScanner {
  // SAFETY: `next ... end` lies inside the bytes of `file`, which lives as long as the scanner.
  private let file: FileWindow
  private(set) var next: UnsafePointer<UInt8>
  private(set) var end: UnsafePointer<UInt8>
  private(set) var line: Int
  var syntax: CSVSyntax

  enum Failure: Error, Sendable {
    case strayQuote(line: Int)
    case unclosedQuote(line: Int)
  }

  /// Where the scanner is.
  @safe
  struct Place {
    // SAFETY: `next` is used by the scanner that it came from.
    fileprivate let next: UnsafePointer<UInt8>
    fileprivate let line: Int
  }

  init(_ file: FileWindow, _ range: Range<Int>, line: Int, _ syntax: CSVSyntax) {
    self.file = file
    precondition(range.lowerBound >= 0 && range.upperBound <= file.count)
    let base = unsafe file.base.assumingMemoryBound(to: UInt8.self)
    unsafe next = base + range.lowerBound
    unsafe end = base + range.upperBound
    self.line = line
    self.syntax = syntax
  }

  /// Where the next cell begins in the file.
  var offset: Int { unsafe UnsafeRawPointer(next) - file.base }

  var isAtEnd: Bool { unsafe next >= end }

  var place: Place {
    get { unsafe Place(next: next, line: line) }
    set { unsafe (next, line) = unsafe (newValue.next, newValue.line) }
  }

  /// Goes on to `place`, which is on the same line.
  @inline(__always)
  mutating func skip(to place: UnsafePointer<UInt8>) { unsafe next = unsafe place }

  /// Whether a cell surely ends at `place`, as most do: at a delimiter of one byte or a line end.
  @inline(__always)
  func isCommonCellEnd(_ place: UnsafePointer<UInt8>) -> Bool {
    guard unsafe place < end else { return true }
    return unsafe UInt16(place.pointee) == syntax.cellEnd || isLineEnd(place)
  }

  /// Whether a cell ends here: at a delimiter, a comment, a line end or the end of the text.
  @inline(__always)
  private mutating func isAtCellEnd() -> Bool {
    if unsafe isCommonCellEnd(next) { return true }
    return !syntax.isPlain && isAtUncommonCellEnd()
  }

  // What is uncommon takes the scanner by reference, so that nothing is copied for it in the loops.
  @inline(never)
  private mutating func isAtUncommonCellEnd() -> Bool {
    unsafe syntax.isDelimiterOrComment(next, end: end)
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
    guard unsafe next < end && UInt16(next.pointee) == syntax.cellEnd else {
      return !syntax.isPlain && consumeUncommonDelimiter()
    }
    if syntax.isWhitespace { return consumeUncommonDelimiter() }
    unsafe next += 1
    return true
  }

  @inline(never)
  private mutating func consumeUncommonDelimiter() -> Bool {
    guard syntax.isWhitespace else {
      let length = unsafe syntax.delimiterLength(at: next, end: end)
      unsafe next += length
      return length > 0
    }
    let start = unsafe next
    skipBlanks()
    return unsafe next > start && next < end && !isLineEnd(next)
      && !syntax.isComment(next, end: end)
  }

  /// Steps over a line end and the comment before it, or stays at the end of the text.
  @inline(__always)
  mutating func consumeLineEnd() -> Bool {
    guard unsafe next < end else { return true }
    guard unsafe isLineEnd(next) else { return !syntax.isPlain && consumeUncommonLineEnd() }
    if unsafe next.pointee == UInt8(ascii: "\r") { unsafe next += 1 }
    if unsafe next < end { unsafe next += 1 }
    line += 1
    return true
  }

  @inline(never)
  private mutating func consumeUncommonLineEnd() -> Bool {
    if syntax.isWhitespace { skipBlanks() }
    skipComment()
    guard unsafe next >= end || isLineEnd(next) else { return false }
    return consumeLineEnd()
  }

  /// Steps over lines of nothing but blanks and a comment; says whether a record follows.
  @inline(__always)
  mutating func skipLinesWithoutRecord() -> Bool {
    while unsafe next < end {
      // Most records begin with a byte that nothing but a cell does.
      if unsafe syntax.isPlain && next.pointee > UInt8(ascii: " ") { return true }
      guard skipLineWithoutRecord() else { return true }
    }
    return false
  }

  @inline(never)
  private mutating func skipLineWithoutRecord() -> Bool {
    let start = unsafe next
    skipBlanks()
    skipComment()
    guard unsafe next >= end || isLineEnd(next) else {
      if !syntax.isWhitespace { unsafe next = unsafe start }
      return false
    }
    return consumeLineEnd()
  }

  /// Steps over lines whatever is in them; says whether the text has so many.
  mutating func skipLines(_ count: Int) -> Bool {
    for _ in 0..<count {
      skipToLineFeed()
      guard unsafe next < end else { return false }
      unsafe next += 1
      line += 1
    }
    return true
  }

  /// Reads a cell up to its delimiter or line end.
  mutating func cell() throws(Failure) -> Cell {
    skipBlanks()
    if unsafe next < end && next.pointee == UInt8(ascii: "\"") { return try quotedCell() }
    let start = unsafe next
    var contentEnd = unsafe next
    while !isAtCellEnd() {
      let byte = unsafe next.pointee
      if byte == UInt8(ascii: "\"") { throw .strayQuote(line: line) }
      unsafe next += 1
      if !syntax.isBlank(byte) { unsafe contentEnd = next }
    }
    return unsafe Cell(
      start: start, end: contentEnd, isQuoted: false, isLatin1: syntax.isLatin1)
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
      // Runs of blanks are what stands between cells.
      if !syntax.isWhitespace { skipBlanks() }
      guard isAtCellEnd() else { throw .strayQuote(line: line) }
      return unsafe Cell(
        start: start, end: contentEnd, isQuoted: true, isLatin1: syntax.isLatin1)
    }
    throw .unclosedQuote(line: firstLine)
  }

  private mutating func skipBlanks() {
    while unsafe next < end && syntax.isBlank(next.pointee) { unsafe next += 1 }
  }

  private mutating func skipComment() {
    if unsafe syntax.isComment(next, end: end) { skipToLineFeed() }
  }

  private mutating func skipToLineFeed() {
    while unsafe next < end && next.pointee != UInt8(ascii: "\n") { unsafe next += 1 }
  }
}

extension CSVCellScanner {
  /// The cells of the record that starts here; stops after its line end.
  mutating func record() throws(Failure) -> [Cell] {
    var cells: [Cell] = []
    repeat { cells.append(try cell()) } while consumeDelimiter()
    _ = consumeLineEnd()
    return cells
  }

  /// Steps over the record that starts here; says how many cells it has.
  mutating func skipRecord() throws(Failure) -> Int {
    var count = 0
    repeat {
      _ = try cell()
      count += 1
    } while consumeDelimiter()
    _ = consumeLineEnd()
    return count
  }

  /// The same place in a text that ends after so many bytes.
  func limited(to count: Int) -> Self {
    var scanner = self
    unsafe scanner.end = unsafe next + min(count, end - next)
    return scanner
  }

  /// Whether the text goes on with some bytes.
  func isAt(_ text: String) -> Bool {
    unsafe ByteMark(text, .utf8)?.isAt(next, end: end) ?? false
  }

  /// Steps over bytes that the text goes on with.
  mutating func skip(_ text: String) {
    precondition(isAt(text))
    unsafe next += text.utf8.count
  }
}
