package import Tables

/// A hyperparameter that a grid varies, as data: a new axis is one more declaration.
package struct Axis: Sendable {
  /// Where the axis stands among those of its sweep; the last one runs fastest.
  package let place: Int
  /// A reference, as an axis is handed around for every point of large grids.
  private let declared: Declaration

  private final class Declaration: Sendable {
    let word: String
    let facts: Facts

    init(_ word: String, _ facts: Facts) {
      self.word = word
      self.facts = facts
    }
  }

  init(_ word: String, place: Int, _ facts: Facts) {
    self.place = place
    declared = Declaration(word, facts)
  }

  /// The word in a spec, and the column in every table.
  package var rawValue: String { declared.word }
  /// The name a reader sees on a picture's axis.
  package var title: String { declared.facts.title ?? rawValue }
  /// The name in a label such as `η 0.01`.
  package var symbol: String { declared.facts.symbol ?? rawValue }
  package var about: String { declared.facts.about }
  package var unit: String? { declared.facts.unit }
  package var exampleValue: JSONValue { declared.facts.example }
  package var range: NumberRange? { declared.facts.range }
  package var otherNames: [String] { declared.facts.otherNames }
  package var whenMissing: String? { declared.facts.whenMissing }
  package var isOfEverySolver: Bool { declared.facts.isOfEverySolver }
  package var key: KeyPart { declared.facts.key }
  package var isMagnitude: Bool { declared.facts.isMagnitude }
  package var isRate: Bool { declared.facts.isRate }
  package var horizontalRank: Int? { declared.facts.horizontalRank }
}

extension Axis {
  /// What is known of an axis beside its word.
  struct Facts: Sendable {
    /// What the axis is, a sentence.
    var about: String
    var unit: String?
    /// A value to show.
    var example: JSONValue
    var title: String?
    var symbol: String?
    /// What a value may be; `nil` for an axis of words.
    var range: NumberRange?
    /// What other programs and books call it, in lower case and without separators.
    var otherNames: [String] = []
    /// What to write where a solver that needs the axis lacks it; `nil` where there is a default.
    var whenMissing: String?
    /// Whether it changes what every solver does.
    var isOfEverySolver = false
    var key = KeyPart.whereUsed
    /// Whether values are magnitudes, so that a distance in decades means something.
    var isMagnitude = false
    /// Whether values have no natural unit: a factor of 8 among them makes a logarithmic scale, where
    /// counts need 50.
    var isRate = false
    /// Among axes with as many values the one with the lowest rank is drawn from left to right.
    var horizontalRank: Int?
  }

  /// How the key of a job holds an axis, so that finished jobs are found again.
  package enum KeyPart: Sendable {
    /// By code of its own: the solver, the schedule, and what chooses the training set.
    case own
    /// Always, with a filler where the point has no value.
    case filled(Double)
    /// Word and value, only where the point has one: every axis newer than the first journals.
    case whereUsed
  }
}

/// The axes of the built-in solvers, in nesting order.
extension Axis {
  package static let solver = Axis(
    "solver", place: 0,
    Facts(
      about: "How the weights are found.", example: "normal",
      otherNames: ["algorithm", "method", "optimizer"], isOfEverySolver: true, key: .own))
  package static let degree = Axis(
    "degree", place: 1,
    Facts(
      about: "All monomials up to this degree, in place of 'features.polynomial'.", unit: "degree",
      example: 3, title: "polynomial degree", range: .wholeFromOne, isOfEverySolver: true,
      key: .own,
      isMagnitude: true, horizontalRank: 3))
  /// Below 1 a fraction of the training rows, from 1 on a number of rows.
  package static let trainSize = Axis(
    "train_size", place: 2,
    Facts(
      about: "The first training rows after the shuffle.",
      unit: "rows, or share of the training rows", example: 0.5, title: "training rows",
      symbol: "n", range: .trainSize, isOfEverySolver: true, key: .own,
      horizontalRank: 2))
  package static let schedule = Axis(
    "schedule", place: 3,
    Facts(
      about: "How the learning rate falls.", example: "constant", key: .own))
  package static let batchSize = Axis(
    "batch_size", place: 4,
    Facts(
      about: "Rows in one step of 'sgd'; 1 is pure stochastic.", unit: "rows", example: 32,
      title: "batch size", symbol: "batch", range: .wholeFromOne,
      otherNames: ["batch", "minibatch"],
      whenMissing: "\"batch_size\": 1 for pure stochastic steps", key: .filled(0),
      isMagnitude: true, horizontalRank: 6))
  package static let learningRate = Axis(
    "eta", place: 5,
    Facts(
      about: "The learning rate.", example: 0.01, title: "learning rate η", symbol: "η",
      range: .positive,
      otherNames: ["eta0", "learningrate", "learningrateinit", "lr", "stepsize"],
      whenMissing: "a learning rate such as \"eta\": 0.01", key: .filled(0), isMagnitude: true,
      isRate: true, horizontalRank: 5))
  package static let epochs = Axis(
    "epochs", place: 6,
    Facts(
      about: "Passes over the training rows.", unit: "epochs", example: 100, range: .wholeFromOne,
      otherNames: ["iterations", "maxiter", "maxiterations", "nepochs"],
      key: .filled(0), isMagnitude: true, horizontalRank: 4))
  package static let radius = Axis(
    "radius", place: 7,
    Facts(
      about: "The largest norm of the weights of 'projected_gd'.", example: 1,
      title: "radius of the weight ball", range: .positive, otherNames: ["maxnorm"],
      whenMissing: "the ball's size such as \"radius\": [0.1, 1, 10]", key: .filled(0),
      isMagnitude: true, isRate: true, horizontalRank: 1))
  package static let lambda = Axis(
    "lambda", place: 8,
    Facts(
      about: "How strongly the weights are held back; 0 is no penalty.", example: 0.1, title: "λ",
      symbol: "λ", range: .nonNegative,
      otherNames: ["alpha", "l2", "penalty", "regularization", "weightdecay"],
      whenMissing: "\"lambda\": 0 for no penalty, or several values", key: .filled(-1),
      isMagnitude: true, isRate: true, horizontalRank: 0))
}

extension Axis: CaseIterable {
  package static let allCases: [Axis] = [
    solver, degree, trainSize, schedule, batchSize, learningRate, epochs, radius, lambda,
  ]
}

extension Axis: RawRepresentable {
  package init?(rawValue: String) {
    guard let axis = Axis.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = axis
  }
}

extension Axis: Hashable {
  package static func == (left: Axis, right: Axis) -> Bool {
    left.place == right.place && left.rawValue == right.rawValue
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(place) }
}
