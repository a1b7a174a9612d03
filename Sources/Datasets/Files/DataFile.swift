import Numerics
import Platform

/// A data file, read in order through a buffer of bounded size and hashed as it is read.
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
  /// How many bytes there are.
  private let size: Int
  /// Carried bytes end, and what is read begins, at `headroom`.
  private var buffer: FileBuffer
  private var headroom = 0
  /// How far the file was read.
  private var position = 0
  private var blocks: [ContentHash] = []
  /// The hash of an earlier time through the file.
  private var earlierHash: ContentHash?

  /// A record may be this long.
  static let longestRecord = 1 << 30

  /// - Parameter windowSize: how many bytes are read at once, if that is enough for a record; whole
  ///   blocks of a hash. By default each worker's share is a few pieces of a megabyte.
  init(_ path: String, workers: Int, windowSize: Int? = nil) throws(DatasetError) {
    self.path = path
    self.workers = workers
    file = try DataBytes(path)
    version = file.version
    self.windowSize = windowSize ?? max(4 * workers, 8) * ContentHash.blockSize
    if let version {
      size = version.size
      let isWhole = size <= self.windowSize
      headroom = isWhole ? 0 : ContentHash.blockSize
      buffer = try Self.buffer(isWhole ? size : headroom + self.windowSize, path)
    } else {
      (buffer, size) = try file.stream()
      unsafe blocks = [
        ContentHash(of: UnsafeRawBufferPointer(buffer.part(0..<size)), workers: workers)
      ]
    }
  }

  /// The file's first stretch; also after others, to read it once more.
  func first() throws(DatasetError) -> FileWindow {
    if version == nil { return FileWindow(buffer, 0..<size, path: path, isLast: true) }
    if position == size, size <= windowSize, size > 0 {
      return FileWindow(buffer, headroom..<headroom + size, path: path, isLast: true)
    }
    position = 0
    blocks = []
    return try read(carrying: 0)
  }

  /// What comes after a window.
  /// - Parameter start: from where on the window's bytes are to be kept: the next one begins with them.
  /// - Returns: `nil` after the last.
  func next(after window: FileWindow, keepingFrom start: Int) throws(DatasetError) -> FileWindow? {
    guard !window.isLast else { return nil }
    let carried = window.count - start
    guard carried <= Self.longestRecord else {
      throw .invalid(path, .recordTooLong(limit: Self.longestRecord))
    }
    let source = unsafe window.base + start
    if carried > headroom {
      let grown = try Self.buffer(2 * carried + windowSize, path)
      unsafe grown.part(carried..<2 * carried).baseAddress?.copyMemory(
        from: source, byteCount: carried)
      (buffer, headroom) = (grown, 2 * carried)
    } else {
      unsafe (buffer.base + (headroom - carried)).copyMemory(from: source, byteCount: carried)
    }
    return try read(carrying: carried)
  }

  /// The hash of all bytes, once they were read.
  var contentHash: ContentHash {
    precondition(version == nil || position == size)
    return version == nil ? blocks[0] : ContentHash(blocks: blocks, count: size)
  }

  /// What must hold until the results are written.
  var stamp: FileStamp? { version.map { FileStamp(path: path, version: $0) } }

  /// Fills the buffer behind the headroom; the blocks are read and hashed side by side.
  private func read(carrying carried: Int) throws(DatasetError) -> FileWindow {
    let count = min(windowSize, size - position)
    let (file, buffer, headroom, position) = (file, buffer, headroom, position)
    let blockSize = ContentHash.blockSize
    let results = concurrentMap((count + blockSize - 1) / blockSize, workers: workers) {
      index -> Result<ContentHash?, SystemError> in
      if Interruption.isRequested { return .success(nil) }
      let start = index * blockSize
      let range = headroom + start..<headroom + min(start + blockSize, count)
      return unsafe file.hash(into: buffer.part(range), at: position + start)
    }
    if Interruption.isRequested { throw .interrupted }
    for result in results {
      switch result {
      case .success(let hash?): blocks.append(hash)
      case .success(nil): throw .changed(path: path)
      case .failure(let error):
        throw .file(.notReadable(path: path, reason: error.description))
      }
    }
    self.position += count
    let isLast = self.position == size
    if isLast {
      guard earlierHash == nil || earlierHash == contentHash else { throw .changed(path: path) }
      earlierHash = contentHash
    }
    return FileWindow(
      buffer, headroom - carried..<headroom + count, path: path, isLast: isLast)
  }

  private static func buffer(_ capacity: Int, _ path: String) throws(DatasetError) -> FileBuffer {
    guard let buffer = FileBuffer(capacity: capacity) else {
      throw .file(.notReadable(path: path, reason: "it does not fit in this machine's memory"))
    }
    return buffer
  }
}
