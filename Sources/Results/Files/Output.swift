/// A table that is written where a spec asks for it.
package struct Output: RawRepresentable, CaseIterable, Hashable, Sendable {
  /// The word in a spec.
  package let rawValue: String

  package static let allCases = ResultFile.tables.filter { $0.file.need == .output }
    .map { Output($0.file) }

  private init(_ file: ResultFile) { rawValue = file.word }

  package init?(rawValue: String) {
    guard let output = Output.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = output
  }
}
