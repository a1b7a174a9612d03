import Sweeping

/// What `sweep help` tells of besides the commands: a page that is a file of docs too.
package enum HelpTopic: String, CaseIterable, Sendable {
  case spec, tables

  /// All that `sweep help` has a page of.
  static let words = CommandName.allCases.map(\.rawValue) + allCases.map(\.rawValue)

  var summary: String {
    switch self {
    case .spec: "every key of a spec"
    case .tables: "every column of every table"
    }
  }

  var text: String {
    switch self {
    case .spec: SpecReference.text
    case .tables: TableReference.text
    }
  }
}
