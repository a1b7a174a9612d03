package import Tables

extension PointListing {
  /// How a listing is written.
  package enum Format: String, CaseIterable, Sendable {
    case text, csv
    case markdown = "md"
    case json

    /// Whether a person reads it, who wants few columns and few digits.
    package var isForReader: Bool { self == .text || self == .markdown }
  }

  /// Columns for a terminal, numbers with six digits.
  package var text: String {
    let isNumber = columns.indices.map { column in
      rows.allSatisfy { $0[column].isEmpty || Double($0[column]) != nil }
    }
    let cells = [columns] + rows.map { $0.map(Self.readable) }
    return alignedLines(cells.map { $0.map(printable) }, isNumber: { isNumber[$0] })
      .joined(separator: "\n") + "\n"
  }

  /// The cells as they stand in `curve.csv`.
  package var csv: String {
    var writer = CSVWriter()
    writer.row(columns)
    for row in rows { writer.row(row) }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// A table of Markdown, numbers with six digits.
  package var markdown: String {
    func line(_ cells: [String]) -> String {
      "| " + cells.map(markdownCell).joined(separator: " | ") + " |\n"
    }
    let rule = "|" + String(repeating: "---|", count: columns.count) + "\n"
    return line(columns) + rule + rows.map { line($0.map(Self.readable)) }.joined()
  }

  /// An object for each row; numbers as they stand in `curve.csv`, `null` for an empty cell.
  package var json: JSONValue {
    .array(
      rows.map { row in
        .object(
          zip(columns, row).map { name, cell in
            JSONValue.Member(name, AxisValue(cell: cell)?.json ?? .null)
          })
      })
  }

  private static func readable(_ cell: String) -> String {
    guard case .number(let number) = AxisValue(cell: cell) else { return excerpt(cell) }
    // A count keeps all of its digits.
    return Int(cell) == nil ? Tables.readable(number, digits: 6) : cell
  }
}
