import Numerics

/// Reads a matrix of features and a target from two npy files.
///
/// Features are rows by columns, or one column, named `x1`, `x2`, …; doubles of this machine in C
/// order are used as they lie in the file. The target is one number per row.
struct NpyLoader {
  let features: String
  let target: String
  let workers: Int
  let sizeCheck: SizeCheck

  func load() throws(DatasetError) -> Dataset {
    let array = try NpyArray(features, isTarget: false, workers: workers)
    try sizeCheck(rows: array.rowCount, columns: array.columnCount)
    let targets = try NpyArray(target, isTarget: true, workers: workers)
    guard targets.rowCount == array.rowCount else {
      throw .invalid(
        target, .npyRows(found: targets.rowCount, expected: array.rowCount))
    }
    var hasher = ContentHasher()
    hasher.combine("npy")
    for file in [array, targets] {
      hasher.combine(file.contentHash)
    }
    return Dataset(
      featureNames: (1...array.columnCount).map { "x\($0)" },
      features: try array.matrix(workers: workers), target: try targets.values(workers: workers),
      targetName: "y", contentHash: hasher.finish().description,
      stamps: [array, targets].compactMap(\.stamp),
      origins: RowOrigins(paths: [target], rowCounts: [array.rowCount]))
  }
}
