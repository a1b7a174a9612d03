/// A hyperparameter that a grid varies, as data: a new axis is one more declaration.
package struct Axis: Sendable {
  /// Where the axis stands among those of its sweep; the last one runs fastest.
  package let place: Int
  /// A reference, as an axis is handed around for every point of large grids.
  private let text: AxisText

  package init(
    _ word: String, place: Int, title: String? = nil, symbol: String? = nil,
    range: NumberRange? = nil, isMagnitude: Bool = false
  ) {
    self.place = place
    text = AxisText(
      word: word, title: title ?? word, symbol: symbol ?? word, range: range,
      isMagnitude: isMagnitude)
  }

  /// The word in a spec, and the column in every table.
  package var rawValue: String { text.word }
  /// The name a reader sees on a picture's axis.
  package var title: String { text.title }
  /// The name in a label such as `η 0.01`.
  package var symbol: String { text.symbol }
  /// What a value may be; `nil` for an axis of words.
  package var range: NumberRange? { text.range }
  /// Whether values are magnitudes, so that a distance in decades means something.
  package var isMagnitude: Bool { text.isMagnitude }
}

private final class AxisText: Sendable {
  let word: String
  let title: String
  let symbol: String
  let range: NumberRange?
  let isMagnitude: Bool

  init(word: String, title: String, symbol: String, range: NumberRange?, isMagnitude: Bool) {
    self.word = word
    self.title = title
    self.symbol = symbol
    self.range = range
    self.isMagnitude = isMagnitude
  }
}

/// The axes of the built-in solvers, in nesting order.
extension Axis {
  package static let solver = Axis("solver", place: 0)
  package static let degree = Axis(
    "degree", place: 1, title: "polynomial degree", range: .wholeFromOne, isMagnitude: true)
  /// Below 1 a fraction of the training rows, from 1 on a number of rows.
  package static let trainSize = Axis(
    "train_size", place: 2, title: "training rows", symbol: "n", range: .trainSize)
  package static let schedule = Axis("schedule", place: 3)
  package static let batchSize = Axis(
    "batch_size", place: 4, title: "batch size", symbol: "batch", range: .wholeFromOne,
    isMagnitude: true)
  package static let eta = Axis(
    "eta", place: 5, title: "learning rate η", symbol: "η", range: .positive, isMagnitude: true)
  package static let epochs = Axis("epochs", place: 6, range: .wholeFromOne, isMagnitude: true)
  package static let radius = Axis(
    "radius", place: 7, title: "radius of the weight ball", range: .positive, isMagnitude: true)
  package static let lambda = Axis(
    "lambda", place: 8, title: "λ", symbol: "λ", range: .nonNegative, isMagnitude: true)
}

extension Axis: CaseIterable {
  package static let allCases: [Axis] = [
    solver, degree, trainSize, schedule, batchSize, eta, epochs, radius, lambda,
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
