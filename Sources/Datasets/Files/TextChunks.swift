import Numerics

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
  let chunks: [Chunk]

  /// - Parameters:
  ///   - start: where the first record begins; outside quotes.
  ///   - quotes: whether line ends inside quotes are to be left alone.
  init(
    _ file: MappedFile, from start: Int, firstLine: Int, quotes: Bool, chunkByteCount: Int,
    workers: Int
  ) {
    let end = file.count
    let count = max(1, (end - start + chunkByteCount - 1) / chunkByteCount)
    let nominal = (0...count).map { min(start + $0 * chunkByteCount, end) }
    let counts = concurrentMap(count, workers: workers) { index in
      ByteCounts(file, nominal[index]..<nominal[index + 1])
    }
    var lineBefore = firstLine
    var quoteBefore = 0
    let before = counts.map { count in
      defer {
        lineBefore += count.lineEnds
        quoteBefore += count.quotes
      }
      return (line: lineBefore, isQuoted: quotes && quoteBefore % 2 == 1)
    }
    // From the back, so that a line longer than many chunks is looked through once.
    var cut = (byte: end, line: lineBefore)
    var chunks: [Chunk] = []
    for index in (0..<count).reversed() {
      let next = cut
      if index == 0 {
        cut = (start, firstLine)
      } else if let found = Self.firstRecordStart(
        file, in: nominal[index]..<nominal[index + 1], line: before[index].line,
        isQuoted: before[index].isQuoted, quotes: quotes)
      {
        cut = found
      }
      chunks.append(
        Chunk(
          bytes: cut.byte..<next.byte, firstLine: cut.line,
          // The last record of the file may lack its line end.
          recordBound: next.line - cut.line + (next.byte == end ? 1 : 0)))
    }
    self.chunks = chunks.reversed()
  }

  private static func firstRecordStart(
    _ file: MappedFile, in range: Range<Int>, line: Int, isQuoted: Bool, quotes: Bool
  ) -> (byte: Int, line: Int)? {
    var isQuoted = isQuoted
    var line = line
    for index in range {
      let byte = file[index]
      if byte == UInt8(ascii: "\n") {
        line += 1
        if !isQuoted { return (index + 1, line) }
      } else if byte == UInt8(ascii: "\""), quotes {
        isQuoted.toggle()
      }
    }
    return nil
  }
}

/// How many line ends and quotes a piece of a file has.
private struct ByteCounts {
  var lineEnds = 0
  var quotes = 0

  init(_ file: MappedFile, _ range: Range<Int>) {
    typealias Bytes = SIMD64<UInt8>
    var next = range.lowerBound
    let (one, zero) = (Bytes(repeating: 1), Bytes(repeating: 0))
    while range.upperBound - next >= 64 {
      // Lanes of eight bits: summed up before they can overflow.
      let stop = min(range.upperBound, next + 64 * 255)
      var (lineEnds, quotes) = (zero, zero)
      while stop - next >= 64 {
        let bytes = unsafe file.base.loadUnaligned(fromByteOffset: next, as: Bytes.self)
        lineEnds &+= zero.replacing(with: one, where: bytes .== UInt8(ascii: "\n"))
        quotes &+= zero.replacing(with: one, where: bytes .== UInt8(ascii: "\""))
        next += 64
      }
      for lane in 0..<64 {
        self.lineEnds += Int(lineEnds[lane])
        self.quotes += Int(quotes[lane])
      }
    }
    for index in next..<range.upperBound {
      let byte = file[index]
      if byte == UInt8(ascii: "\n") { lineEnds += 1 }
      if byte == UInt8(ascii: "\"") { quotes += 1 }
    }
  }
}
