import LinearModels
import Numerics

/// Seeded rows to fit: standard normal features, a linear target with noise or two classes.
struct SampleData {
  let matrix: Matrix
  let target: [Double]

  init(rowCount: Int, featureCount: Int, isLogistic: Bool = false) {
    var generator = RandomGenerator(seed: 1, stream: [UInt64(rowCount), UInt64(featureCount)])
    let truth = (0..<featureCount).map { _ in
      generator.nextGaussian() / Double(featureCount).squareRoot()
    }
    var targets: [Double] = []
    matrix = Matrix(rowCount: rowCount, columnCount: featureCount) { elements in
      for row in 0..<rowCount {
        var score = generator.nextGaussian()
        for (j, weight) in truth.enumerated() {
          let value = generator.nextGaussian()
          elements[row * featureCount + j] = value
          score += 2 * weight * value
        }
        targets.append(isLogistic ? (score > 0 ? 1 : -1) : score)
      }
    }
    target = targets
  }

  /// All rows as they are.
  var rows: ScaledRows {
    ScaledRows(
      matrix: matrix, target: target, rows: (0..<Int32(matrix.rowCount)).map { $0 },
      scaling: FeatureScaling(identity: matrix.columnCount))
  }

  /// The squared loss of all rows in rotated coordinates.
  var leastSquares: RotatedLeastSquares {
    let rows = (0..<Int32(matrix.rowCount)).map { $0 }
    let moments = RowMoments(matrix: matrix, target: target, rows: rows, workers: 1)
    return RotatedLeastSquares(
      CentredMoments(moments, standardize: .population, hasIntercept: true), hasIntercept: true)
  }
}
