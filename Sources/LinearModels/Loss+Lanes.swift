import Numerics

extension Loss {
  /// ∂ℓ/∂z of one row: z − y, or −y/(1 + e^(yz)).
  @inline(__always)
  func slopes(_ z: Lanes, target: Double) -> Lanes {
    switch self {
    case .squared: z - target
    case .logistic: -target * sigmoids(-target * z)
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

@inline(__always)
func sigmoids(_ x: Lanes) -> Lanes {
  Lanes(lowHalf: logistic(x.lowHalf), highHalf: logistic(x.highHalf))
}

@inline(__always)
func softpluses(_ x: Lanes) -> Lanes {
  Lanes(lowHalf: softplus(x.lowHalf), highHalf: softplus(x.highHalf))
}
