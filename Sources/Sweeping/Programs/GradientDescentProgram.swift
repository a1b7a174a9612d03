import LinearModels
import Results

/// `gd`: full-batch gradient descent with weight decay.
enum GradientDescentProgram: DescentProgram {
  static let keyNumber = 3
  static let otherNames = ["gradientdescent"]
  static let ownAxes: [Axis] = [.lambda]
}
