package import Tables

/// A file of a result folder.
package struct ResultFile: Sendable {
  package let name: String
  /// What one row is, or what the document is.
  package let text: String
  package let need: Need

  /// What makes a run write a file.
  package enum Need: Sendable {
    case always
    /// That the spec lists its name, without the ending, among its outputs.
    case output
  }

  package init(_ name: String, _ text: String, need: Need = .always) {
    self.name = name
    self.text = text
    self.need = need
  }

  /// The name without its ending: the word in a spec.
  package var word: String { String(name.prefix { $0 != "." }) }

  /// Whether it has rows, as against members.
  package var isTable: Bool { name.hasSuffix(".csv") }

  package func path(in folder: String) -> String { folder + "/" + name }
}

extension ResultFile {
  /// The columns of every table, in the order in which a reader wants the tables: a new one is a word here.
  package static let tables: [any ResultField.Type] = [
    CurveColumn.self, JobColumn.self, CoefficientColumn.self, HistoryColumn.self,
    SpectrumColumn.self, PredictionColumn.self,
  ]
}

/// The columns of one table in their order, or the members of a document.
///
/// Columns of which there may be several or none, such as those of the axes, are one case.
package protocol ResultField: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
  static var file: ResultFile { get }
  var declaration: FieldDeclaration { get }
}

extension ResultField {
  /// The names of the columns that this is in the tables of one sweep.
  package func names(in shape: TableShape) -> [String] {
    let declaration = declaration
    if let condition = declaration.condition, !shape.conditions.contains(condition) { return [] }
    switch declaration.value {
    case .axes: return Axis.allCases.map(\.rawValue)
    case .measures(let parts, let hasErrors):
      return shape.metrics.flatMap { metric in
        shape.parts.filter(parts.contains).flatMap { part in
          let measure = Measure(part, metric)
          return hasErrors ? [measure.column, measure.errorColumn] : [measure.column]
        }
      }
    default: return [rawValue]
    }
  }

  package static func header(in shape: TableShape) -> [String] {
    allCases.flatMap { $0.names(in: shape) }
  }
}

extension JSONNode {
  package subscript(member: some ResultField) -> JSONNode? { self[member.rawValue] }
}
