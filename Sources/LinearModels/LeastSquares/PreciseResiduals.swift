import Numerics

/// Residuals and the gradient of the squared loss at eight points, from the rows as they were read, in twice
/// the precision: y − x·w is a small difference, and what it loses no solver can give back.
///
/// A row is centred and scaled without rounding, (x + rest − offset)·factor with each part a sum of two
/// doubles; `rest` is what rounding took off a monomial. The target is shifted and scaled by a power of two,
/// so that products stay in range.
struct PreciseResiduals {
  let rows: ScaledRows
  let scaling: FeatureScaling
  /// The target's shift, and the power of two that brings it near 1.
  let targetShift: Double
  let targetUnit: Double

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
  }

  /// One pass over the rows, in their order.
  /// - Complexity: O(rows × features), some 60 operations for each element and point.
  func sums(at point: Point, shouldAbandon: () -> Bool) -> Sums {
    let d = rows.featureCount
    precondition(point.weights.count == d)
    let weights = point.weights.map { SplitLanes($0) }
    let row = Workspace<SplitDouble>(max(d, 1), repeating: SplitDouble(0, rest: 0))
    let products = Workspace<DoubleDoubleLanes>(max(d, 1), repeating: DoubleDoubleLanes())
    var total = DoubleDoubleLanes()
    var squares = SIMD8<Double>.zero
    let reader = RowReader(rows.matrix)
    var rests = [Double](repeating: 0, count: d)
    unsafe weights.withUnsafeBufferPointer { weights in
      for index in 0..<rows.count {
        if index % 256 == 0, shouldAbandon() { break }
        let residual = unsafe self.residual(index, reader, &rests, row, weights, point.intercept)
        let split = SplitLanes(residual)
        // SAFETY: there is an element for every feature.
        for j in 0..<d { unsafe products.base[j].addProduct(row.base[j], split) }
        total.add(residual.high, residual.low)
        squares = squares + residual.high * residual.high
      }
    }
    let count = Double(max(rows.count, 1))
    return Sums(
      products: (0..<d).map { j in
        let sum = products[j].normalized
        return DoubleDoubleLanes(high: sum.high / count, low: sum.low / count)
      }, mean: total.value / count, meanSquare: squares / count)
  }

  /// y − b − x·w of one row, whose elements it leaves in `row`.
  private func residual(
    _ index: Int, _ reader: RowReader, _ rests: inout [Double], _ row: Workspace<SplitDouble>,
    _ weights: UnsafeBufferPointer<SplitLanes>, _ intercept: DoubleDoubleLanes
  ) -> DoubleDoubleLanes {
    let source = Int(rows.rows[index])
    var span = rests.mutableSpan
    _ = rows.matrix.writeRests(ofRow: source, to: &span)
    let elements = unsafe reader.row(source)
    let shifted = DoubleDouble.exactSum(rows.target[source], -targetShift)
    var sum = DoubleDoubleLanes(
      high: SIMD8(repeating: shifted.high * targetUnit),
      low: SIMD8(repeating: shifted.low * targetUnit))
    sum.add(-intercept.high, -intercept.low)
    for j in 0..<weights.count {
      // SAFETY: the row and the weights have an element for every feature.
      let element = unsafe scaled(elements[j], rests[j], j)
      unsafe row.base[j] = element
      unsafe sum.addProduct(element.negated, weights[j])
    }
    return sum.normalized
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
