import Results
import Tables

extension Axis {
  /// What the axis is, its unit and a value to show.
  var help: (text: String, unit: String?, example: JSONValue) {
    switch self {
    case .solver: ("How the weights are found.", nil, "normal")
    case .degree:
      ("All monomials up to this degree, in place of 'features.polynomial'.", "degree", 3)
    case .trainSize:
      (
        "The first training rows after the shuffle.", "rows, or share of the training rows",
        0.5
      )
    case .schedule: ("How the learning rate falls.", nil, "constant")
    case .batchSize: ("Rows in one step of 'sgd'; 1 is pure stochastic.", "rows", 32)
    case .eta: ("The learning rate.", nil, 0.01)
    case .epochs: ("Passes over the training rows.", "epochs", 100)
    case .radius: ("The largest norm of the weights of 'projected_gd'.", nil, 1)
    default: ("How strongly the weights are held back; 0 is no penalty.", nil, 0.1)
    }
  }
}
