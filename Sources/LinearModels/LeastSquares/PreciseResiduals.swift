import Numerics

/// Residuals and the gradient of the squared loss at eight points, from the rows as they were read, in twice
/// the precision: y − x·w is a small difference, and what it loses no solver can give back.
///
/// A row is centred and scaled without rounding, (x + rest − offset)·factor with each part a sum of two
/// doubles; `rest` is what rounding took off a monomial. The target is shifted and scaled by a power of two,
/// so that products stay in range. Where rows have weights v, terms count v times and n is Σ v.
struct PreciseResiduals {
  let rows: ScaledRows
  let scaling: FeatureScaling
  /// The target's shift, and the power of two that brings it near 1.
  let targetShift: Double
  let targetUnit: Double

  /// y less the shift, scaled, of every row.
  private let targets: [DoubleDouble]
  /// The rows centred and scaled, where they are few enough to be kept from pass to pass.
  private let kept: Workspace<SplitDouble>?

  /// Elements of 32 bytes that stay near: more are made anew in every pass.
  private static let mostKept = 1 << 18

  /// Eight points: `[feature]`, and the intercept for the shifted target.
  struct Point {
    var weights: [DoubleDoubleLanes]
    var intercept: DoubleDoubleLanes
  }

  struct Sums {
    /// (1/n) Σ x r, per feature.
    var products: [DoubleDoubleLanes]
    /// (1/n) Σ r
    var mean: SIMD8<Double>
    /// (1/n) Σ r²
    var meanSquare: SIMD8<Double>
  }

  init(_ rows: ScaledRows, scaling: FeatureScaling, targetShift: Double) {
    self.rows = rows
    self.scaling = scaling
    self.targetShift = targetShift
    let largest = rows.rows.reduce(0.0) { max($0, abs(rows.target[Int($1)] - targetShift)) }
    targetUnit =
      largest > 0 && largest < .infinity
      ? Double(sign: .plus, exponent: -max(-900, min(900, Int(largest.exponent))), significand: 1)
      : 1
    let unit = targetUnit
    targets = rows.rows.map { row in
      let shifted = DoubleDouble.exactSum(rows.target[Int(row)], -targetShift)
      return DoubleDouble(high: shifted.high * unit, low: shifted.low * unit)
    }
    let size = rows.count * rows.featureCount
    kept =
      size <= PreciseResiduals.mostKept
      ? Workspace(size, repeating: SplitDouble(0, rest: 0)) : nil
    guard let kept else { return }
    let reader = ScaledReader(self)
    // SAFETY: there is room for every row.
    for index in 0..<rows.count {
      unsafe reader.write(index, to: kept.base + index * rows.featureCount)
    }
  }

  /// One pass over the rows, in their order.
  /// - Complexity: O(rows × features), some 60 operations for each element and point.
  func sums(at point: Point, shouldAbandon: () -> Bool) -> Sums {
    let d = rows.featureCount
    precondition(point.weights.count == d)
    let weights = point.weights.map { SplitLanes($0) }
    let products = Workspace<DoubleDoubleLanes>(max(d, 1), repeating: DoubleDoubleLanes())
    var total = DoubleDoubleLanes()
    var squares = SIMD8<Double>.zero
    let reader = ScaledReader(self)
    unsafe weights.withUnsafeBufferPointer { weights in
      for index in 0..<rows.count {
        if index % 256 == 0, shouldAbandon() { break }
        let row = unsafe kept.map { unsafe UnsafePointer($0.base + index * d) } ?? reader.row(index)
        var residual = DoubleDoubleLanes(
          high: SIMD8(repeating: targets[index].high), low: SIMD8(repeating: targets[index].low))
        residual.add(-point.intercept.high, -point.intercept.low)
        // SAFETY: the row, the weights and the products have an element for every feature.
        for j in 0..<d { unsafe residual.addProduct(row[j].negated, weights[j]) }
        residual = residual.normalized
        let weighted = rows.weights.map { _ in residual.times(rows.weight(at: index)) } ?? residual
        let split = SplitLanes(weighted)
        for j in 0..<d { unsafe products.base[j].addProduct(row[j], split) }
        total.add(weighted.high, weighted.low)
        squares = squares + weighted.high * residual.high
      }
    }
    let count = rows.count == 0 ? 1 : rows.totalWeight
    return Sums(
      products: (0..<d).map { j in
        let sum = products[j].normalized
        return DoubleDoubleLanes(high: sum.high / count, low: sum.low / count)
      }, mean: total.value / count, meanSquare: squares / count)
  }
}

/// Writes rows out, centred and scaled.
private struct ScaledReader {
  private let rows: ScaledRows
  private let scaling: FeatureScaling
  private let reader: RowReader
  private let rests: Workspace<Double>
  private let room: Workspace<SplitDouble>

  init(_ residuals: PreciseResiduals) {
    rows = residuals.rows
    scaling = residuals.scaling
    reader = RowReader(rows.matrix)
    rests = Workspace(max(rows.featureCount, 1), repeating: 0)
    room = Workspace(max(rows.featureCount, 1), repeating: SplitDouble(0, rest: 0))
  }

  /// A row, until the next is asked for.
  func row(_ index: Int) -> UnsafePointer<SplitDouble> {
    unsafe write(index, to: room.base)
    return unsafe UnsafePointer(room.base)
  }

  /// - Parameter destination: room for an element of every feature.
  func write(_ index: Int, to destination: UnsafeMutablePointer<SplitDouble>) {
    let (source, d) = (Int(rows.rows[index]), rows.featureCount)
    // SAFETY: the workspace holds an element for every feature.
    var span = unsafe MutableSpan(_unsafeStart: rests.base, count: d)
    _ = rows.matrix.writeRests(ofRow: source, to: &span)
    let elements = unsafe reader.row(source)
    for j in 0..<d { unsafe destination[j] = scaled(elements[j], rests.base[j], j) }
  }

  @inline(__always)
  private func scaled(_ value: Double, _ rest: Double, _ j: Int) -> SplitDouble {
    let difference = DoubleDouble.exactSum(value, -scaling.offsets[j])
    let low = difference.low + (rest - scaling.offsetRests[j])
    let centred = DoubleDouble.exactSum(difference.high, low)
    let product = DoubleDouble.exactProduct(centred.high, scaling.factors[j])
    let sum = DoubleDouble.exactSum(product.high, product.low + centred.low * scaling.factors[j])
    return SplitDouble(sum.high, rest: sum.low)
  }
}
