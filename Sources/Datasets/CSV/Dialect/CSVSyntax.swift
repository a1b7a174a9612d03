/// What tells the cells of a dialect apart, as bytes.
struct CSVSyntax: Sendable {
  /// The first byte of what stands between cells.
  let delimiter: UInt8
  /// Whether that byte is all of it, and nothing begins a comment: what most files are.
  let isPlain: Bool
  /// A byte that ends every cell outside quotes, or a number that no byte is.
  let cellEnd: UInt16
  let isWhitespace: Bool
  let isLatin1: Bool
  let comment: ByteMark?
  private let mark: ByteMark?

  init(_ dialect: CSVDialect) {
    isLatin1 = dialect.encoding == .latin1
    comment = dialect.comment.flatMap { ByteMark($0, dialect.encoding) }
    switch dialect.delimiter {
    case .whitespace:
      (mark, isWhitespace) = (nil, true)
      delimiter = UInt8(ascii: " ")
    case .character(let scalar):
      mark = ByteMark(String(scalar), dialect.encoding)
      isWhitespace = false
      delimiter = mark?.first ?? UInt8(ascii: ",")
    }
    isPlain = !isWhitespace && comment == nil && mark?.count == 1
    cellEnd = isWhitespace || mark?.count == 1 ? UInt16(delimiter) : .max
  }

  /// Whether a byte is a blank that belongs to no cell.
  @inline(__always)
  func isBlank(_ byte: UInt8) -> Bool {
    (byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t"))
      && (byte != delimiter || isWhitespace)
  }

  /// How long the delimiter at a place is, of a character; 0 where there is none.
  func delimiterLength(at place: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) -> Int {
    guard let mark, unsafe mark.isAt(place, end: end) else { return 0 }
    return mark.count
  }

  /// Whether a delimiter or a comment begins at a place inside the text.
  func isDelimiterOrComment(
    _ place: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>
  ) -> Bool {
    if isWhitespace
      ? unsafe isBlank(place.pointee) : unsafe delimiterLength(at: place, end: end) > 0
    {
      return true
    }
    return unsafe isComment(place, end: end)
  }

  func isComment(_ place: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) -> Bool {
    guard let comment else { return false }
    return unsafe comment.isAt(place, end: end)
  }
}

extension CSVSyntax {
  /// Which line ends end a record.
  var recordRule: TextChunks.Rule { comment.map { .quotesAndComments($0) } ?? .quotes }
}
