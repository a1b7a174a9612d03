/// Memory for a kernel, on a cache-line boundary: allocated once by the caller and freed with its owner.
@safe
package final class Workspace<Element: BitwiseCopyable> {
  // SAFETY: `base` points at `count` initialised elements inside `memory`, which lives as long as this
  // object.
  package let base: UnsafeMutablePointer<Element>
  package let count: Int
  private let memory: UnsafeMutableRawPointer

  package init(_ count: Int, repeating value: Element) {
    self.count = count
    // Aligned by hand: what `posix_memalign` gave is not found again for a request of the same size.
    unsafe memory = UnsafeMutableRawPointer.allocate(
      byteCount: max(count, 1) * MemoryLayout<Element>.stride + 64, alignment: 16)
    unsafe base = memory.alignedUp(toMultipleOf: 64).bindMemory(
      to: Element.self, capacity: max(count, 1))
    fill(value)
  }

  deinit { unsafe memory.deallocate() }

  /// Copies what is filled already: where this is not specialised, an element at a time is slow.
  package func fill(_ value: Element) {
    guard count > 0 else { return }
    let total = count * MemoryLayout<Element>.stride
    var filled = MemoryLayout<Element>.stride
    unsafe base.initialize(to: value)
    let bytes = UnsafeMutableRawPointer(unsafe base)
    while filled < total {
      let step = min(filled, total - filled)
      unsafe (bytes + filled).copyMemory(from: bytes, byteCount: step)
      filled += step
    }
  }

  package subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count)
      return unsafe base[index]
    }
    set {
      precondition(index >= 0 && index < count)
      unsafe base[index] = newValue
    }
  }
}
