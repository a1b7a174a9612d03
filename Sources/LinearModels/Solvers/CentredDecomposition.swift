import Numerics

/// The singular value decomposition of centred, scaled rows, by QR of the rows themselves and never through XᵀX.
///
/// The rank is decided once, on columns of comparable length: standardised, or divided by powers of two near
/// their deviations where features are fitted on their own scale. Singular values there at most
/// max(n, d)·2⁻⁵² of the largest count as zero, and so does the last of n with an intercept, as centred
/// rows add up to zero.
struct CentredDecomposition {
  /// Of the features as they are fitted.
  let own: Factors
  /// ȳ, or 0 without intercept.
  let targetMean: Double
  /// The features' scaling with their means taken off where there is an intercept.
  let centring: FeatureScaling
  /// Powers of two that bring columns near 1; all 1 where features are standardised.
  let units: [Double]
  /// Of the columns of comparable length.
  private let scaled: Factors
  /// Whether every column that varies counts, so that without penalty there is one solution.
  private let isFullRank: Bool

  /// The singular values that count, descending, a right singular vector for each, and Uᵀ y_c.
  struct Factors {
    let values: [Double]
    let vectors: [[Double]]
    let coordinates: [Double]

    init(_ singular: SingularValues, rank: Int, projected: [Double]) {
      values = Array(singular.values.prefix(rank))
      vectors = (0..<rank).map { singular.rightVector($0) }
      coordinates = Array(singular.leftCoordinates(of: projected).prefix(rank))
    }

    /// The condition number of XᵀX + penalty.
    func condition(penalty: Double) -> Double {
      guard let first = values.first, let last = values.last else { return 1 }
      return (first * first + penalty) / (last * last + penalty)
    }

    /// V diag(s / (s² + penalty)) Uᵀ y_c.
    func solution(penalty: Double) -> [Double] {
      combination { coordinates[$0] / (values[$0] + penalty / values[$0]) }
    }

    /// V diag(1 / (s² + penalty)) Vᵀ v.
    func inverse(_ vector: [Double], penalty: Double) -> [Double] {
      combination { k in
        var product = 0.0
        for j in vector.indices { product += vectors[k][j] * vector[j] }
        return product / values[k] / (values[k] + penalty / values[k])
      }
    }

    private func combination(_ weight: (Int) -> Double) -> [Double] {
      var sum = [Double](repeating: 0, count: vectors.first?.count ?? 0)
      for k in vectors.indices {
        let weight = weight(k)
        for j in sum.indices { sum[j] += weight * vectors[k][j] }
      }
      return sum
    }
  }

  /// - Complexity: O(rows × features² + features³)
  init(_ rows: ScaledRows, hasIntercept: Bool, shouldAbandon: () -> Bool) {
    let (n, d) = (rows.count, rows.featureCount)
    let (centring, units) = rows.centredUnits(hasIntercept: hasIntercept)
    let scaling = FeatureScaling(
      offsets: centring.offsets, offsetRests: centring.offsetRests,
      factors: zip(centring.factors, units).map { $0 * $1 })
    let targetMean = hasIntercept ? rows.targetMean : 0
    let factorization = TallQR(rowCount: n, columnCount: d, shouldAbandon: shouldAbandon) {
      index, row in
      for j in 0..<d { row[j] = scaling.scaled(rows.matrix[Int(rows.rows[index]), j], j) }
    }
    let projected = factorization.projected((0..<n).map { rows.target(at: $0) - targetMean }).head
    let singular = SingularValues(
      of: factorization.triangle, count: d, shouldAbandon: shouldAbandon)
    let cut = (singular.values.first ?? 0) * Double(max(n, d)) * 0x1p-52
    let rank = min(singular.values.count { !($0 <= cut) }, hasIntercept ? max(n - 1, 0) : n)
    scaled = Factors(singular, rank: rank, projected: projected)
    isFullRank = rank == centring.factors.count { $0 != 0 }
    self.centring = centring
    self.units = units
    self.targetMean = targetMean
    guard units.contains(where: { $0 != 1 }) else {
      own = scaled
      return
    }
    // Σ Vᵀ with the columns' own lengths back: of the rank that was decided, whatever the lengths.
    var truncated = [Double](repeating: 0, count: d * d)
    for k in 0..<rank {
      for j in 0..<d { truncated[k * d + j] = scaled.values[k] * scaled.vectors[k][j] / units[j] }
    }
    own = Factors(
      SingularValues(of: truncated, count: d, shouldAbandon: shouldAbandon), rank: rank,
      projected: scaled.coordinates + [Double](repeating: 0, count: d - rank))
  }

  /// The weights at a penalty, in the features' own lengths.
  func solution(penalty: Double) -> [Double] {
    guard usesScaled(penalty: penalty) else {
      return padded(own.solution(penalty: penalty))
    }
    return padded(scaled.solution(penalty: 0), units)
  }

  /// (XᵀX + penalty)⁻¹ v.
  func inverse(_ vector: [Double], penalty: Double) -> [Double] {
    guard usesScaled(penalty: penalty) else {
      return padded(own.inverse(vector, penalty: penalty))
    }
    return padded(scaled.inverse(zip(vector, units).map { $0 * $1 }, penalty: 0), units)
  }

  /// The condition number of XᵀX + penalty. On features of unequal length that of comparable ones without
  /// penalty is a bound too.
  func condition(penalty: Double) -> Double {
    min(own.condition(penalty: penalty), scaled.condition(penalty: 0))
  }

  /// Σ s²/(s² + penalty): the rank without penalty.
  func effectiveDegreesOfFreedom(penalty: Double) -> Double {
    own.values.reduce(0) { $0 + 1 / (1 + penalty / $1 / $1) }
  }

  /// One solution needs no norm, and comparable lengths keep its small parts exact.
  private func usesScaled(penalty: Double) -> Bool { penalty == 0 && isFullRank }

  private func padded(_ vector: [Double], _ factors: [Double]? = nil) -> [Double] {
    guard !vector.isEmpty else { return [Double](repeating: 0, count: units.count) }
    return factors.map { zip(vector, $0).map { $0 * $1 } } ?? vector
  }
}

extension ScaledRows {
  /// The scaling with the features' means taken off where there is an intercept, and features that do not vary
  /// left out; and powers of two that bring its columns near 1.
  fileprivate func centredUnits(
    hasIntercept: Bool
  ) -> (centring: FeatureScaling, units: [Double]) {
    let ones = [Double](repeating: 1, count: featureCount)
    guard scaling.leavesOffsets else { return (scaling, ones) }
    guard hasIntercept else {
      let ranges = ColumnTotals(matrix, rows: rows[...]).ranges
      let units = (0..<featureCount).map { j -> Double in
        let size = max(-ranges.minimum[j], ranges.maximum[j]) * abs(scaling.factors[j])
        guard size > 0, size < .infinity else { return 1 }
        return Double(sign: .plus, exponent: -Int(size.exponent), significand: 1)
      }
      return (scaling, units)
    }
    let fitted = FeatureScaling.fitted(to: matrix, rows: rows, divisor: .population).scaling
    let factors = (0..<featureCount).map { fitted.factors[$0] == 0 ? 0 : scaling.factors[$0] }
    let units = (0..<featureCount).map { j -> Double in
      guard factors[j] != 0 else { return 1 }
      // A half more: what is 1 but for rounding, as in standardised rows of mean zero, is 1.
      let exponent = (1.5 * fitted.factors[j] / abs(factors[j])).exponent
      return Double(sign: .plus, exponent: Int(exponent), significand: 1)
    }
    let centring = FeatureScaling(
      offsets: fitted.offsets, offsetRests: fitted.offsetRests, factors: factors)
    return (centring, units)
  }

  /// ȳ to the last digit: what the first sum lacks is the mean of what it leaves.
  var targetMean: Double {
    let count = Double(max(rows.count, 1))
    var first = 0.0
    for row in rows { first += target[Int(row)] }
    first /= count
    var rest = 0.0
    for row in rows { rest += target[Int(row)] - first }
    return first + rest / count
  }
}

extension FeatureScaling {
  /// Whether features are fitted where they are.
  var leavesOffsets: Bool { offsets.allSatisfy { $0 == 0 } && offsetRests.allSatisfy { $0 == 0 } }
}
