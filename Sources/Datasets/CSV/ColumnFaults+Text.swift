import Tables

extension ColumnFaults {
  /// What was found in the column, and what the spec can say about it.
  /// - Parameters:
  ///   - key: the column as a spec names it, `""` for one without a name.
  ///   - labels: what the cells of a split column may hold.
  func text(use: ColumnUse, key: String, labels: [String]?) -> String {
    let found = [
      sentence(.text, one: "cell is not a number", many: "cells are not numbers"),
      sentence(.notFinite, one: "cell is not finite", many: "cells are not finite"),
      sentence(.notUTF8, one: "cell is not UTF-8", many: "cells are not UTF-8"),
      sentence(.label, one: "cell names no set", many: "cells name no set"),
      sentence(.negative, one: "cell is below zero", many: "cells are below zero"),
      sentence(.missing, one: "cell is missing", many: "cells are missing"),
    ].compactMap { $0 }
    let quoted = JSONText.encode(.string(key), style: .compact)
    return (found + remedies(use: use, key: quoted, labels: labels)).joined(separator: "; ")
  }

  private func sentence(_ kind: Kind, one: String, many: String) -> String? {
    self[kind].map { "\($0.count) \($0.count == 1 ? one : many) (\($0.list))" }
  }

  private func remedies(use: ColumnUse, key: String, labels: [String]?) -> [String] {
    var remedies: [String] = []
    if let texts = self[.text] {
      if texts.samples.allSatisfy({ $0.isDecimalComma }) {
        remedies.append("numbers are written with a decimal point")
      }
      if use == .target {
        remedies.append("the target must be numbers or exactly two texts")
      }
    }
    if use == .weight { remedies.append("weights are numbers of at least 0") }
    if self[.label] != nil, let labels {
      remedies.append("a split column holds " + labels.joined(separator: ", "))
    }
    if self[.notUTF8] != nil {
      remedies.append("convert the file, say with: iconv -f latin1 -t utf-8")
    }
    var keys: [String] = []
    if use == .feature || use == .categorical {
      if self[.text] != nil {
        keys.append("\"categorical\": [\(key)] to make each text a level")
      }
      keys.append("\"drop\": [\(key)] to leave the column out")
    }
    if self[.text] != nil || self[.notFinite] != nil {
      keys.append("\"missing_values\" with what stands for a missing value")
    }
    if self[.missing] != nil {
      keys.append("\"missing\": \"drop_rows\" to leave out the rows with missing cells")
    }
    if !keys.isEmpty { remedies.append("write " + keys.joined(separator: ", or ")) }
    return remedies
  }

  package typealias ColumnUse = DatasetProblem.ColumnUse
}

extension String {
  /// Whether this is a number but for a comma where the point should be: `-3,5`.
  fileprivate var isDecimalComma: Bool {
    utf8.count { $0 == UInt8(ascii: ",") } == 1
      && DecimalParser().number(replacing(",", with: ".")) != nil
  }
}
