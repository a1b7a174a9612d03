/// Where a window can be cut: the line ends that end records.
///
/// Quotes come in pairs, so the number of quotes before a place tells whether it is inside, and pieces
/// counted side by side tell it for all places. With comments, which may hold one quote, the window is
/// walked through from its start.
struct TextCuts {
  /// How far the window was looked through, on which line that is, and what it is in the midst of.
  struct Scan {
    var byte: Int
    var line: Int
    var inside = Inside.record
  }

  enum Inside { case record, quotes, comment }

  /// For each piece but the first, the first record that begins after a line end in it.
  private(set) var recordStarts: [TextChunks.Line?] = []
  /// Where the last whole record ends.
  private(set) var lastRecordEnd: TextChunks.Line?
  private(set) var scan: Scan

  /// - Parameter quotes: whether line ends inside quotes are to be left alone.
  init(_ file: FileWindow, from start: Scan, quotes: Bool) {
    scan = start
    var pieces: [(start: Scan, end: Int)] = []
    for piece in file.pieces where piece.bytes.upperBound > scan.byte {
      pieces.append((scan, piece.bytes.upperBound))
      let counts =
        piece.bytes.lowerBound >= scan.byte
        ? piece.counts
        : unsafe ByteCounts(of: file.bytes(scan.byte..<piece.bytes.upperBound))
      scan.byte = piece.bytes.upperBound
      scan.line += counts.lineEnds
      if quotes, counts.quotes % 2 == 1 { scan.inside.toggle() }
    }
    recordStarts = pieces.dropFirst().map { piece in
      Self.firstRecordStart(file, piece.start, to: piece.end, quotes)
    }
    if !file.isLast { lastRecordEnd = Self.lastRecordEnd(file, from: start.byte, to: scan, quotes) }
  }

  /// Walks through the window, as what is in a comment is known only from what is before it.
  /// - Parameter comment: what begins a comment outside quotes; its line end ends it.
  init(_ file: FileWindow, from start: Scan, comment: ByteMark) {
    scan = start
    // The window may end within a mark.
    let stop = file.isLast ? file.count : file.count - (comment.count - 1)
    let base = unsafe file.base.assumingMemoryBound(to: UInt8.self)
    let end = unsafe base + file.count
    for piece in file.pieces where piece.bytes.upperBound > start.byte {
      var first: TextChunks.Line?
      while scan.byte < min(piece.bytes.upperBound, stop) {
        let byte = unsafe base[scan.byte]
        if byte == UInt8(ascii: "\n") {
          scan.line += 1
          if scan.inside != .quotes {
            scan.inside = .record
            lastRecordEnd = (scan.byte + 1, scan.line)
            first = first ?? lastRecordEnd
          }
        } else if byte == UInt8(ascii: "\"") {
          scan.inside.toggle()
        } else if byte == comment.first, scan.inside == .record,
          unsafe comment.isAt(base + scan.byte, end: end)
        {
          scan.inside = .comment
        }
        scan.byte += 1
      }
      recordStarts.append(first)
    }
    if !recordStarts.isEmpty { recordStarts.removeFirst() }
  }

  /// Found from the end of the window.
  private static func lastRecordEnd(
    _ file: FileWindow, from start: Int, to end: Scan, _ quotes: Bool
  ) -> TextChunks.Line? {
    var place = end
    while place.byte > start {
      let byte = file[place.byte - 1]
      if byte == UInt8(ascii: "\n") {
        if place.inside == .record { return (place.byte, place.line) }
        place.line -= 1
      } else if byte == UInt8(ascii: "\""), quotes {
        place.inside.toggle()
      }
      place.byte -= 1
    }
    return nil
  }

  private static func firstRecordStart(
    _ file: FileWindow, _ start: Scan, to end: Int, _ quotes: Bool
  ) -> TextChunks.Line? {
    var place = start
    while place.byte < end {
      let byte = file[place.byte]
      place.byte += 1
      if byte == UInt8(ascii: "\n") {
        place.line += 1
        if place.inside == .record { return (place.byte, place.line) }
      } else if byte == UInt8(ascii: "\""), quotes {
        place.inside.toggle()
      }
    }
    return nil
  }
}

extension TextCuts.Inside {
  /// What a quote does.
  fileprivate mutating func toggle() {
    switch self {
    case .record: self = .quotes
    case .quotes: self = .record
    case .comment: break
    }
  }
}
