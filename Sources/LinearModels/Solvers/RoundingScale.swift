import Numerics

/// What the rows say of the scores at one point.
package struct LogisticScores {
  /// The largest |z|.
  package var largest: Double
  /// The smallest y·z: above zero the point separates the classes. Infinite when not tracked.
  package var smallestMargin: Double
  /// The mean of p(1 − p), at most a quarter.
  package var meanCurvature: Double
  /// √mean(p²), p being how far a row's probability is from its class.
  package var slopeSize: Double
}

/// For how many rows a mean over the rows stands, where they do not count alike.
struct RowCounts {
  /// (Σ v)²/Σ v²: of equal rows so many have a mean with the same error.
  let effective: Double
  /// Σ v/v of the lightest row.
  let ofLightest: Double

  init(_ rows: ScaledRows) {
    let total = rows.totalWeight
    guard rows.weights != nil else {
      (effective, ofLightest) = (total, total)
      return
    }
    var (squares, least) = (0.0, Double.infinity)
    for index in 0..<rows.count {
      let weight = rows.weight(at: index)
      squares += weight * weight
      least = min(least, weight)
    }
    effective = total * (total / squares)
    ofLightest = total / least
  }
}

/// How far rounding may move a gradient, and with it the scores.
///
/// A term p·x of the gradient is known to about ε of its size, and so is each sum of 64 rows. The errors are
/// taken to be independent and those of typical terms, times four: an estimate, not a bound.
struct RoundingScale {
  /// A change of a score by less is none: it changes no probability.
  static let smallestScore = 1e-14

  /// √mean(x²) of every coordinate.
  private let columnSizes: [Double]
  private let counts: RowCounts

  /// - Parameter startHessian: the Hessian at zero, (1/4n) Σ x xᵀ.
  init(startHessian: [Double], order: Int, counts: RowCounts) {
    columnSizes = (0..<order).map { 2 * startHessian[$0 * order + $0].squareRoot() }
    self.counts = counts
  }

  /// The error of each coordinate of the gradient.
  func gradient(_ scores: LogisticScores) -> [Double] {
    let share = (1 / counts.effective + 1 / Double(RowBlock.capacity)).squareRoot()
    return columnSizes.map { 4 * .ulpOfOne * share * scores.slopeSize * $0 }
  }

  /// Steps that a solver takes for gradients of nothing but rounding, and their size as a decrement.
  func steps(
    _ scores: LogisticScores, model: CurvatureModel
  ) -> [(step: [Double], decrement: Double)] {
    let errors = gradient(scores)
    let alternating = errors.enumerated().map { $0 % 2 == 0 ? $1 : -$1 }
    return [errors, alternating].map { errors in
      let step = model.solve(errors)
      return (step, dot(errors, step).squareRoot())
    }
  }

  /// By how much a decrement is to be multiplied to bound every row's change of score: as the square of a
  /// decrement is at least c(xᵀd)²/n for every row with the curvature c, it is √(n/c) for the smallest c;
  /// with weights n is that of the lightest row.
  func rowFactor(_ scores: LogisticScores) -> Double {
    let p = logistic(-scores.largest)
    return (counts.ofLightest / (p * (1 - p))).squareRoot()
  }
}
