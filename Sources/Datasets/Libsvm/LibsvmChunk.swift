/// The rows of a piece of a LIBSVM file: the elements that are not zero.
struct LibsvmChunk: Sendable {
  var targets: [Double] = []
  /// Where the entries of each row end.
  var rowEnds: [Int] = []
  /// The written indices less 1, so −1 for an index 0; `countFromZero` makes them columns.
  var columns: [Int32] = []
  var values: [Double] = []
  /// The smallest and largest index written, of elements that are zero too.
  var smallestIndex = Int.max
  var largestIndex = -1
  private var isFromZero = false
  /// The first of them, and how many there are.
  var problems: [DatasetProblem] = []
  var problemCount = 0

  /// Takes the indices for columns counted from 0, as an index 0 in some file says they are.
  mutating func countFromZero() {
    for entry in columns.indices { columns[entry] += 1 }
    isFromZero = true
  }

  /// More than the number of any column.
  var columnBound: Int { isFromZero ? largestIndex + 1 : max(largestIndex, 0) }

  /// Writes the rows densely, from a row of the storage on.
  func spread(into storage: RowStorage, from firstRow: Int) {
    precondition(firstRow + targets.count <= storage.rowCapacity)
    precondition(columnBound <= storage.columnCount && (isFromZero || smallestIndex > 0))
    var entry = 0
    for (offset, target) in targets.enumerated() {
      let row = unsafe storage.numbers + (firstRow + offset) * storage.columnCount
      unsafe row.update(repeating: 0, count: storage.columnCount)
      while entry < rowEnds[offset] {
        unsafe row[Int(columns[entry])] = values[entry]
        entry += 1
      }
      unsafe storage.target[firstRow + offset] = target
    }
  }
}

/// Reads the lines of a piece of a LIBSVM file.
@safe
struct LibsvmReader {
  // SAFETY: `next ... end` lies inside the bytes of `file`, which lives as long as the reader.
  private let file: FileWindow
  private let decimals: DecimalParser
  private var next: UnsafePointer<UInt8>
  private let end: UnsafePointer<UInt8>
  private var line: Int
  private var chunk = LibsvmChunk()

  init(_ file: FileWindow, _ chunk: TextChunks.Chunk, _ decimals: DecimalParser) {
    self.file = file
    self.decimals = decimals
    precondition(chunk.bytes.lowerBound >= 0 && chunk.bytes.upperBound <= file.count)
    let base = unsafe file.base.assumingMemoryBound(to: UInt8.self)
    unsafe next = base + chunk.bytes.lowerBound
    unsafe end = base + chunk.bytes.upperBound
    line = chunk.firstLine
  }

  mutating func read() -> LibsvmChunk {
    while unsafe next < end {
      readLine()
      while unsafe next < end && next.pointee != UInt8(ascii: "\n") { unsafe next += 1 }
      if unsafe next < end { unsafe next += 1 }
      line += 1
    }
    return chunk
  }

  private mutating func readLine() {
    guard skipBlanks() else { return }
    var target = 0.0
    guard let after = unsafe decimals.parse(next, end: end, into: &target),
      unsafe isWordEnd(after), target.isFinite
    else { return report(.badLibsvmLabel(word)) }
    unsafe next = unsafe after
    var previous = -1
    while skipBlanks() {
      guard let index = readIndex(after: previous) else { return }
      var value = 0.0
      guard let after = unsafe decimals.parse(next, end: end, into: &value),
        unsafe isWordEnd(after), value.isFinite
      else { return report(.badLibsvmEntry("\(index):\(word)")) }
      unsafe next = unsafe after
      if value != 0 {
        chunk.columns.append(Int32(index - 1))
        chunk.values.append(value)
      }
      if previous < 0 { chunk.smallestIndex = min(chunk.smallestIndex, index) }
      previous = index
    }
    chunk.largestIndex = max(chunk.largestIndex, previous)
    chunk.targets.append(target)
    chunk.rowEnds.append(chunk.columns.count)
  }

  /// Reads `index:`; reports and returns `nil` when that is not there.
  private mutating func readIndex(after previous: Int) -> Int? {
    let start = unsafe next
    var index = 0
    while unsafe next < end {
      let digit = unsafe next.pointee &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      index = min(index * 10 + Int(digit), 1 << 40)
      unsafe next += 1
    }
    let hasDigits = unsafe next > start
    guard unsafe hasDigits && next < end && next.pointee == UInt8(ascii: ":") else {
      unsafe next = unsafe start
      let word = word
      if word.hasPrefix("qid:") {
        report(.libsvmQueryID)
      } else if let colon = word.firstIndex(of: ":") {
        report(.badLibsvmIndex(String(word[..<colon])))
      } else {
        report(.badLibsvmEntry(word))
      }
      return nil
    }
    unsafe next += 1
    guard index <= Int32.max else {
      report(.badLibsvmIndex("\(index)"))
      return nil
    }
    guard index > previous else {
      report(.libsvmIndexNotIncreasing(index, after: previous))
      return nil
    }
    return index
  }

  /// Steps over blanks; says whether a word follows on the line.
  private mutating func skipBlanks() -> Bool {
    while unsafe next < end {
      switch unsafe next.pointee {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): unsafe next += 1
      case UInt8(ascii: "\n"), UInt8(ascii: "#"): return false
      default: return true
      }
    }
    return false
  }

  private func isWordEnd(_ place: UnsafePointer<UInt8>) -> Bool {
    guard unsafe place < end else { return true }
    switch unsafe place.pointee {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"),
      UInt8(ascii: "#"):
      return true
    default: return false
    }
  }

  /// The word that starts here, short enough for a message.
  private var word: String {
    var wordEnd = unsafe next
    while unsafe !isWordEnd(wordEnd) { unsafe wordEnd += 1 }
    let bytes = unsafe UnsafeBufferPointer(start: next, count: wordEnd - next)
    return DatasetProblem.excerpt(unsafe String(decoding: bytes, as: UTF8.self))
  }

  private mutating func report(_ reason: DatasetProblem.Reason) {
    chunk.problemCount += 1
    guard chunk.problems.count < DatasetProblem.limitPerFile else { return }
    chunk.problems.append(DatasetProblem(path: file.path, line: line, reason: reason))
  }
}
