import Numerics

/// Reads CSV files into a data set: window by window, each cut at record ends, its pieces read in
/// parallel straight into the rows, and the rows put together.
///
/// A target of texts is allowed when it has exactly two: the first in Unicode order is 0, the other
/// is 1.
/// - Complexity: O(bytes / workers).
package struct CSVLoader {
  private let source: CSVSource
  private let labelColumn: String?
  private let allowedLabels: [String]?
  private let extraFiles: [Dataset.ExtraFile]
  private let workers: Int
  private let chunkByteCount: Int
  private let windowSize: Int?
  private let sizeCheck: SizeCheck

  /// - Parameters:
  ///   - chunkByteCount: how long the pieces are; the result is the same for any.
  ///   - windowSize: how much of a file is in memory at once; likewise.
  package init(
    _ source: CSVSource, labelColumn: String? = nil, allowedLabels: [String]? = nil,
    extraFiles: [Dataset.ExtraFile] = [], workers: Int, chunkByteCount: Int = 1 << 19,
    windowSize: Int? = nil, sizeCheck: SizeCheck = .none
  ) {
    self.source = source
    self.labelColumn = labelColumn
    self.allowedLabels = allowedLabels
    self.extraFiles = extraFiles
    self.workers = workers
    self.chunkByteCount = chunkByteCount
    self.windowSize = windowSize
    self.sizeCheck = sizeCheck
  }

  package func load() throws(DatasetError) -> Dataset {
    guard Self.canDelimit(source.delimiter) else {
      throw .invalid(source.path, .badDelimiter(source.delimiter))
    }
    var files = [
      try CSVFile(
        source.path, source, labelColumn: labelColumn, workers: workers, windowSize: windowSize)
    ]
    files[0].columns.allowedLabels = allowedLabels
    let featureNames = files[0].columns.features.map(\.name)
    for file in extraFiles {
      files.append(
        try CSVFile(
          file.path, source, labelColumn: labelColumn, featureNames: featureNames,
          workers: workers, windowSize: windowSize))
    }
    var rows = try CSVRows(files, source, workers: workers, chunkByteCount: chunkByteCount)
    if rows.hasOnlyTextTargets {
      for index in files.indices { files[index].columns = files[index].columns.withTargetAsText() }
      rows = try CSVRows(files, source, workers: workers, chunkByteCount: chunkByteCount)
    }
    // What is wrong may come from the change.
    for file in files { try file.file.stamp?.check() }
    guard rows.problems.isEmpty else { throw .invalid(rows.problems) }
    if let index = rows.rowCounts.firstIndex(of: 0) {
      throw .invalid(files[index].path, .noRows(dropped: rows.droppedRowCounts[index]))
    }
    return try dataset(files, rows)
  }

  private func dataset(_ files: [CSVFile], _ rows: CSVRows) throws(DatasetError) -> Dataset {
    let columns = files[0].columns
    let encoding = CategoricalEncoding(columns.features, texts: rows.texts)
    if encoding.names.isEmpty { throw .invalid(source.path, .noFeatures) }
    try sizeCheck(rows: rows.rowCount, columns: encoding.names.count)
    guard let features = encoding.spread(rows.storage, rows.rowCount, rows.texts, workers) else {
      throw .invalid(
        source.path, .tooLarge(rows: rows.rowCount, columns: encoding.names.count))
    }
    return Dataset(
      featureNames: encoding.names, features: features, target: try target(columns, rows),
      targetName: source.target,
      targetTexts: columns.targetText.map { rows.texts[$0].levels.sorted() },
      splitLabels: labels(columns, rows), contentHash: hash(files),
      stamps: files.compactMap(\.file.stamp),
      droppedRowCount: rows.droppedRowCounts.reduce(0, +))
  }

  private func target(_ columns: CSVColumns, _ rows: CSVRows) throws(DatasetError) -> [Double] {
    guard let place = columns.targetText else {
      return rows.storage.targets(rowCount: rows.rowCount)
    }
    let texts = rows.texts[place]
    let levels = texts.levels.sorted()
    guard levels.count == 2 else {
      throw .invalid([
        DatasetProblem(
          path: source.path, column: source.target,
          reason: .manyTargetTexts(levels.map(DatasetProblem.excerpt)))
      ])
    }
    let values = texts.levels.map { $0 == levels[0] ? 0.0 : 1.0 }
    return texts.codes.map { values[Int($0)] }
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
    for names in [source.features ?? ["\u{0}"], source.drop, source.categorical] {
      hasher.combine(names.count)
      for name in names { hasher.combine(name) }
    }
    hasher.combine(source.hasHeader)
    hasher.combine(Int(source.delimiter))
    hasher.combine(source.missing.rawValue)
    hasher.combine(labelColumn ?? "\u{0}")
    for (index, file) in files.enumerated() {
      hasher.combine(index == 0 ? "train" : extraFiles[index - 1].label)
      hasher.combine(file.file.contentHash)
    }
    return hasher.finish().description
  }

  /// Whether a byte can never be part of a number, a quote or a line end.
  private static func canDelimit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\t"): true
    case UInt8(ascii: "\""), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): false
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      false
    case 0x20..<0x7F: true
    default: false
    }
  }
}
