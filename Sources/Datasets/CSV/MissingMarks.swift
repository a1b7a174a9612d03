import Tables

/// The texts of a cell that stand for a missing value, compared with the cell's text without the
/// blanks at its ends.
struct MissingMarks: Sendable {
  private let marks: Set<ExactText>
  private let longest: Int
  /// Whether a cell that is a number, such as `-999`, may be missing.
  let mayBeNumbers: Bool
  /// Stands for a missing category among the levels: no other cell has this text.
  let levelText: String?
  /// Most marks that are met are blank.
  private let containBlank: Bool

  init(_ texts: [String], _ dialect: CSVDialect) {
    levelText = texts.first
    containBlank = texts.contains("")
    marks = Set(texts.map(ExactText.init))
    // Latin-1 takes no more bytes.
    longest = texts.map(\.utf8.count).max() ?? -1
    let decimals = DecimalParser(decimal: dialect.decimal)
    mayBeNumbers = texts.contains { decimals.number($0) != nil }
  }

  func contain(_ cell: CSVCellScanner.Cell) -> Bool {
    let trimmed = cell.trimmed
    if trimmed.byteCount == 0 { return containBlank }
    // Longer cells, which most are, need no text.
    guard trimmed.byteCount <= longest || trimmed.isQuoted else { return false }
    return marks.contains(ExactText(trimmed.text))
  }
}

extension CSVSource {
  /// What stands for a missing value unless the spec says otherwise.
  package static let defaultMissingValues = [
    "", "NA", "N/A", "n/a", "NaN", "nan", "null", "NULL", "None", "?",
  ]
}
