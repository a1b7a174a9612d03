import Numerics

/// The training rows' moments as the squared loss needs them, in the coordinates that are fitted.
///
/// With features x (centred and scaled as the scaling says), n rows, means m and ȳ:
///
///     gram   = (1/n) Σ (x − m)(x − m)ᵀ      (without intercept: (1/n) Σ x xᵀ)
///     cross  = (1/n) Σ (x − m)(y − ȳ)       (without intercept: (1/n) Σ x y)
///
/// Where rows have weights v, each term counts v times and n is Σ v.
///
/// `coupling` is m when the intercept feels it: zero for standardised features.
package struct CentredMoments: Sendable {
  package let rowCount: Int
  /// From the features as read to the features as fitted.
  package let scaling: FeatureScaling
  /// The same factors with each feature's mean taken off where the intercept is free: the weights are the
  /// same, and sums over these rows stay near zero.
  package let centring: FeatureScaling
  /// Whether features are fitted as they are, not standardised.
  let isOnOwnScale: Bool
  /// featureCount × featureCount, row-major, both triangles; zero for features that are left out.
  package let gram: [Double]
  package let cross: [Double]
  package let coupling: [Double]
  /// ȳ, rounded.
  package let targetMean: Double
  /// (1/n) Σ (y − ȳ)², or (1/n) Σ y² without intercept.
  package let targetSquare: Double
  /// The features that do not vary over the training rows and are left out: their weight is 0. None where
  /// features are fitted as they are and without intercept, as a constant then is a feature like others.
  package let constantFeatures: [Int]

  /// How features are divided; `nil` leaves them as they are.
  package enum Divisor: Hashable, Sendable {
    case population
    /// - Parameter unit: what a weight of 1 stands for in the weights as they were written.
    case sample(unit: Double)

    /// By what the sum of squares is divided: n, or n − 1 of the weights as they were written, in their unit.
    func degrees(totalWeight: Double) -> Double {
      switch self {
      case .population: totalWeight
      case .sample(let unit): totalWeight - 1 / unit
      }
    }
  }

  /// - Parameter standardize: `nil` fits the features on their own scale, not centred.
  package init(_ moments: RowMoments, standardize: Divisor?, hasIntercept: Bool) {
    let d = moments.featureCount
    let n = moments.totalWeight
    let basis = moments.basis
    rowCount = moments.count
    isOnOwnScale = standardize == nil
    let means = (0..<d).map { moments[$0, d + 1] / n }
    let variances = (0..<d).map { j in
      moments.isConstant(j)
        ? 0 : max(0, moments[j, j] / n - means[j] * means[j])
    }
    let leftOut = standardize != nil || hasIntercept
    constantFeatures = leftOut ? (0..<d).filter { moments.isConstant($0) } : []
    let targetOffset = moments[d, d + 1] / n
    let targetVariance = max(0, moments[d, d] / n - targetOffset * targetOffset)
    let offsets = (0..<d).map { j in
      DoubleDouble.exactSum(basis.shifts[j], means[j] / basis.factors[j])
    }
    func centred(_ factors: [Double]) -> FeatureScaling {
      FeatureScaling(
        offsets: offsets.map(\.high), offsetRests: offsets.map(\.low), factors: factors)
    }

    // From the basis to the fitted coordinates: scale[j]·(x″ − shift) as a product of known factors.
    let scales: [Double]
    if let standardize {
      let correction = (standardize.degrees(totalWeight: n) / n).squareRoot()
      scales = variances.map { $0 > 0 ? correction / $0.squareRoot() : 0 }
      scaling = centred((0..<d).map { scales[$0] * basis.factors[$0] })
      centring = scaling
    } else {
      scales = basis.factors.map { 1 / $0 }
      scaling = FeatureScaling(identity: d, constantFeatures: constantFeatures)
      centring = hasIntercept ? centred(scaling.factors) : scaling
    }
    let rawMeans =
      standardize == nil
      ? offsets.map(\.high)
      : [Double](repeating: 0, count: d)
    let targetLevel = basis.targetShift + targetOffset
    let isLeftOut = (0..<d).map { leftOut && moments.isConstant($0) }

    var gram = [Double](repeating: 0, count: d * d)
    for i in 0..<d where !isLeftOut[i] {
      for j in i..<d where !isLeftOut[j] {
        var value = (moments[i, j] / n - means[i] * means[j]) * (scales[i] * scales[j])
        if i == j { value = variances[i] * (scales[i] * scales[i]) }
        if !hasIntercept { value += rawMeans[i] * rawMeans[j] }
        gram[i * d + j] = value
        gram[j * d + i] = value
      }
    }
    self.gram = gram
    cross = (0..<d).map { j in
      let centred =
        variances[j] > 0 ? (moments[j, d] / n - means[j] * targetOffset) * scales[j] : 0
      return hasIntercept ? centred : centred + rawMeans[j] * targetLevel
    }
    coupling = hasIntercept ? rawMeans : [Double](repeating: 0, count: d)
    targetMean = targetLevel
    targetSquare =
      hasIntercept ? targetVariance : targetVariance + targetLevel * targetLevel
  }
}

extension RowMoments {
  /// Whether centring these moments would lose more than about one digit, or all: then sum the rows anew in
  /// their own basis, in which no row that is held out has a say.
  package var needsOwnBasis: Bool {
    let d = featureCount
    let n = totalWeight
    func keeps(_ square: Double, _ sum: Double) -> Bool {
      let mean = sum / n
      // Not the other way round: what is beyond all numbers compares as false.
      return mean * mean <= 16 * (square / n - mean * mean)
    }
    for j in 0..<d where !isConstant(j) && !keeps(self[j, j], self[j, d + 1]) { return true }
    return self[d, d] != 0 && !keeps(self[d, d], self[d, d + 1])
  }
}
