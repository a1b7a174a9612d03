/// Memory for a kernel: allocated once by the caller, zeroed, and freed with its owner.
@safe
package final class Workspace<Element: BitwiseCopyable> {
  // SAFETY: `base` points at `count` initialised elements that live as long as this object.
  package let base: UnsafeMutablePointer<Element>
  package let count: Int

  package init(_ count: Int, repeating value: Element) {
    self.count = count
    unsafe base = UnsafeMutablePointer<Element>.allocate(capacity: max(count, 1))
    unsafe base.initialize(repeating: value, count: max(count, 1))
  }

  deinit { unsafe base.deallocate() }

  package func fill(_ value: Element) {
    unsafe base.update(repeating: value, count: count)
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
