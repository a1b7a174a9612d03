import Numerics

extension Loss {
  /// ∂ℓ/∂z of one row: z − y, or −y/(1 + e^(yz)).
  @inline(__always)
  func slopes(_ z: Lanes, target: Double) -> Lanes {
    switch self {
    case .squared: SquaredSlope.values(z, target: target)
    case .logistic: LogisticSlope.values(z, target: target)
    }
  }

  /// ℓ of one row: ½(y − z)², or log(1 + e^(−yz)).
  @inline(__always)
  func values(_ z: Lanes, target: Double) -> Lanes {
    switch self {
    case .squared: 0.5 * ((z - target) * (z - target))
    case .logistic: softpluses(-target * z)
    }
  }

  /// ℓ at w = 0, b = 0, averaged over the rows.
  func startObjective(_ rows: ScaledRows) -> Double {
    switch self {
    case .logistic: return 0.693147180559945309417232121458176568
    case .squared:
      var sum = 0.0
      for index in 0..<rows.count { sum += rows.target(at: index) * rows.target(at: index) }
      return 0.5 * sum / Double(rows.count)
    }
  }
}

/// ∂ℓ/∂z of one row as a type, so that a kernel is compiled for each: a call in the innermost loop costs
/// as much as a tenth of it.
protocol RowSlope {
  static func values<Vector: LaneVector>(_ z: Vector, target: Double) -> Vector
}

/// z − y
enum SquaredSlope: RowSlope {
  @inline(__always)
  static func values<Vector: LaneVector>(_ z: Vector, target: Double) -> Vector { z - target }
}

/// −y/(1 + e^(yz))
enum LogisticSlope: RowSlope {
  @inline(__always)
  static func values<Vector: LaneVector>(_ z: Vector, target: Double) -> Vector {
    -target * (-target * z).sigmoids
  }
}

@inline(__always)
func softpluses(_ x: Lanes) -> Lanes {
  Lanes(lowHalf: softplus(x.lowHalf), highHalf: softplus(x.highHalf))
}
