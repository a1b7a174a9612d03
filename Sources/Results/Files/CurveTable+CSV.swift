import Tables

extension CurveTable {
  /// Reads `curve.csv`; `path` is for messages.
  ///
  /// An axis column that is absent is empty for every point; columns it does not know are ignored.
  package init(csv bytes: [UInt8], path: String) throws(ResultError) {
    try self.init(RecordTable<CurveColumn>.cells(bytes, path: path))
  }

  init(_ cells: CSVTable) throws(ResultError) {
    let table = RecordTable<CurveColumn>(cells)
    if table.rows.isEmpty { throw .noRows(path: table.path) }
    let columns = try CurveColumns(table)
    var seen: Set<Point> = []
    var points: [CurvePoint] = []
    points.reserveCapacity(table.rows.count)
    for row in table.rows {
      let point = try columns.point(of: row, in: table)
      guard seen.insert(point.setting).inserted else {
        throw .duplicatePoint(path: table.path, line: row.line, setting: point.setting.text)
      }
      points.append(point)
    }
    self.init(measures: columns.measures.map(\.measure), points: points)
  }
}

/// Where the columns of `curve.csv` stand.
struct CurveColumns {
  struct MeasureColumns {
    let measure: Measure
    let mean: Int
    let standardError: Int?
  }
  let point: Int
  let status: Int
  let folds: Int?
  let axes: [(axis: Axis, column: Int)]
  let measures: [MeasureColumns]
  let lambdaMean: Int?
  let weightNorm: Int?
  let effectiveDF: Int?
  let selected: Int?

  private static let longestName = 200

  init(_ table: RecordTable<CurveColumn>) throws(ResultError) {
    point = try table.requiredColumn(.point)
    status = try table.requiredColumn(.status)
    _ = try table.requiredColumn(named: Axis.solver.rawValue)
    folds = table.column(.folds)
    var axes: [(axis: Axis, column: Int)] = []
    for axis in Axis.allCases {
      if let column = table.column(named: axis.rawValue) { axes.append((axis, column)) }
    }
    self.axes = axes
    var measures: [MeasureColumns] = []
    for (index, name) in table.header.enumerated() where !name.hasSuffix(Measure.errorEnding) {
      // No metric has such a name; one that long would be on every picture.
      if name.utf8.count > Self.longestName { continue }
      guard name != Axis.trainSize.rawValue, let measure = Measure(column: name) else {
        continue
      }
      measures.append(
        MeasureColumns(
          measure: measure, mean: index, standardError: table.column(named: measure.errorColumn)))
    }
    guard measures.contains(where: { $0.measure.part == .validation }) else {
      throw .missingColumn(path: table.path, column: "validation_…")
    }
    self.measures = measures
    lambdaMean = table.column(.lambdaMean)
    weightNorm = table.column(.weightNorm)
    effectiveDF = table.column(.effectiveDF)
    selected = table.column(.selected)
  }

  func point(
    of row: CSVTable.Row, in table: RecordTable<CurveColumn>
  ) throws(ResultError) -> CurvePoint {
    var setting = Point()
    for (axis, column) in axes { setting[axis] = AxisValue(cell: row.cells[column]) }
    var estimates: [Measure: Estimate] = [:]
    for columns in measures {
      guard let mean = try table.number(row, columns.mean) else { continue }
      let error = try optional(columns.standardError, row, table)
      estimates[columns.measure] = Estimate(mean, standardError: error)
    }
    var foldCount = 1
    if let folds { foldCount = try table.count(row, folds) }
    return CurvePoint(
      point: try table.count(row, point), setting: setting,
      lambdaMean: try optional(lambdaMean, row, table), status: row.cells[status],
      folds: foldCount, estimates: estimates,
      weightNorm: try optional(weightNorm, row, table),
      effectiveDF: try optional(effectiveDF, row, table),
      selectedBy: selected.map { row.cells[$0].split(separator: " ").map(String.init) } ?? [])
  }

  private func optional(
    _ column: Int?, _ row: CSVTable.Row, _ table: RecordTable<CurveColumn>
  ) throws(ResultError) -> Double? {
    guard let column else { return nil }
    return try table.number(row, column)
  }
}
