import Numerics

/// log(1 + e^(−yz)), y = ±1
enum LogisticLoss: LossFunction {
  @inline(__always)
  static func values(_ z: Lanes, target: Double) -> Lanes {
    let x = -target * z
    return Lanes(lowHalf: softplus(x.lowHalf), highHalf: softplus(x.highHalf))
  }

  /// −y/(1 + e^(yz))
  @inline(__always)
  static func slopes<Vector: LaneVector>(_ z: Vector, target: Double) -> Vector {
    -target * (-target * z).sigmoids
  }

  @inline(__always)
  static func curvatures<Vector: LaneVector>(_ z: Vector, target: Double) -> Vector {
    let p = (-target * z).sigmoids
    return p - p * p
  }

  static var largestCurvature: Double { 0.25 }
  static var followsFromMoments: Bool { false }
  /// The chance of +1.
  static func prediction(_ score: Double) -> Double { logistic(score) }

  static func startObjective(_ rows: ScaledRows) -> Double {
    0.693147180559945309417232121458176568
  }

  /// log(1 + e^(−yz)) ≤ 1 + |z|
  static func meanBounds(scoreSizes: Lanes, targetSize: Double) -> Lanes {
    2 * (1 + scoreSizes)
  }
}
