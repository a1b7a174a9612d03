/// The records of a text file, window by window, each cut into pieces that can be read side by side.
struct RecordWindows {
  /// The stretch of the file that is in memory; `nil` after the last.
  private(set) var window: FileWindow?
  private(set) var cut: TextChunks
  private let file: DataFile
  private let rule: TextChunks.Rule

  /// - Parameters:
  ///   - start: where the first record begins in the first window.
  ///   - rule: which line ends end a record.
  init(
    _ file: DataFile, from start: TextChunks.Position, _ rule: TextChunks.Rule
  ) throws(DatasetError) {
    let first = try file.first()
    window = first
    cut = TextChunks(first, from: start, rule)
    self.file = file
    self.rule = rule
  }

  /// Reads the first `count` pieces of the window, while the file is read on, and goes on to what comes next.
  mutating func advance<Output: Sendable>(
    reading count: Int, _ read: @Sendable (FileWindow, Int, TextChunks.Chunk) -> Output
  ) throws(DatasetError) -> [Output] {
    guard let window else { return [] }
    let chunks = cut.chunks
    let (outputs, next) = try file.next(
      after: window, keepingFrom: cut.restStart, beside: count
    ) { read(window, $0, chunks[$0]) }
    if let next { cut = TextChunks(next, from: cut.rest, rule) }
    self.window = next
    return outputs
  }
}
