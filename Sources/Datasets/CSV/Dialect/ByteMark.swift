/// One to eight bytes that mean something, such as a delimiter, kept in a word: a copy is as cheap as a
/// number's.
struct ByteMark: Sendable {
  let first: UInt8
  let count: Int
  private let word: UInt64

  static let longest = 8

  /// `nil` when the text is empty or too long, or not in the encoding.
  init?(_ text: String, _ encoding: CSVDialect.Encoding) {
    var bytes: [UInt8] = []
    switch encoding {
    case .utf8: bytes = Array(text.utf8)
    case .latin1:
      for scalar in text.unicodeScalars {
        guard let byte = UInt8(exactly: scalar.value) else { return nil }
        bytes.append(byte)
      }
    }
    guard let first = bytes.first, bytes.count <= Self.longest else { return nil }
    self.first = first
    count = bytes.count
    word = bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Whether these bytes stand at a place, in a text that ends at `end`.
  @inline(__always)
  func isAt(_ place: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) -> Bool {
    guard unsafe place < end && place.pointee == first else { return false }
    return unsafe count == 1 || restIsAt(place, end: end)
  }

  private func restIsAt(_ place: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) -> Bool {
    guard unsafe end - place >= count else { return false }
    return (1..<count).allSatisfy {
      unsafe place[$0] == UInt8(truncatingIfNeeded: word >> (8 * UInt64($0)))
    }
  }
}
