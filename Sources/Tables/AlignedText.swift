/// Columns padded to their widest cell, two spaces between, without spaces at the ends of lines.
///
/// - Parameters:
///   - rows: may be of different lengths.
///   - isNumber: the columns that stand to the right.
package func alignedLines(
  _ rows: [[String]], isNumber: (_ column: Int) -> Bool = { _ in false }
) -> [String] {
  let columnCount = rows.map(\.count).max() ?? 0
  var widths = [Int](repeating: 0, count: columnCount)
  for row in rows {
    for (column, cell) in row.enumerated() { widths[column] = max(widths[column], cell.count) }
  }
  return rows.map { row in
    var line = ""
    for (column, cell) in row.enumerated() {
      let padding = String(repeating: " ", count: widths[column] - cell.count)
      line += (column == 0 ? "" : "  ") + (isNumber(column) ? padding + cell : cell + padding)
    }
    while line.last == " " { line.removeLast() }
    return line
  }
}
