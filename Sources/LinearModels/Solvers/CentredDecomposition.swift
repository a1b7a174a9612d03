import Numerics

/// The singular value decomposition of centred, scaled rows, by QR of the rows themselves and never through XᵀX.
///
/// The rank is decided once, on columns of comparable length: standardised, or divided by powers of two near
/// their deviations where features are fitted on their own scale. Singular values there at most
/// max(n, d)·2⁻⁵² of the largest count as zero, and so does the last of n with an intercept, as centred
/// rows add up to zero. Rows with weights v are decomposed times √v.
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
  /// Whether columns of comparable length give what no penalty shrinks: they keep small parts exact, and where
  /// every column that varies counts there is one solution, whose norm needs no minimum.
  private let usesScaled: Bool

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

    /// V diag(s / (s² + penalty)) Uᵀ y_c, for `count` features.
    func solution(penalty: Double, count: Int) -> [Double] {
      var sum = [Double](repeating: 0, count: count)
      for k in values.indices {
        let weight = coordinates[k] / (values[k] + penalty / values[k])
        for j in sum.indices { sum[j] += weight * vectors[k][j] }
      }
      return sum
    }

    /// V diag(1 / (s² + penalty)) Vᵀ v.
    func inverse(_ lanes: [HalfLanes], penalties: HalfLanes) -> [HalfLanes] {
      var sum = [HalfLanes](repeating: .zero, count: lanes.count)
      for k in values.indices {
        let vector = vectors[k]
        var product = HalfLanes.zero
        for j in lanes.indices { product = product + vector[j] * lanes[j] }
        let weight = product / values[k] / (values[k] + penalties / values[k])
        for j in sum.indices { sum[j] = sum[j] + vector[j] * weight }
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
    let reader = RowReader(rows.matrix)
    let factorization = TallQR(rowCount: n, columnCount: d, shouldAbandon: shouldAbandon) {
      index, row in
      guard d > 0 else { return }
      unsafe row.withUnsafeMutableBufferPointer { row in
        unsafe scaling.withUnsafePointers { offsets, rests, factors in
          // SAFETY: the row has an element for every feature.
          unsafe scaleRow(
            reader.row(Int(rows.rows[index])), d, offsets, rests, factors, into: row.baseAddress!)
        }
      }
      guard rows.weights != nil else { return }
      let root = rows.weight(at: index).squareRoot()
      for j in row.indices { row[j] *= root }
    }
    let targets = (0..<n).map { index in
      let centred = rows.target(at: index) - targetMean
      return rows.weights == nil ? centred : centred * rows.weight(at: index).squareRoot()
    }
    let projected = factorization.projected(targets).head
    let singular = SingularValues(
      of: factorization.triangle, count: d, shouldAbandon: shouldAbandon)
    let cut = (singular.values.first ?? 0) * Double(max(n, d)) * 0x1p-52
    let rank = min(singular.values.count { !($0 <= cut) }, hasIntercept ? max(n - 1, 0) : n)
    scaled = Factors(singular, rank: rank, projected: projected)
    let isFullRank = rank == centring.factors.count { $0 != 0 }
    self.centring = centring
    self.units = units
    self.targetMean = targetMean
    let isUneven = units.contains { $0 != 1 }
    usesScaled = isFullRank && isUneven
    guard isUneven else {
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
    guard usesScaled, penalty == 0 else {
      return own.solution(penalty: penalty, count: units.count)
    }
    return zip(scaled.solution(penalty: 0, count: units.count), units).map { $0 * $1 }
  }

  /// (XᵀX + penalty)⁻¹ v, lane by lane.
  func inverse(_ lanes: [HalfLanes], penalties: HalfLanes) -> [HalfLanes] {
    let found = own.inverse(lanes, penalties: penalties)
    let isFree = penalties .== 0
    guard usesScaled, any(isFree) else { return found }
    let free = scaled.inverse(zip(lanes, units).map { $0 * $1 }, penalties: .zero)
    return units.indices.map { found[$0].replacing(with: free[$0] * units[$0], where: isFree) }
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
    let fitted = FeatureScaling.fitted(
      to: matrix, rows: rows, weights: weights, divisor: .population
    ).scaling
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
    guard count > 0 else { return 0 }
    var first = 0.0
    for index in 0..<count { first += weight(at: index) * target(at: index) }
    first /= totalWeight
    var rest = 0.0
    for index in 0..<count { rest += weight(at: index) * (target(at: index) - first) }
    return first + rest / totalWeight
  }
}

extension FeatureScaling {
  /// Whether features are fitted where they are.
  var leavesOffsets: Bool { offsets.allSatisfy { $0 == 0 } && offsetRests.allSatisfy { $0 == 0 } }
}
