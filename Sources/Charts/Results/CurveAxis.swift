import Tables

/// A hyperparameter of the grid; the raw value is its column in `curve.csv`.
package enum CurveAxis: String, CaseIterable, Sendable {
  case solver, degree
  case trainSize = "train_size"
  case schedule
  case batchSize = "batch_size"
  case eta, epochs, radius, lambda

  /// The name a reader sees on an axis.
  package var title: String {
    switch self {
    case .solver: "solver"
    case .degree: "polynomial degree"
    case .trainSize: "training rows"
    case .schedule: "schedule"
    case .batchSize: "batch size"
    case .eta: "learning rate η"
    case .epochs: "epochs"
    case .radius: "radius of the weight ball"
    case .lambda: "λ"
    }
  }

  /// The name in a label such as `η 0.01`.
  package var symbol: String {
    switch self {
    case .lambda: "λ"
    case .eta: "η"
    case .trainSize: "n"
    case .batchSize: "batch"
    default: rawValue
    }
  }
}

/// What a point has on one axis.
package enum AxisValue: Hashable, Sendable {
  case number(Double)
  case word(String)

  /// A cell of a table: a number where it reads as one, else the word; `nil` when empty.
  package init?(cell: String) {
    if cell.isEmpty { return nil }
    if let number = Double(cell), number.isFinite {
      self = .number(number)
    } else {
      self = .word(cell)
    }
  }

  package var number: Double? {
    if case .number(let value) = self { value } else { nil }
  }

  package var text: String {
    switch self {
    case .number(let value): shortest(value)
    case .word(let word): excerpt(word)
    }
  }
}

/// The hyperparameters of a point: what makes it the same point in another run.
package struct Setting: Hashable, Sendable {
  private var values: [AxisValue?]

  package init(_ pairs: KeyValuePairs<CurveAxis, AxisValue> = [:]) {
    values = Array(repeating: nil, count: CurveAxis.allCases.count)
    for (axis, value) in pairs { self[axis] = value }
  }

  package subscript(axis: CurveAxis) -> AxisValue? {
    get { values[axis.index] }
    set { values[axis.index] = newValue }
  }

  /// The same without one axis: what the points of one curve share.
  package func without(_ axis: CurveAxis) -> Setting {
    var copy = self
    copy[axis] = nil
    return copy
  }

  /// `sgd, batch 32, η 0.01, λ 0.1`
  package var text: String { text(of: CurveAxis.allCases) }

  /// - Parameter isRounded: four digits, for a sentence; otherwise the value as it was written.
  package func text(of axes: [CurveAxis], isRounded: Bool = false) -> String {
    axes.compactMap { axis in
      guard let value = self[axis] else { return nil }
      let text = isRounded ? value.number.map { readable($0) } ?? value.text : value.text
      return axis == .solver ? text : "\(axis.symbol) \(text)"
    }.joined(separator: ", ")
  }
}

extension CurveAxis {
  /// The place in `allCases`, which is the order of the columns.
  fileprivate var index: Int {
    switch self {
    case .solver: 0
    case .degree: 1
    case .trainSize: 2
    case .schedule: 3
    case .batchSize: 4
    case .eta: 5
    case .epochs: 6
    case .radius: 7
    case .lambda: 8
    }
  }
}
