/// Asks whether data of a size may be held, before anything of it is made.
package struct SizeCheck: Sendable {
  private let refusal: @Sendable (_ rows: Int, _ columns: Int) -> String?

  /// - Parameter refusal: why so many rows of so many columns are too much, or `nil`.
  package init(_ refusal: @escaping @Sendable (_ rows: Int, _ columns: Int) -> String?) {
    self.refusal = refusal
  }

  package static let none = SizeCheck { _, _ in nil }

  func callAsFunction(rows: Int, columns: Int) throws(DatasetError) {
    if let reason = refusal(rows, columns) { throw .refused(reason) }
  }
}
