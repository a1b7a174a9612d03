package import Tables

/// The points of `curve.csv` that somebody asks for: some rows, some columns, the cells as they stand there.
package struct PointListing: Sendable, Equatable {
  package let columns: [String]
  /// As many cells as there are columns; empty where nothing applies.
  package let rows: [[String]]

  /// Which points, and what of them.
  package struct Request: Sendable, Equatable {
    /// Only the points of this solver.
    package var solver: String?
    /// Only the best so many by the metric that is selected on, the best first.
    package var top: Int?
    /// These columns in this order; otherwise all of them, or those that tell points apart.
    package var columns: [String]?
    /// A row for each set and metric of a point, with the columns `set,metric,mean,se`.
    package var isLong = false
    /// Whether columns that say nothing here are left out.
    package var isForReader = true

    package init() {}
  }

  /// - Parameters:
  ///   - metric: the one that is selected on.
  ///   - table: `curve.csv`.
  /// - Throws: `PointListingError` for a request, `ResultError` for a table that is none of ours.
  package init(_ table: CSVTable, metric: String, request: Request) throws {
    let curve = try CurveCells(table, metric: metric)
    let points = try curve.points(request)
    let source =
      request.isLong ? curve.long(points) : (header: table.header, rows: points.map(\.cells))
    let wanted =
      request.columns
      ?? (request.isForReader ? curve.tellingColumns(points, request) : source.header)
    var places: [Int] = []
    for name in wanted {
      guard let place = source.header.firstIndex(of: name) else {
        throw PointListingError.unknownColumn(name, known: source.header)
      }
      places.append(place)
    }
    columns = wanted
    rows = source.rows.map { cells in places.map { cells[$0] } }
  }
}

/// What was asked for and is not in the table.
package enum PointListingError: Error, Hashable, CustomStringConvertible {
  case unknownColumn(String, known: [String])
  case unknownSolver(String, known: [String])

  package var description: String {
    switch self {
    case .unknownColumn(let name, let known): "--columns: " + Self.choice(name, among: known)
    case .unknownSolver(let name, let known): "--solver: " + Self.choice(name, among: known)
    }
  }

  private static func choice(_ name: String, among known: [String]) -> String {
    let nearest = nearestName(to: name, among: known).map { " (did you mean '\($0)'?)" }
    return "found '\(excerpt(name))', the table has \(known.joined(separator: ", "))"
      + (nearest ?? "")
  }
}

/// `curve.csv` cell by cell, by the meaning of its columns.
private struct CurveCells {
  private let table: CSVTable
  private let columns: CurveColumns
  private let solver: Int
  private let metric: String

  init(_ table: CSVTable, metric: String) throws(ResultError) {
    let record = RecordTable<CurveColumn>(table)
    solver = try record.requiredColumn(named: Axis.solver.rawValue)
    columns = try CurveColumns(record)
    self.table = table
    self.metric = metric
  }

  func points(_ request: PointListing.Request) throws(PointListingError) -> [CSVTable.Row] {
    var points = table.rows
    if let wanted = request.solver {
      points = points.filter { $0.cells[solver] == wanted }
      if points.isEmpty {
        var known: [String] = []
        for row in table.rows where !known.contains(row.cells[solver]) {
          known.append(row.cells[solver])
        }
        throw .unknownSolver(wanted, known: known)
      }
    }
    guard let top = request.top else { return points }
    guard let column = table.column(Measure(.validation, metric).column) else { return [] }
    // As for a winner: no point that did not end ok, of equal ones the earlier.
    let ranked = points.enumerated().compactMap { place, row in
      isOK(row) ? Double(row.cells[column]).map { (value: $0, place: place) } : nil
    }.sorted { first, second in
      first.value == second.value
        ? first.place < second.place : isBetter(first.value, than: second.value, metric: metric)
    }
    return ranked.prefix(top).map { points[$0.place] }
  }

  /// What tells points apart: the hyperparameters that differ, the metric that is selected on.
  func tellingColumns(_ points: [CSVTable.Row], _ request: PointListing.Request) -> [String] {
    func isUseful(_ column: Int) -> Bool { points.contains { !$0.cells[column].isEmpty } }
    let axes = columns.axes.map(\.column)
    let varying = axes.filter { column in
      table.rows.contains { $0.cells[column] != table.rows[0].cells[column] }
    }
    var places = [columns.point] + (varying.isEmpty ? axes : varying).filter(isUseful)
    if !points.allSatisfy(isOK) { places.append(columns.status) }
    if request.isLong { return places.map { table.header[$0] } + Self.longColumns }
    for column in columns.measures where column.measure.metric == metric {
      let error = column.measure.part == .train ? nil : column.standardError
      places += [column.mean, error].compactMap(\.self).filter(isUseful)
    }
    places += [columns.effectiveDF, columns.selected].compactMap(\.self).filter(isUseful)
    return places.map { table.header[$0] }
  }

  private func isOK(_ row: CSVTable.Row) -> Bool { row.cells[columns.status] == "ok" }

  private static let longColumns = ["set", "metric", "mean", "se"]

  /// The columns that are no measure, then one set and metric.
  func long(_ points: [CSVTable.Row]) -> (header: [String], rows: [[String]]) {
    let taken = Set(columns.measures.flatMap { [$0.mean, $0.standardError].compactMap(\.self) })
    let others = table.header.indices.filter { !taken.contains($0) }
    let rows = points.flatMap { row in
      columns.measures.map { column in
        others.map { row.cells[$0] }
          + [
            column.measure.part.rawValue, column.measure.metric, row.cells[column.mean],
            column.standardError.map { row.cells[$0] } ?? "",
          ]
      }
    }
    return (others.map { table.header[$0] } + Self.longColumns, rows)
  }
}
