import Numerics

/// Reads a matrix of features and a target from two npy files.
///
/// Features are `<f8` or `<f4`, rows by columns, named `x1`, `x2`, …;
/// a `<f8` matrix is used as it lies in the file. The target is one number per row, whole or not.
struct NpyLoader {
  let features: String
  let target: String
  let workers: Int
  let sizeCheck: SizeCheck

  func load() throws(DatasetError) -> Dataset {
    let array = try NpyArray(features, types: [.double, .float], isTarget: false, workers: workers)
    try sizeCheck(rows: array.rowCount, columns: array.columnCount)
    let targets = try NpyArray(
      target, types: NpyArray.ElementType.allCases, isTarget: true, workers: workers)
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
      stamps: [array, targets].compactMap(\.stamp))
  }
}
