import Tables

/// The cells of one column that could not be used, counted, with some of their texts.
package struct ColumnFaults: Hashable, Sendable {
  package enum Kind: Int, CaseIterable, Hashable, Sendable {
    case text, notFinite, notUTF8, label, missing
    /// `true` or `false`: a fault only beside cells that are something else.
    case boolean
    /// A weight below zero.
    case negative
  }

  /// Cells of one kind.
  package struct Cells: Hashable, Sendable {
    package var firstLine: Int
    package var count: Int
    /// Some of the distinct texts, in order of first use.
    package var samples: [String]

    fileprivate static let sampleLimit = 3

    fileprivate mutating func add(_ sample: String) {
      guard samples.count <= Self.sampleLimit, !samples.contains(sample) else { return }
      samples.append(sample)
    }

    mutating func add(_ other: Cells) {
      count += other.count
      for sample in other.samples { add(sample) }
    }

    /// `'x', 'y', 'z', …`
    var list: String {
      samples.prefix(Self.sampleLimit).map { $0.isEmpty ? "empty" : "'\($0)'" }
        .joined(separator: ", ") + (samples.count > Self.sampleLimit ? ", …" : "")
    }
  }
  private var cells: [Kind: Cells] = [:]

  package init() {}

  subscript(kind: Kind) -> Cells? { cells[kind] }

  mutating func add(_ kind: Kind, line: Int, _ text: String) {
    add(kind, Cells(firstLine: line, count: 1, samples: [DatasetProblem.excerpt(text)]))
  }

  mutating func add(_ kind: Kind, _ more: Cells) {
    if cells[kind]?.add(more) == nil { cells[kind] = more }
  }

  mutating func add(_ other: ColumnFaults) {
    for (kind, more) in other.cells { add(kind, more) }
  }

  /// What of these is wrong, or `nil` when nothing is.
  /// - Parameters:
  ///   - besideNumbers: whether other cells of the column, also in other files, are numbers.
  ///   - dropsMissing: whether a missing cell only costs its row.
  func wrong(besideNumbers: Bool, dropsMissing: Bool) -> ColumnFaults? {
    var wrong = self
    if dropsMissing { wrong.cells[.missing] = nil }
    // Among texts, `true` is one of them.
    if let texts = cells[.text], let booleans = wrong.cells.removeValue(forKey: .boolean) {
      wrong.add(.text, booleans)
      wrong.cells[.text]?.firstLine = min(booleans.firstLine, texts.firstLine)
    } else if !besideNumbers {
      wrong.cells[.boolean] = nil
    }
    return wrong.cells.isEmpty ? nil : wrong
  }

  /// How many cells there are of all kinds.
  var cellCount: Int { cells.values.reduce(0) { $0 + $1.count } }

  /// The line of the first fault.
  var firstLine: Int { cells.values.map(\.firstLine).min() ?? 1 }
}
