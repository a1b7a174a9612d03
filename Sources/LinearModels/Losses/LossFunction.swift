/// A loss ℓ(y, z) of one row as a type: target y, score z = x·w + b; lanes are points.
protocol LossFunction: Sendable {
  /// ℓ
  static func values(_ z: Lanes, target: Double) -> Lanes
  /// ∂ℓ/∂z
  static func slopes<Vector: LaneVector>(_ z: Vector, target: Double) -> Vector
  /// ∂²ℓ/∂z²
  static func curvatures<Vector: LaneVector>(_ z: Vector, target: Double) -> Vector
  /// What no curvature exceeds.
  static var largestCurvature: Double { get }
  /// Whether the curvature is the same everywhere, so that sums of (1, x, y) and their products say all of
  /// the mean loss and no solver needs the rows.
  static var followsFromMoments: Bool { get }
  /// The mean of the target given the score.
  static func prediction(_ score: Double) -> Double
  /// The mean of ℓ over the rows at w = 0, b = 0, weighted where they have weights.
  static func startObjective(_ rows: ScaledRows) -> Double
  /// At least the mean of ℓ, doubled for rounding.
  ///
  /// - Parameters:
  ///   - scoreSizes: at least √((1/n) Σ z²).
  ///   - targetSize: √((1/n) Σ y²).
  static func meanBounds(scoreSizes: Lanes, targetSize: Double) -> Lanes
}
