import Numerics

/// Reads a matrix of features, a target and, where there are any, weights of rows from npy files.
///
/// Features are rows by columns, or one column, named `x1`, `x2`, …; doubles of this machine in C
/// order are used as they lie in the file. The target and the weights are one number per row; a row of
/// weight 0 is left out.
struct NpyLoader {
  let features: String
  let target: String
  let weights: String?
  let workers: Int
  let sizeCheck: SizeCheck

  /// The data, and the weights above zero as they are written.
  func load() throws(DatasetError) -> (dataset: Dataset, weights: [Double]?) {
    let array = try NpyArray(features, isTarget: false, workers: workers)
    try sizeCheck(rows: array.rowCount, columns: array.columnCount)
    let targets = try column(target, named: "target", of: array)
    var hasher = ContentHasher()
    hasher.combine("npy")
    for file in [array, targets] {
      hasher.combine(file.contentHash)
    }
    var (matrix, values) = (
      try array.matrix(workers: workers), try targets.values(workers: workers)
    )
    var files = [array, targets]
    var counted: CountedRows?
    if let weights {
      let file = try column(weights, named: "weight", of: array)
      files.append(file)
      hasher.combine("weights")
      hasher.combine(file.contentHash)
      let rows = try CountedRows(file.values(workers: workers), path: weights)
      if rows.isSome {
        (matrix, values) = (
          try rows.chosen(of: matrix, path: features), rows.chosen(of: values)
        )
      }
      counted = rows
    }
    let dataset = Dataset(
      featureNames: (1...array.columnCount).map { "x\($0)" }, features: matrix, target: values,
      targetName: "y", contentHash: hasher.finish().description,
      stamps: files.compactMap(\.stamp),
      origins: RowOrigins(
        paths: [target], rowCounts: [values.count], numbers: counted.flatMap(\.numbers)),
      remarks: [
        counted.flatMap { RowWeights.weightlessText($0.leftOutCount, of: array.rowCount) }
      ].compactMap(\.self))
    return (dataset, counted?.weights)
  }

  /// An array of one number for each row of the features.
  private func column(
    _ path: String, named name: String, of features: NpyArray
  ) throws(DatasetError) -> NpyArray {
    let array = try NpyArray(path, isTarget: true, workers: workers)
    guard array.rowCount == features.rowCount else {
      throw .invalid(
        path, .npyRows(name, found: array.rowCount, expected: features.rowCount))
    }
    return array
  }
}

/// The rows that count, and how often.
private struct CountedRows {
  private let rows: [Int]
  /// One for each of these rows, above zero.
  let weights: [Double]
  let leftOutCount: Int

  /// - Parameter written: finite, one per row of the data.
  init(_ written: [Double], path: String) throws(DatasetError) {
    if let row = written.firstIndex(where: { $0 < 0 }) {
      throw .invalid(path, .npyNegativeWeight(row: row))
    }
    rows = written.indices.filter { written[$0] > 0 }
    if rows.isEmpty { throw .invalid(path, .weightsAllZero) }
    weights = rows.map { written[$0] }
    leftOutCount = written.count - rows.count
  }

  /// Whether they are not all of the rows.
  var isSome: Bool { leftOutCount > 0 }

  /// Their places among all rows, where some are left out.
  var numbers: [Int32]? { isSome ? rows.map { Int32($0) } : nil }

  func chosen(of values: [Double]) -> [Double] { rows.map { values[$0] } }

  func chosen(of matrix: Matrix, path: String) throws(DatasetError) -> Matrix {
    guard let storage = RowStorage(rowCapacity: rows.count, columnCount: matrix.columnCount) else {
      throw .invalid(path, .tooLarge(rows: rows.count, columns: matrix.columnCount))
    }
    for (place, row) in rows.enumerated() {
      // SAFETY: the storage has room for as many rows, of as many columns as the matrix has.
      unsafe matrix.write(row, to: storage.numbers + place * matrix.columnCount)
    }
    return storage.matrix(rowCount: rows.count)
  }
}
