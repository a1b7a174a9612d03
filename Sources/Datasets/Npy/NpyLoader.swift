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
    var stamps = [array, targets].compactMap(\.stamp)
    var (matrix, values) = (
      try array.matrix(workers: workers), try targets.values(workers: workers)
    )
    var (counting, kept): ([Double]?, [Int32]?) = (nil, nil)
    var remarks: [String] = []
    if let weights {
      let file = try column(weights, named: "weight", of: array)
      hasher.combine("weights")
      hasher.combine(file.contentHash)
      stamps += [file].compactMap(\.stamp)
      let written = try file.values(workers: workers)
      if let row = written.firstIndex(where: { $0 < 0 }) {
        throw .invalid(weights, .npyNegativeWeight(row: row))
      }
      let rows = written.indices.filter { written[$0] > 0 }
      if rows.isEmpty { throw .invalid(weights, .weightsAllZero) }
      counting = rows.map { written[$0] }
      if rows.count < written.count {
        guard let chosen = RowStorage(rowCapacity: rows.count, columnCount: array.columnCount)
        else { throw .invalid(features, .tooLarge(rows: rows.count, columns: array.columnCount)) }
        for (place, row) in rows.enumerated() {
          // SAFETY: the storage has room for as many rows, of as many columns as the matrix has.
          unsafe matrix.write(row, to: chosen.numbers + place * array.columnCount)
        }
        matrix = chosen.matrix(rowCount: rows.count)
        values = rows.map { values[$0] }
        kept = rows.map { Int32($0) }
        remarks = [
          "\(written.count - rows.count) of \(written.count) rows have the weight 0 and count nowhere"
        ]
      }
    }
    let dataset = Dataset(
      featureNames: (1...array.columnCount).map { "x\($0)" }, features: matrix, target: values,
      targetName: "y", contentHash: hasher.finish().description, stamps: stamps,
      origins: RowOrigins(paths: [target], rowCounts: [values.count], numbers: kept),
      remarks: remarks)
    return (dataset, counting)
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
