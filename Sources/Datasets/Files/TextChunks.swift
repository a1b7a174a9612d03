/// A text cut at line ends into parts that can be read independently.
///
/// A chunk may be empty (a line longer than a chunk).
struct TextChunks {
  struct Chunk {
    var bytes: Range<Int>
    /// The line that the chunk starts on, counted from 1.
    var firstLine: Int
    /// At least the number of records in the chunk.
    var recordBound: Int
  }

  /// Which line ends end a record.
  enum Rule: Sendable {
    case everyLineEnd
    /// Those outside quotes.
    case quotes
    /// Those outside quotes, where what a comment holds is no quote.
    case quotesAndComments(ByteMark)
  }

  /// How far a window is known.
  struct Position {
    /// Where the first record begins, and on which line.
    var record: Line
    /// From where on line ends and quotes are to be counted.
    var scan: TextCuts.Scan

    /// A record begins here.
    init(record byte: Int, line: Int) {
      record = (byte, line)
      scan = TextCuts.Scan(byte: byte, line: line)
    }
  }

  /// The byte that a line begins at, and its number.
  typealias Line = (byte: Int, line: Int)

  let chunks: [Chunk]
  /// Where the record begins that the window may not hold whole: the next one is to begin with it.
  let restStart: Int
  /// How far that next window is known.
  let rest: Position
  /// At least the number of records in all chunks.
  var recordBound: Int { chunks.reduce(0) { $0 + $1.recordBound } }

  init(_ file: FileWindow, from start: Position, _ rule: Rule) {
    let cuts =
      switch rule {
      case .everyLineEnd: TextCuts(file, from: start.scan, quotes: false)
      case .quotes: TextCuts(file, from: start.scan, quotes: true)
      case .quotesAndComments(let mark): TextCuts(file, from: start.scan, comment: mark)
      }
    let end: Line =
      file.isLast ? (file.count, cuts.scan.line) : cuts.lastRecordEnd ?? start.record
    restStart = end.byte
    var rest = Position(record: 0, line: end.line)
    rest.scan = cuts.scan
    rest.scan.byte -= end.byte
    self.rest = rest
    // From the back, so that a line longer than many chunks is looked through once.
    var cut = end
    var chunks: [Chunk] = []
    func append(from place: Line) {
      chunks.append(
        Chunk(
          bytes: place.byte..<cut.byte, firstLine: place.line,
          // The last record of the file may lack its line end.
          recordBound: cut.line - place.line + (cut.byte == file.count ? 1 : 0)))
      cut = place
    }
    for start in cuts.recordStarts.reversed() {
      append(from: start ?? cut)
    }
    append(from: start.record)
    self.chunks = chunks.reversed()
  }
}
