import Numerics

/// Reads a matrix of features and a target from two npy files.
///
/// Features are rows by columns, or one column, named `x1`, `x2`, …; doubles of this machine in C
/// order are used as they lie in the file. The target is one number per row.
struct NpyLoader {
  let features: String
  let target: String
  let workers: Int

  func load() throws(DatasetError) -> Dataset {
    let array = try NpyArray(features, isTarget: false)
    let targets = try NpyArray(target, isTarget: true)
    guard targets.rowCount == array.rowCount else {
      throw .invalid(
        target, .npyRows(found: targets.rowCount, expected: array.rowCount))
    }
    var hasher = ContentHasher()
    hasher.combine("npy")
    for file in [array.file, targets.file] {
      hasher.combine(unsafe ContentHash(of: file.bytes, workers: workers))
    }
    return Dataset(
      featureNames: (1...array.columnCount).map { "x\($0)" },
      features: try array.matrix(workers: workers), target: try targets.values(workers: workers),
      targetName: "y", contentHash: hasher.finish().description,
      origins: RowOrigins(paths: [target], rowCounts: [array.rowCount]))
  }
}
