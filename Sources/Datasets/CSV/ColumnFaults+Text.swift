import Tables

extension ColumnFaults {
  /// What was found in the column, and what the spec can say about it.
  /// - Parameters:
  ///   - key: the column as a spec names it, `""` for one without a name.
  ///   - labels: what the cells of a split column may hold.
  ///   - dialect: how the file was read.
  ///   - missing: what is done with missing cells of columns that no rule names.
  func text(
    use: ColumnUse, key: String, labels: [String]?, _ dialect: CSVDialect,
    missing: MissingRules.Policy
  ) -> String {
    let found = [
      sentence(.text, one: "cell is not a number", many: "cells are not numbers"),
      sentence(
        .boolean, one: "cell is true or false beside numbers",
        many: "cells are true or false beside numbers"),
      sentence(.notFinite, one: "cell is not finite", many: "cells are not finite"),
      sentence(.notUTF8, one: "cell is not UTF-8", many: "cells are not UTF-8"),
      sentence(.label, one: "cell names no set", many: "cells name no set"),
      sentence(.negative, one: "cell is below zero", many: "cells are below zero"),
      sentence(.missing, one: "cell is missing", many: "cells are missing"),
    ].compactMap { $0 }
    let quoted = JSONText.encode(.string(key), style: .compact)
    return (found + remedies(use: use, key: quoted, labels: labels, dialect, missing: missing))
      .joined(separator: "; ")
  }

  private func sentence(_ kind: Kind, one: String, many: String) -> String? {
    self[kind].map { "\($0.count) \($0.count == 1 ? one : many) (\($0.list))" }
  }

  private func remedies(
    use: ColumnUse, key: String, labels: [String]?, _ dialect: CSVDialect,
    missing: MissingRules.Policy
  ) -> [String] {
    var remedies: [String] = []
    let numbers = self[.text].flatMap { NumberHint($0.samples, dialect) }
    if self[.text] != nil, numbers == nil, use == .target {
      remedies.append("the target must be numbers or exactly two texts")
    }
    if use == .weight { remedies.append("weights are numbers of at least 0") }
    if self[.label] != nil, let labels {
      remedies.append("a split column holds " + labels.joined(separator: ", "))
    }
    if self[.boolean] != nil { remedies.append("write 1 and 0 in their place") }
    var keys: [String] = []
    if self[.notUTF8] != nil { keys.append(DialectHint.latin1) }
    if let numbers { keys.append(numbers.words) }
    if use == .feature || use == .categorical {
      if self[.text] != nil || self[.boolean] != nil {
        keys.append("\"categorical\": [\(key)] to make each text a level")
      }
      keys.append("\"drop\": [\(key)] to leave the column out")
    }
    if self[.text] != nil && numbers == nil || self[.notFinite] != nil {
      keys.append("\"missing_values\" with what stands for a missing value")
    }
    if self[.missing] != nil {
      // What other columns have stays.
      let others = missing == .error ? "" : ", \"*\": \"\(missing.rawValue)\""
      keys.append(
        "\"missing\": "
          + (others.isEmpty ? "\"drop_rows\"" : "{\(key): \"drop_rows\"\(others)}")
          + " to leave out the rows with missing cells")
      switch use {
      case .feature where self[.text] == nil:
        keys.append("\"missing\": {\(key): \"median\"\(others)} to fill them")
      case .categorical:
        keys.append("\"missing\": {\(key): \"level\"\(others)} to make them a level")
      default: break
      }
    }
    if !keys.isEmpty { remedies.append("write " + keys.joined(separator: ", or ")) }
    return remedies
  }

  package typealias ColumnUse = DatasetProblem.ColumnUse
}
