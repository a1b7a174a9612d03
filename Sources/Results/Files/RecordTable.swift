import Tables

/// A table of a result folder, with its cells read as what their columns hold.
struct RecordTable<Column: ResultField> {
  private let table: CSVTable

  init(_ table: CSVTable) { self.table = table }

  init(_ bytes: [UInt8], path: String) throws(ResultError) {
    self.init(try Self.cells(bytes, path: path))
  }

  /// The table cell by cell.
  static func cells(_ bytes: [UInt8], path: String) throws(ResultError) -> CSVTable {
    do {
      return try CSVTable(bytes, path: path)
    } catch {
      throw .malformed(error)
    }
  }

  var path: String { table.path }
  var header: [String] { table.header }
  var rows: [CSVTable.Row] { table.rows }

  func column(_ column: Column) -> Int? { table.column(column.rawValue) }

  /// Of an axis or a measure.
  func column(named name: String) -> Int? { table.column(name) }

  func requiredColumn(_ column: Column) throws(ResultError) -> Int {
    try requiredColumn(named: column.rawValue)
  }

  func requiredColumn(named name: String) throws(ResultError) -> Int {
    guard let column = table.column(name) else {
      throw .missingColumn(path: path, column: name)
    }
    return column
  }

  /// The number in a cell; `nil` when the cell is empty.
  func number(_ row: CSVTable.Row, _ column: Int) throws(ResultError) -> Double? {
    let cell = row.cells[column]
    if cell.isEmpty { return nil }
    guard let value = Double(cell), value.isFinite else {
      throw .badCell(
        path: path, line: row.line, column: header[column], found: cell, expected: "a number")
    }
    return value
  }

  func requiredNumber(_ row: CSVTable.Row, _ column: Int) throws(ResultError) -> Double {
    guard let value = try number(row, column) else {
      throw .badCell(
        path: path, line: row.line, column: header[column], found: "", expected: "a number")
    }
    return value
  }

  func count(_ row: CSVTable.Row, _ column: Int) throws(ResultError) -> Int {
    guard let value = Int(row.cells[column]), value >= 0 else {
      throw .badCell(
        path: path, line: row.line, column: header[column], found: row.cells[column],
        expected: "a whole number")
    }
    return value
  }
}
