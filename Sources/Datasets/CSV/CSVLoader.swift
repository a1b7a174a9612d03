import Numerics
import Tables

/// Reads CSV files into a data set: window by window, each cut at record ends, its pieces read in
/// parallel straight into the rows, and the rows put together.
///
/// A target of texts is allowed when the rows to learn from have exactly two: the first by its bytes
/// is 0, the other is 1. Which rows these are says `LearningRows`; levels of categories come from
/// them too.
/// - Complexity: O(bytes / workers).
package struct CSVLoader {
  let source: CSVSource
  private let labelColumn: String?
  private let allowedLabels: [String]?
  private let extraFiles: [Dataset.ExtraFile]
  private let testRows: Dataset.TestRows
  private let workers: Int
  private let chunkByteCount: Int
  private let windowSize: Int?
  private let sizeCheck: SizeCheck

  /// - Parameters:
  ///   - chunkByteCount: how long the pieces are; the result is the same for any.
  ///   - windowSize: how much of a file is in memory at once; likewise.
  package init(
    _ source: CSVSource, labelColumn: String? = nil, allowedLabels: [String]? = nil,
    extraFiles: [Dataset.ExtraFile] = [],
    testRows: @escaping Dataset.TestRows = { _, _ in [] }, workers: Int,
    chunkByteCount: Int = 1 << 19, windowSize: Int? = nil, sizeCheck: SizeCheck = .none
  ) {
    self.source = source
    self.labelColumn = labelColumn
    self.allowedLabels = allowedLabels
    self.extraFiles = extraFiles
    self.testRows = testRows
    self.workers = workers
    self.chunkByteCount = chunkByteCount
    self.windowSize = windowSize
    self.sizeCheck = sizeCheck
  }

  package func load() throws(DatasetError) -> Dataset {
    guard source.dialect.isValid else { throw .invalid(source.path, .badDialect) }
    var files = [
      try CSVFile(
        source.path, source, labelColumn: labelColumn, workers: workers, windowSize: windowSize,
        pieceSize: chunkByteCount)
    ]
    files[0].columns.allowedLabels = allowedLabels
    let featureNames = files[0].columns.features.map(\.name)
    for file in extraFiles {
      files.append(
        try CSVFile(
          file.path, source, labelColumn: labelColumn, featureNames: featureNames,
          workers: workers, windowSize: windowSize, pieceSize: chunkByteCount))
    }
    var rows = try CSVRows(files, source, workers: workers)
    if rows.hasOnlyTextTargets {
      for index in files.indices { files[index].columns = files[index].columns.withTargetAsText() }
      rows = try CSVRows(files, source, workers: workers)
    }
    // What is wrong may come from the change.
    for file in files { try file.file.stamp?.check() }
    let problems = rows.problems(files, source)
    guard problems.isEmpty else { throw .invalid(problems) }
    for (file, count) in rows.rowCounts.enumerated() where count == 0 {
      if rows.weightlessCounts[file] > 0, rows.weightlessCounts[file] == rows.recordCounts[file] {
        throw weightProblem(files[file].path, .weightsAllZero)
      }
      throw .invalid(files[file].path, .noRows(dropped: dropText(files, rows)))
    }
    return try dataset(files, rows)
  }

  private func dataset(_ files: [CSVFile], _ rows: CSVRows) throws(DatasetError) -> Dataset {
    let columns = files[0].columns
    let labels = labels(columns, rows)
    let testRows = testRows(rows.rowCount, labels)
    let origins = RowOrigins(
      paths: files.map(\.path), rowCounts: rows.rowCounts, numbers: rows.rowNumbers)
    let learning = LearningRows(
      mainRowCount: origins.mainRowCount, rowCount: rows.rowCount, testRows: testRows)
    let weights = try weights(rows, learning)
    let truthPlaces = rows.truthPlaces(files)
    let encoding = CategoricalEncoding(
      columns.features, texts: rows.texts, truthPlaces: truthPlaces,
      missingText: source.missingValues.first, learning: learning)
    if encoding.names.isEmpty { throw .invalid(source.path, .noFeatures) }
    try sizeCheck(rows: rows.rowCount, columns: encoding.names.count)
    let dropText = dropText(files, rows)
    let (target, classes) = try target(columns, rows, learning, origins, dropText)
    let tooLarge = DatasetError.invalid(
      source.path, .tooLarge(rows: rows.rowCount, columns: encoding.names.count))
    guard var features = encoding.spread(rows.storage, rows.rowCount, rows.texts, workers) else {
      throw tooLarge
    }
    let holes = holes(files, rows, encoding, in: features, learning, testRows: testRows)
    let indicators = source.missingIndicator ? IndicatorColumns(holes).columns : []
    if let clash = encoding.clash(indicators: indicators) { throw .invalid(source.path, clash) }
    if !indicators.isEmpty {
      try sizeCheck(rows: rows.rowCount, columns: encoding.names.count + indicators.count)
      guard let wide = IndicatorColumns(holes).appended(to: features, workers: workers) else {
        throw tooLarge
      }
      features = wide
    }
    return Dataset(
      featureNames: encoding.names + indicators.map { IndicatorColumns.name(encoding.names[$0]) },
      features: features, target: target,
      targetName: source.target, splitLabels: labels, contentHash: hash(files),
      stamps: files.compactMap(\.file.stamp),
      droppedRowCount: rows.droppedRowCount, dropText: dropText, levelGroups: encoding.groups,
      hasTruthValues: !truthPlaces.isEmpty, holes: holes, indicatorCount: indicators.count,
      textClasses: classes, weights: weights,
      testRows: testRows, origins: origins,
      remarks: [
        dropText, weightlessText(rows), fillText(holes, encoding), levelText(columns, rows),
        namelessText(columns), rows.truthTargetText(files),
      ].compactMap { $0 } + encoding.remarks)
  }

  private func holes(
    _ files: [CSVFile], _ rows: CSVRows, _ encoding: CategoricalEncoding, in features: Matrix,
    _ learning: LearningRows, testRows: [Int32]
  ) -> Holes {
    let statistics = files[0].columns.statistics
    guard rows.holeCounts.contains(where: { $0.contains { $0 > 0 } }) else { return Holes() }
    let filled = encoding.numbers.compactMap { column, place in
      statistics[place].map { (column: column, statistic: $0) }
    }
    return Holes(
      in: features, filled: filled, testRows: testRows, learning: learning, workers: workers)
  }

  private func weights(
    _ rows: CSVRows, _ learning: LearningRows
  ) throws(DatasetError) -> RowWeights? {
    guard source.weightColumn != nil else { return nil }
    return try RowWeights(rows.weights, learning: learning) { weightProblem(source.path, $0) }
  }

  private func weightProblem(_ path: String, _ reason: DatasetProblem.Reason) -> DatasetError {
    .invalid([DatasetProblem(path: path, column: source.weightColumn, reason: reason)])
  }

  /// The target as numbers, and its texts where it is one of 0 and 1.
  private func target(
    _ columns: CSVColumns, _ rows: CSVRows, _ learning: LearningRows, _ origins: RowOrigins,
    _ dropText: String?
  ) throws(DatasetError) -> (values: [Double], classes: [String]?) {
    guard let place = columns.targetText else {
      return (rows.storage.targets(rowCount: rows.rowCount), nil)
    }
    let texts = rows.texts[place]
    let counts = texts.counts(in: learning)
    let known = texts.sorted(
      texts.levels.indices.filter { counts[$0] > 0 }.map { UInt32($0) }
    ).map { texts.levels[Int($0)] }
    guard known.count == 2 else {
      throw .invalid([
        DatasetProblem(
          path: source.path, column: source.target,
          reason: .manyTargetTexts(
            known, dropped: dropText, numbers: NumberHint(known, source.dialect)?.words))
      ])
    }
    if let unknown = counts.firstIndex(of: 0) {
      let rows = texts.codes.indices.filter { texts.codes[$0] == unknown }
      throw .invalid([
        DatasetProblem(
          path: origins.path(of: rows[0]), column: source.target,
          reason: .unknownClass(texts.levels[unknown], classes: known, rows: rows.count))
      ])
    }
    let second = ExactText(known[1])
    let values = texts.levels.map { ExactText($0) == second ? 1.0 : 0.0 }
    return (texts.codes.map { values[Int($0)] }, known)
  }

  private func labels(_ columns: CSVColumns, _ rows: CSVRows) -> [String]? {
    if !extraFiles.isEmpty {
      let labels = ["train"] + extraFiles.map(\.label)
      return zip(labels, rows.rowCounts).flatMap { Array(repeating: $0, count: $1) }
    }
    return columns.labelText.map { place in
      rows.texts[place].codes.map { rows.texts[place].levels[Int($0)] }
    }
  }

  /// The hash of the bytes of the files and of how they are read, but not of where they are.
  private func hash(_ files: [CSVFile]) -> String {
    var hasher = ContentHasher()
    hasher.combine("csv")
    hasher.combine(source.target)
    let categories = source.categorical.map(\.name)
    for names in [source.features ?? ["\u{0}"], source.drop, categories] {
      hasher.combine(names.count)
      for name in names { hasher.combine(name) }
    }
    hasher.combine(source.hasHeader)
    source.dialect.combine(into: &hasher)
    hasher.combine(source.missing.rest.rawValue)
    if !source.missing.named.isEmpty {
      hasher.combine("missing")
      hasher.combine(source.missing.named.count)
      for rule in source.missing.named.sorted(by: { $0.column < $1.column }) {
        hasher.combine(rule.column)
        hasher.combine(rule.policy.rawValue)
      }
    }
    if source.missingIndicator { hasher.combine("missing_indicator") }
    if source.missingValues != CSVSource.defaultMissingValues {
      hasher.combine(source.missingValues.count)
      for text in source.missingValues { hasher.combine(text) }
    }
    if let column = source.weightColumn {
      hasher.combine("weights")
      hasher.combine(column)
    }
    for column in source.categorical where column != CategoricalColumn(column.name) {
      for text in ["categorical", column.name, column.levels.rawValue, "\(column.minimumCount)"] {
        hasher.combine(text)
      }
    }
    hasher.combine(labelColumn ?? "\u{0}")
    for (index, file) in files.enumerated() {
      hasher.combine(index == 0 ? "train" : extraFiles[index - 1].label)
      hasher.combine(file.file.contentHash)
    }
    return hasher.finish().description
  }
}
