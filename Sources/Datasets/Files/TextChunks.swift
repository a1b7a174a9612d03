/// A text cut at line ends into parts that can be read independently.
///
/// In CSV a line end inside quotes ends no record; since quotes come in pairs, the number of quotes
/// before a place tells whether it is inside. A chunk may be empty (a line longer than a chunk).
struct TextChunks {
  struct Chunk {
    var bytes: Range<Int>
    /// The line that the chunk starts on, counted from 1.
    var firstLine: Int
    /// At least the number of records in the chunk.
    var recordBound: Int
  }

  /// How far a window is known.
  struct Position {
    /// Where the first record begins, and on which line.
    var record: (byte: Int, line: Int)
    /// From where on line ends and quotes are to be counted, on which line, and whether inside quotes.
    var scan: (byte: Int, line: Int, isQuoted: Bool)

    /// A record begins here.
    init(record byte: Int, line: Int) {
      record = (byte, line)
      scan = (byte, line, false)
    }
  }
  let chunks: [Chunk]
  /// Where the record begins that the window may not hold whole: the next one is to begin with it.
  let restStart: Int
  /// How far that next window is known.
  let rest: Position
  /// At least the number of records in all chunks.
  var recordBound: Int { chunks.reduce(0) { $0 + $1.recordBound } }

  /// - Parameter quotes: whether line ends inside quotes are to be left alone.
  init(_ file: FileWindow, from start: Position, quotes: Bool) {
    var scan = start.scan
    var pieces: [(start: (byte: Int, line: Int, isQuoted: Bool), end: Int)] = []
    for piece in file.pieces where piece.bytes.upperBound > scan.byte {
      pieces.append((scan, piece.bytes.upperBound))
      let counts =
        piece.bytes.lowerBound >= scan.byte
        ? piece.counts
        : unsafe ByteCounts(of: file.bytes(scan.byte..<piece.bytes.upperBound))
      scan.byte = piece.bytes.upperBound
      scan.line += counts.lineEnds
      if quotes, counts.quotes % 2 == 1 { scan.isQuoted.toggle() }
    }
    var end = (byte: file.count, line: scan.line)
    if !file.isLast {
      end = Self.lastRecordEnd(file, from: start.scan.byte, to: scan, quotes) ?? start.record
    }
    restStart = end.byte
    var rest = Position(record: 0, line: end.line)
    rest.scan = (file.count - end.byte, scan.line, scan.isQuoted)
    self.rest = rest
    // From the back, so that a line longer than many chunks is looked through once.
    var cut = end
    var chunks: [Chunk] = []
    func append(from place: (byte: Int, line: Int)) {
      chunks.append(
        Chunk(
          bytes: place.byte..<cut.byte, firstLine: place.line,
          // The last record of the file may lack its line end.
          recordBound: cut.line - place.line + (cut.byte == file.count ? 1 : 0)))
      cut = place
    }
    for piece in pieces.dropFirst().reversed() {
      append(
        from: Self.firstRecordStart(file, piece.start, to: min(piece.end, end.byte), quotes) ?? cut)
    }
    append(from: start.record)
    self.chunks = chunks.reversed()
  }

  /// Where the last whole record ends, found from the end of the window.
  private static func lastRecordEnd(
    _ file: FileWindow, from start: Int, to end: (byte: Int, line: Int, isQuoted: Bool),
    _ quotes: Bool
  ) -> (byte: Int, line: Int)? {
    var (index, line, isQuoted) = end
    while index > start {
      let byte = file[index - 1]
      if byte == UInt8(ascii: "\n") {
        if !isQuoted { return (index, line) }
        line -= 1
      } else if byte == UInt8(ascii: "\""), quotes {
        isQuoted.toggle()
      }
      index -= 1
    }
    return nil
  }

  private static func firstRecordStart(
    _ file: FileWindow, _ start: (byte: Int, line: Int, isQuoted: Bool), to end: Int,
    _ quotes: Bool
  ) -> (byte: Int, line: Int)? {
    var (index, line, isQuoted) = start
    while index < end {
      let byte = file[index]
      index += 1
      if byte == UInt8(ascii: "\n") {
        line += 1
        if !isQuoted { return (index, line) }
      } else if byte == UInt8(ascii: "\""), quotes {
        isQuoted.toggle()
      }
    }
    return nil
  }
}
