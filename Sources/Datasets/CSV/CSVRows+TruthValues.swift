import Tables

/// Columns of `true` and `false`.
extension CSVRows {
  /// The places among a row's numbers that hold truth values, where nothing is wrong.
  func truthPlaces(_ files: [CSVFile]) -> Set<Int> {
    var places: Set<Int> = []
    for (index, file) in files.enumerated() {
      for column in truthColumns(of: index) {
        if case .number(let place) = file.columns.roles[column] { places.insert(place) }
      }
    }
    return places
  }

  /// What a target of truth values is, where nothing is wrong: nothing declares it as such.
  func truthTargetText(_ files: [CSVFile]) -> String? {
    for (index, file) in files.enumerated() {
      let column = truthColumns(of: index).first { file.columns.roles[$0] == .target }
      if let column {
        return "the target '\(printable(file.columns.names[column]))' is 1 for true and 0 for false"
      }
    }
    return nil
  }

  /// The columns that hold truth values and, in one of the files, numbers.
  func mixedColumns(_ files: [CSVFile]) -> Set<ExactText> {
    var names: Set<ExactText> = []
    for (index, file) in files.enumerated() {
      for column in truthColumns(of: index) { names.insert(ExactText(file.columns.names[column])) }
    }
    if names.isEmpty { return [] }
    var mixed: Set<ExactText> = []
    for (index, file) in files.enumerated() {
      for (column, name) in file.columns.names.enumerated() {
        let name = ExactText(name)
        guard names.contains(name), !mixed.contains(name) else { continue }
        switch file.columns.roles[column] {
        case .skipped, .text, .weight: break
        case .number, .target:
          let others = (faults[index][column]?.cellCount ?? 0) + holeCounts[index][column]
          if recordCounts[index] - weightlessCounts[index] > others { mixed.insert(name) }
        }
      }
    }
    return mixed
  }

  private func truthColumns(of file: Int) -> [Int] {
    faults[file].filter { $0.value[.boolean] != nil }.map(\.key)
  }
}
