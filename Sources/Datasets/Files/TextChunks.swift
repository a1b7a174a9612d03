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
  /// Where the first record begins that the window may not hold whole, and on which line.
  let rest: (byte: Int, line: Int)
  /// At least the number of records in all chunks.
  var recordBound: Int { chunks.reduce(0) { $0 + $1.recordBound } }

  /// - Parameters:
  ///   - start: where the first record begins; outside quotes.
  ///   - quotes: whether line ends inside quotes are to be left alone.
  init(
    _ file: FileWindow, from start: Int, firstLine: Int, quotes: Bool, chunkByteCount: Int,
    workers: Int
  ) {
    let windowEnd = file.count
    var end = file.count
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
    if !file.isLast {
      (end, lineBefore) =
        Self.lastRecordEnd(
          file, from: start, line: lineBefore, isQuoted: quotes && quoteBefore % 2 == 1,
          quotes: quotes) ?? (start, firstLine)
    }
    rest = (end, lineBefore)
    // From the back, so that a line longer than many chunks is looked through once.
    var cut = (byte: end, line: lineBefore)
    var chunks: [Chunk] = []
    for index in (0..<count).reversed() {
      let next = cut
      if index == 0 {
        cut = (start, firstLine)
      } else if let found = Self.firstRecordStart(
        file, in: nominal[index]..<max(nominal[index], min(nominal[index + 1], end)),
        line: before[index].line,
        isQuoted: before[index].isQuoted, quotes: quotes)
      {
        cut = found
      }
      chunks.append(
        Chunk(
          bytes: cut.byte..<next.byte, firstLine: cut.line,
          // The last record of the file may lack its line end.
          recordBound: next.line - cut.line + (next.byte == windowEnd ? 1 : 0)))
    }
    self.chunks = chunks.reversed()
  }

  /// Where the last whole record ends, found from the end of the window.
  /// - Parameters:
  ///   - line: the line at the window's end.
  ///   - isQuoted: whether the window ends inside quotes.
  private static func lastRecordEnd(
    _ file: FileWindow, from start: Int, line: Int, isQuoted: Bool, quotes: Bool
  ) -> (byte: Int, line: Int)? {
    var isQuoted = isQuoted
    var line = line
    var index = file.count
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
    _ file: FileWindow, in range: Range<Int>, line: Int, isQuoted: Bool, quotes: Bool
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

  init(_ file: FileWindow, _ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= file.count)
    var next = range.lowerBound
    while range.upperBound - next >= 64 {
      // 64 counters of eight bits in a vector: summed up before they can overflow.
      let stop = min(range.upperBound, next + 64 * 255) - 63
      var (lineEnds, quotes) = (Words(), Words())
      while next < stop {
        let words = unsafe file.base.loadUnaligned(fromByteOffset: next, as: Words.self)
        lineEnds &+= Self.ones(where: words, equals: UInt8(ascii: "\n"))
        quotes &+= Self.ones(where: words, equals: UInt8(ascii: "\""))
        next &+= 64
      }
      for lane in 0..<Words.scalarCount {
        self.lineEnds += Self.sumOfBytes(lineEnds[lane])
        self.quotes += Self.sumOfBytes(quotes[lane])
      }
    }
    for index in next..<range.upperBound {
      let byte = file[index]
      if byte == UInt8(ascii: "\n") { lineEnds += 1 }
      if byte == UInt8(ascii: "\"") { quotes += 1 }
    }
  }

  /// Bytes by eights: vectors of words are put together again by the optimiser, those of bytes are not.
  private typealias Words = SIMD8<UInt64>

  /// A 1 in each byte that equals `byte`, 0 in the others.
  @inline(__always)
  private static func ones(where words: Words, equals byte: UInt8) -> Words {
    let ones = Words(repeating: 0x0101_0101_0101_0101)
    let lowBits = Words(repeating: 0x7F7F_7F7F_7F7F_7F7F)
    let difference = words ^ Words(repeating: UInt64(byte) &* 0x0101_0101_0101_0101)
    // The top bit of a byte is set unless the byte is zero; no carry leaves a byte.
    let low = (difference & lowBits) &+ lowBits
    return (~(low | difference) &>> 7) & ones
  }

  private static func sumOfBytes(_ word: UInt64) -> Int {
    let pairs = (word & 0x00FF_00FF_00FF_00FF) &+ ((word >> 8) & 0x00FF_00FF_00FF_00FF)
    return Int((pairs &* 0x0001_0001_0001_0001) >> 48)
  }
}
