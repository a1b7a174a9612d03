import LinearModels
import Results

/// `projected_gd`: full-batch gradient descent in the ball ‖w‖ ≤ radius, without λ.
enum ProjectedGradientDescentProgram: DescentProgram {
  static let keyNumber = 6
  static let otherNames: [String] = []
  static let ownAxes: [Axis] = [.radius]
}
