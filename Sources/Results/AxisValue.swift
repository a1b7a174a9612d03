package import Tables

/// What a point has on one axis.
package enum AxisValue: Hashable, Sendable {
  case number(Double)
  case word(String)

  /// A number and a word with one hash are told apart by `==`; a grid has millions of numbers.
  package func hash(into hasher: inout Hasher) {
    switch self {
    case .number(let value): hasher.combine(value)
    case .word(let word): hasher.combine(word)
    }
  }

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

  package var word: String? {
    if case .word(let word) = self { word } else { nil }
  }

  package var json: JSONValue {
    switch self {
    case .number(let number): .number(number)
    case .word(let word): .string(word)
    }
  }

  /// As in a cell of a table.
  package var text: String {
    switch self {
    case .number(let value): shortest(value)
    case .word(let word): word
    }
  }
}
