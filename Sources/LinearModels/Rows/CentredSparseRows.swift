import Numerics

/// Scaled rows x of which most elements are zero before they are centred: x = x̂ − u, with sparse rows x̂ and
/// the levels u that centring takes off every row.
struct CentredSparseRows: Sendable {
  let elements: SparseRows
  /// u, one per feature; zero where a feature is not mostly zero.
  let levels: [Double]
  /// x̂·u of every row.
  let levelProducts: [Double]
  /// u·u
  let levelSquare: Double

  /// `nil` where the rows are better taken dense.
  init?(_ rows: ScaledRows, _ range: Range<Int>) {
    guard rows.matrix.zeroPattern.isSparse else { return nil }
    let given = rows.scaling
    let kept = rows.keptZeros
    let levels = kept.indices.map {
      kept[$0] ? (given.offsets[$0] + given.offsetRests[$0]) * given.factors[$0] : 0
    }
    let scaling = FeatureScaling(
      offsets: kept.indices.map { kept[$0] ? 0 : given.offsets[$0] },
      offsetRests: kept.indices.map { kept[$0] ? 0 : given.offsetRests[$0] },
      factors: given.factors)
    elements = SparseRows(rows, range, scaling: scaling, constantColumn: nil)
    self.levels = levels
    levelProducts = elements.products(with: levels)
    levelSquare = levels.reduce(0) { $0 + $1 * $1 }
  }

  init?(_ rows: ScaledRows) { self.init(rows, 0..<rows.count) }

  /// w·u of every lane.
  func levelProducts(_ weights: Workspace<Lanes>) -> Lanes {
    precondition(weights.count == levels.count)
    var sum = Lanes.zero
    // SAFETY: there are as many weights as levels.
    for j in levels.indices { unsafe sum = sum + weights.base[j] * levels[j] }
    return sum
  }

  /// (1/n) Σ ‖x‖², weighted where rows have weights.
  var meanSquaredNorm: Double {
    let squares = elements.squaredNorms
    let count = elements.weights?.reduce(0, +) ?? Double(max(squares.count, 1))
    return squares.indices.reduce(0.0) { sum, row in
      let square = squares[row] - 2 * levelProducts[row]
      return sum + (elements.weights.map { $0[row] * square } ?? square)
    } / count + levelSquare
  }
}

extension ScaledRows {
  /// The columns whose zeros stay zeros, so that their mean is taken off by a level and not from every
  /// element.
  ///
  /// Mostly zeros alone is not enough: some rows may hold none. There a level many times the deviation
  /// would cancel, and with it the digits of every score.
  var keptZeros: [Bool] {
    let isMostlyZero = matrix.zeroPattern.isMostlyZero
    return isMostlyZero.indices.map { j in
      isMostlyZero[j]
        && abs(scaling.offsets[j] * scaling.factors[j]) <= ZeroPattern.largestLevel
    }
  }
}
