/// ½(y − z)²
enum SquaredLoss: LossFunction {
  @inline(__always)
  static func values(_ z: Lanes, target: Double) -> Lanes {
    0.5 * ((z - target) * (z - target))
  }

  @inline(__always)
  static func slopes<Vector: LaneVector>(_ z: Vector, target: Double) -> Vector {
    z - target
  }

  @inline(__always)
  static func curvatures<Vector: LaneVector>(_ z: Vector, target: Double) -> Vector {
    Vector.zero + 1
  }

  static var largestCurvature: Double { 1 }
  static var followsFromMoments: Bool { true }
  static func prediction(_ score: Double) -> Double { score }

  static func startObjective(_ rows: ScaledRows) -> Double { 0.5 * rows.meanSquaredTarget }

  static func meanBounds(scoreSizes: Lanes, targetSize: Double) -> Lanes {
    let residual = scoreSizes + targetSize
    return residual * residual
  }
}

extension ScaledRows {
  /// (1/n) Σ y², weighted where rows have weights.
  var meanSquaredTarget: Double {
    var sum = 0.0
    for index in 0..<count { sum += weight(at: index) * (target(at: index) * target(at: index)) }
    return sum / totalWeight
  }
}
