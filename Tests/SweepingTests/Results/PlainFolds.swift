import TestSupport

/// Cross-validation written as the textbook does it, for the tables to be held against.
struct PlainFolds {
  let rows: [[Double]]
  let target: [Double]
  /// The validation rows of each fold.
  let folds: [Range<Int>]

  /// Contiguous folds, the first ones a row longer.
  init(rows: [[Double]], target: [Double], count: Int) {
    self.rows = rows
    self.target = target
    var start = 0
    folds = (0..<count).map { fold in
      let size = rows.count / count + (fold < rows.count % count ? 1 : 0)
      defer { start += size }
      return start..<(start + size)
    }
  }

  /// One fold's closed-form ridge fit on standardised features, and its errors.
  struct Outcome {
    let train: Double
    let validation: Double
    let weightNorm: Double
    let rowCount: Int
  }

  /// - Parameter lambda: the objective's λ from the number of training rows.
  func outcomes(lambda: (_ rowCount: Int) -> Double) -> [Outcome] {
    folds.map { fold in
      let training = rows.indices.filter { !fold.contains($0) }
      let scale = scaling(training)
      func scaled(_ row: Int) -> [Double] {
        zip(rows[row], scale).map { ($0 - $1.mean) / $1.deviation }
      }
      let problem = PlainProblem(
        loss: .squared, rows: training.map(scaled), target: training.map { target[$0] },
        lambda: lambda(training.count))
      let fit = problem.closedForm()
      func error(_ part: [Int]) -> Double {
        part.reduce(0) { sum, row in
          let residual = target[row] - fit.score(scaled(row))
          return sum + residual * residual
        } / Double(part.count)
      }
      return Outcome(
        train: error(training), validation: error(Array(fold)),
        weightNorm: PlainLinearAlgebra.norm(fit.weights), rowCount: training.count)
    }
  }

  /// Mean and deviation (divisor n) of each column over the training rows.
  private func scaling(_ training: [Int]) -> [(mean: Double, deviation: Double)] {
    rows[0].indices.map { j in
      let n = Double(training.count)
      let mean = training.reduce(0) { $0 + rows[$1][j] } / n
      let squares = training.reduce(0) { $0 + (rows[$1][j] - mean) * (rows[$1][j] - mean) }
      return (mean, (squares / n).squareRoot())
    }
  }
}

/// The mean of some numbers, and its standard error with the divisor folds − 1.
func meanAndError(_ values: [Double]) -> [Double] {
  let n = Double(values.count)
  let mean = values.reduce(0, +) / n
  let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  return [mean, (squares / (n - 1) / n).squareRoot()]
}
