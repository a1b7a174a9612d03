import Tables

extension CSVLoader {
  /// Which rows were left out and for which columns, or `nil` when none was.
  func dropText(_ files: [CSVFile], _ rows: CSVRows) -> String? {
    guard rows.droppedRowCount > 0 else { return nil }
    let columns = rows.missingCounts(files).prefix(5)
      .map { "'\(printable($0.name))' \($0.count)" }
    return
      "\(rows.droppedRowCount) of \(rows.candidateCount) rows have missing cells and were left out "
      + "(by column: \(columns.joined(separator: ", ")))"
  }

  func weightlessText(_ rows: CSVRows) -> String? {
    RowWeights.weightlessText(
      rows.weightlessCounts.reduce(0, +), of: rows.recordCounts.reduce(0, +),
      column: source.weightColumn)
  }

  /// How many cells of which columns are filled, and by what.
  func fillText(_ holes: Holes, _ encoding: CategoricalEncoding) -> String? {
    guard !holes.isEmpty else { return nil }
    let count = holes.columns.reduce(0) { $0 + $1.count }
    let columns = holes.columns.prefix(5).map {
      "'\(printable(encoding.names[$0.index]))' \($0.count) by the \($0.statistic.rawValue)"
    }
    return
      "\(count) missing \(count == 1 ? "cell is" : "cells are") filled from the training rows of "
      + "each fold (\(columns.joined(separator: ", "))\(holes.columns.count > 5 ? ", …" : ""))"
  }

  /// How many cells of which categories are a level of their own.
  func levelText(_ columns: CSVColumns, _ rows: CSVRows) -> String? {
    let counts = columns.features.compactMap { feature -> (name: String, count: Int)? in
      guard case .category(let place, _) = feature.source,
        let level = rows.texts[place].levels.firstIndex(where: { $0 == source.missingValues.first })
      else { return nil }
      return (feature.name, rows.texts[place].codes.count { $0 == level })
    }
    guard !counts.isEmpty else { return nil }
    let count = counts.reduce(0) { $0 + $1.count }
    return "\(count) missing \(count == 1 ? "cell is" : "cells are") the level 'missing' ("
      + counts.prefix(5).map { "'\(printable($0.name))' \($0.count)" }.joined(separator: ", ")
      + (counts.count > 5 ? ", …" : "") + ")"
  }

  func namelessText(_ columns: CSVColumns) -> String? {
    let nameless = columns.namelessFeatures
    guard !nameless.isEmpty else { return nil }
    return "\(nameless.count == 1 ? "a column" : "columns") without a name "
      + "\(nameless.count == 1 ? "is used as feature" : "are used as features") "
      + "\(nameless.prefix(5).joined(separator: ", "))\(nameless.count > 5 ? ", …" : ""); "
      + "\"drop\": [\"\"] leaves out what has no name"
  }
}
