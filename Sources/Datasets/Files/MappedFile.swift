import Platform

/// The bytes of a data file.
@safe
final class MappedFile: @unchecked Sendable {
  // SAFETY: `mapping` keeps the memory, and nobody writes to it.
  let path: String
  let base: UnsafeRawPointer
  let count: Int
  private let mapping: FileMapping

  init(_ path: String) throws(DatasetError) {
    self.path = path
    do {
      mapping = try FileMapping(path)
    } catch {
      throw .file(error)
    }
    unsafe (base, count) = (mapping.base, mapping.count)
  }

  var bytes: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(start: base, count: count)
  }

  subscript(index: Int) -> UInt8 {
    precondition(index >= 0 && index < count)
    return unsafe base.load(fromByteOffset: index, as: UInt8.self)
  }
}
