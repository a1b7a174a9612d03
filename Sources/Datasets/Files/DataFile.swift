import Numerics
import Platform

/// A data file, read in order through two buffers of bounded size and hashed as it is read: one is
/// filled while the other is used.
///
/// A regular file must stay what it was when it was opened; what is read after it changed is refused, and
/// so is a file that ends early. A pipe is read to its end at once, as its bytes come only once.
final class DataFile {
  let path: String
  /// The file's version when it was opened; `nil` for a pipe.
  let version: FileStatus.Version?
  private let file: DataBytes
  private let workers: Int
  private let windowSize: Int
  private let pieceSize: Int?
  /// How many bytes there are.
  private let size: Int
  /// The buffers in turn, the one in use first.
  private var rooms: [Room]
  /// How far the file was read.
  private var position = 0
  private var blocks: [ContentHash] = []
  /// The hash of an earlier time through the file.
  private var earlierHash: ContentHash?
  /// The first window, until the next is asked for.
  private var start: FileWindow?

  /// Carried bytes end, and what is read begins, at `headroom`.
  private struct Room {
    var buffer: FileBuffer
    var headroom: Int
  }

  /// A record may be this long.
  static let longestRecord = 1 << 30

  /// - Parameters:
  ///   - windowSize: how many bytes are read at once, if that is enough for a record; whole
  ///     blocks of a hash. By default each worker's share is a few pieces of a megabyte.
  ///   - pieceSize: how long the pieces of a text are, whose line ends and quotes are counted.
  init(
    _ path: String, workers: Int, windowSize: Int? = nil, pieceSize: Int? = nil
  ) throws(DatasetError) {
    self.path = path
    self.workers = workers
    self.pieceSize = pieceSize
    file = try DataBytes(path)
    version = file.version
    if let version {
      size = version.size
      self.windowSize = windowSize ?? max(2 * workers, 4) * ContentHash.blockSize
      let isWhole = size <= self.windowSize
      let headroom = isWhole ? 0 : ContentHash.blockSize
      let capacity = isWhole ? size : headroom + self.windowSize
      rooms = []
      while rooms.count < (isWhole ? 1 : 2) {
        rooms.append(Room(buffer: try Self.buffer(capacity, path), headroom: headroom))
      }
    } else {
      let (buffer, count) = try file.stream()
      (size, self.windowSize) = (count, count)
      rooms = [Room(buffer: buffer, headroom: 0)]
    }
  }

  /// The file's first stretch; also after others, to read it once more.
  func first() throws(DatasetError) -> FileWindow {
    if let start { return start }
    position = 0
    blocks = []
    let (_, window) = try read(carrying: 0, beside: 0) { _ in }
    start = window
    return window
  }

  /// What comes after a window, read while `count` tasks use that.
  /// - Parameter start: from where on the window's bytes are to be kept: the next one begins with them.
  /// - Returns: what the tasks gave; no window after the last.
  func next<Output: Sendable>(
    after window: FileWindow, keepingFrom start: Int, beside count: Int,
    _ task: @Sendable (Int) -> Output
  ) throws(DatasetError) -> (outputs: [Output], window: FileWindow?) {
    guard !window.isLast else { return (concurrentMap(count, workers: workers, task), nil) }
    let carried = window.count - start
    guard carried <= Self.longestRecord else {
      throw .invalid(path, .recordTooLong(limit: Self.longestRecord))
    }
    self.start = nil
    rooms.swapAt(0, 1)
    if carried > rooms[0].headroom {
      rooms[0] = Room(
        buffer: try Self.buffer(2 * carried + windowSize, path), headroom: 2 * carried)
    }
    let headroom = rooms[0].headroom
    unsafe rooms[0].buffer.part(headroom - carried..<headroom).copyMemory(
      from: window.bytes(start..<window.count))
    return try read(carrying: carried, beside: count, task)
  }

  /// How many there may be in the whole file of what occurs `count` times in what was read of it.
  func projected(_ count: Int) -> Int {
    // A little more, as lines are not all of one length.
    position == size ? count : Int(Double(count) * Double(size) / Double(position) * 1.02)
  }

  /// The hash of all bytes, once they were read.
  var contentHash: ContentHash {
    precondition(position == size)
    return ContentHash(blocks: blocks, count: size)
  }

  /// What must hold until the results are written.
  var stamp: FileStamp? { version.map { FileStamp(path: path, version: $0) } }

  /// Fills the first buffer behind the headroom. Blocks are read, hashed and counted, and `count` other
  /// tasks are done, all side by side.
  private func read<Output: Sendable>(
    carrying carried: Int, beside count: Int, _ task: @Sendable (Int) -> Output
  ) throws(DatasetError) -> (outputs: [Output], window: FileWindow) {
    let byteCount = min(windowSize, size - position)
    let (buffer, headroom) = (rooms[0].buffer, rooms[0].headroom)
    let source = version == nil ? nil : (file: file, offset: position)
    let (pieceSize, blockSize) = (pieceSize, ContentHash.blockSize)
    let done = concurrentMap(count + (byteCount + blockSize - 1) / blockSize, workers: workers) {
      index -> Done<Output> in
      // Tasks take longer than blocks: they go first, so that no worker waits long at the end.
      if index < count { return .task(task(index)) }
      if Interruption.isRequested { return .block(.success(nil)) }
      let start = (index - count) * blockSize
      let range = start..<min(start + blockSize, byteCount)
      let bytes = unsafe buffer.part(headroom + range.lowerBound..<headroom + range.upperBound)
      do throws(SystemError) {
        if let source, !(try unsafe source.file.fill(bytes, at: source.offset + start)) {
          return .block(.success(nil))
        }
      } catch {
        return .block(.failure(error))
      }
      return unsafe .block(
        .success(
          Block(UnsafeRawBufferPointer(bytes), at: carried + start, pieceSize: pieceSize)))
    }
    if Interruption.isRequested { throw .interrupted }
    var outputs: [Output] = []
    var pieces: [FileWindow.Piece] = []
    for result in done {
      switch result {
      case .task(let output): outputs.append(output)
      case .block(.success(let block?)):
        blocks.append(block.hash)
        pieces += block.pieces
      case .block(.success(nil)): throw .changed(path: path)
      case .block(.failure(let error)):
        throw .file(.notReadable(path: path, reason: error.description))
      }
    }
    position += byteCount
    let isLast = position == size
    if isLast {
      guard earlierHash == nil || earlierHash == contentHash else { throw .changed(path: path) }
      earlierHash = contentHash
    }
    let window = FileWindow(
      buffer, headroom - carried..<headroom + byteCount, pieces: pieces, path: path,
      isLast: isLast)
    return (outputs, window)
  }

  private static func buffer(_ capacity: Int, _ path: String) throws(DatasetError) -> FileBuffer {
    guard let buffer = FileBuffer(capacity: capacity) else {
      throw .file(.notReadable(path: path, reason: "it does not fit in this machine's memory"))
    }
    return buffer
  }
}

/// What a worker did while a file was read on.
private enum Done<Output: Sendable>: Sendable {
  case task(Output)
  /// `nil` when the file ended too early or the reading was interrupted.
  case block(Result<Block?, SystemError>)
}

/// What is known of a block of a file.
private struct Block: Sendable {
  let hash: ContentHash
  let pieces: [FileWindow.Piece]

  init(_ bytes: UnsafeRawBufferPointer, at place: Int, pieceSize: Int?) {
    hash = unsafe ContentHash(ofBlock: bytes)
    pieces =
      pieceSize.map { size in
        stride(from: 0, to: bytes.count, by: size).map { start in
          let range = start..<min(start + size, bytes.count)
          return unsafe FileWindow.Piece(
            bytes: place + range.lowerBound..<place + range.upperBound,
            counts: ByteCounts(of: UnsafeRawBufferPointer(rebasing: bytes[range])))
        }
      } ?? []
  }
}
