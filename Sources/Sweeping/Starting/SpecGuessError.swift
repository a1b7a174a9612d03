import Tables

/// Why no spec can be guessed for a target.
package enum SpecGuessError: Error, Hashable, CustomStringConvertible {
  case noValues(path: String, column: String)
  case oneValue(path: String, column: String, value: String)
  case manyTexts(path: String, column: String, texts: [String], count: Int?)
  case mixed(path: String, column: String, numbers: Int, texts: [String], count: Int)
  case noFeatures(path: String, remarks: [String])

  package var description: String {
    switch self {
    case .noValues(let path, let column):
      Self.place(path, column) + "every cell is missing, so there is nothing to predict"
    case .oneValue(let path, let column, let value):
      Self.place(path, column)
        + "every cell is '\(Self.shown(value))', so there is nothing to predict"
    case .manyTexts(let path, let column, let texts, let count):
      Self.place(path, column) + "\(count.map { "\($0)" } ?? "very many") different texts ("
        + Self.list(texts) + ", …); a target is numbers or has two texts: take another column, "
        + "keep the rows of two of them, or make one against the rest"
    case .mixed(let path, let column, let numbers, let texts, let count):
      Self.place(path, column) + "cells that are numbers \(numbers), that are not \(count) ("
        + Self.list(texts) + "); a target is numbers or has two texts: mend these cells or leave "
        + "them empty"
    case .noFeatures(let path, let remarks):
      ([printable("\(path): no column is left to predict from")] + remarks).joined(separator: "; ")
    }
  }

  private static func place(_ path: String, _ column: String) -> String {
    printable("\(path): column '\(column)': ")
  }

  private static func list(_ texts: [String]) -> String {
    texts.prefix(3).map { "'\(shown($0))'" }.joined(separator: ", ")
  }

  private static func shown(_ text: String) -> String {
    printable(text.count > 40 ? text.prefix(40) + "…" : text)
  }
}
