import Platform
package import Tables

/// A result folder as `sweep run` leaves it, read for pictures and reports.
package struct ResultFolder: Sendable {
  package var path: String
  package var curve: CurveTable
  package var coefficients: CoefficientTable?
  package var history: HistoryTable?
  package var spectrum: SpectrumTable?
  /// `best.json` and `run.json`, when they are there.
  package var best: JSONNode?
  package var run: JSONNode?
  /// The spec that `run.json` keeps.
  package var spec: JSONNode?
  /// Tables that were left out, and why.
  package var notes: [String]

  /// Pictures of larger tables would take longer than they tell.
  package static let largestTable = 256 << 20

  package init(path: String, curve: CurveTable) {
    self.path = path
    self.curve = curve
    notes = []
  }

  /// Reads the tables of a folder; those that a run need not write may be absent or without rows.
  ///
  /// - Throws: `ResultError`, which names the file, and the line and column of what is wrong.
  package static func read(_ path: String) throws(ResultError) -> ResultFolder {
    var folder = try readPoints(path).folder
    if let bytes = try folder.bytes(CoefficientColumn.file) {
      let table = try CoefficientTable(csv: bytes, path: CoefficientColumn.file.path(in: path))
      if !table.standardized.isEmpty { folder.coefficients = table }
    }
    if let bytes = try folder.bytes(HistoryColumn.file) {
      let table = try HistoryTable(
        csv: bytes, path: HistoryColumn.file.path(in: path), metric: folder.metric)
      if !table.steps.isEmpty { folder.history = table }
    }
    if let bytes = try folder.bytes(SpectrumColumn.file) {
      let table = try SpectrumTable(csv: bytes, path: SpectrumColumn.file.path(in: path))
      if !table.lambdas.isEmpty { folder.spectrum = table }
    }
    return folder
  }

  /// Reads `curve.csv`, also cell by cell, and the documents; no other table.
  package static func readPoints(
    _ path: String
  ) throws(ResultError) -> (folder: ResultFolder, cells: CSVTable) {
    guard Folder.isThere(path) else { throw .noFolder(path: path) }
    let cells = try readCells(path)
    var folder = ResultFolder(path: path, curve: try CurveTable(cells))
    folder.best = try folder.json(BestMember.file)
    folder.run = try folder.json(RunMember.file)
    folder.spec = folder.embeddedSpec()
    return (folder, cells)
  }

  /// Reads `curve.csv` alone: all that a comparison needs.
  package static func readCurve(_ path: String) throws(ResultError) -> CurveTable {
    try CurveTable(readCells(path))
  }

  private static func readCells(_ path: String) throws(ResultError) -> CSVTable {
    let file = CurveColumn.file.path(in: path)
    let bytes: [UInt8]
    do {
      bytes = try WholeFile.read(file)
    } catch .notFound {
      throw .noTable(path: file)
    } catch {
      throw .file(error)
    }
    return try RecordTable<CurveColumn>.cells(bytes, path: file)
  }

  private mutating func bytes(_ file: ResultFile) throws(ResultError) -> [UInt8]? {
    let bytes: [UInt8]
    do {
      bytes = try WholeFile.read(file.path(in: path))
    } catch .notFound {
      return nil
    } catch {
      throw .file(error)
    }
    if bytes.count > Self.largestTable {
      notes.append("\(file.name) is too large to draw (\(bytes.count >> 20) MB)")
      return nil
    }
    return bytes
  }

  private mutating func json(_ file: ResultFile) throws(ResultError) -> JSONNode? {
    guard let bytes = try bytes(file) else { return nil }
    do {
      return try JSONReader.node(bytes)
    } catch {
      throw .malformedJSON(
        path: file.path(in: path), line: error.position.line, column: error.position.column,
        reason: error.fault.description)
    }
  }

  /// `run.json` keeps the spec verbatim, as text or as an object.
  private func embeddedSpec() -> JSONNode? {
    guard let kept = run?[RunMember.spec] else { return nil }
    guard let text = kept.string else { return kept }
    return JSONReader.read(Array(text.utf8)).root
  }
}

extension ResultFolder {
  /// The experiment's name: the spec's, else the folder's.
  package var name: String {
    if let name = run?[RunMember.name]?.string ?? best?[BestMember.name]?.string
      ?? spec?["name"]?.string
    {
      return name
    }
    return path.split(separator: "/").last.map(String.init) ?? path
  }

  package var question: String? { spec?["description"]?.string }

  /// The metric that the selection went by.
  package var metric: String {
    let chosen = best?[BestMember.metric]?.string.flatMap { Measure(column: $0)?.metric }
    let named =
      chosen ?? spec?["select"]?["metric"]?.string ?? spec?["metrics"]?.elements?.first?.string
    if let named, curve.metrics.contains(named) { return named }
    return curve.metrics.first ?? ""
  }

  package var rule: String {
    best?[BestMember.rule]?.string ?? spec?["select"]?["rule"]?.string ?? "min"
  }

  /// The overall winner: by `best.json`, else the best of the points marked in the curve.
  package var winner: CurvePoint? {
    if let number = bestEntry?[WinnerMember.point]?.number {
      return curve.points.first { Double($0.point) == number }
    }
    let marked = curve.points.filter { $0.selectedBy.contains(rule) }
    return (marked.isEmpty ? curve.points : marked).reduce(nil) { best, point in
      guard let mean = point.mean(.validation, metric) else { return best }
      guard let incumbent = best?.mean(.validation, metric) else { return point }
      return isBetter(mean, than: incumbent, metric: metric) ? point : best
    }
  }

  /// The winner's entry in `best.json`.
  package var bestEntry: JSONNode? {
    best?[BestMember.selected] ?? best?[BestMember.overall]?[rule]
  }

  /// The winner's coefficients, refitted on all rows; else the mean over folds.
  package var winnerCoefficients: (values: [FeatureCoefficient], isRefit: Bool) {
    if let members = bestEntry?[WinnerMember.coefficients]?.members {
      let standardized = bestEntry?[WinnerMember.standardizedCoefficients]?.members ?? []
      var scaled: [String: Double] = [:]
      for member in standardized { scaled[member.key] = member.node.number }
      return (
        members.compactMap { member in
          member.node.number.map {
            FeatureCoefficient(feature: member.key, value: $0, standardized: scaled[member.key])
          }
        }, true
      )
    }
    guard let coefficients, let winner, let values = coefficients.standardized[winner.point] else {
      return ([], false)
    }
    return (
      zip(coefficients.features, values).map {
        FeatureCoefficient(feature: $0, value: $1, standardized: $1)
      }, false
    )
  }

  /// Axes whose best value is the first or last of the grid.
  package var axesAtEdge: [String] {
    bestEntry?[WinnerMember.atGridEdge]?.elements?.compactMap(\.string) ?? []
  }
}

/// A weight of the winner; `value` is on the data's own scale when it was refitted.
package struct FeatureCoefficient {
  package let feature: String
  package let value: Double
  package let standardized: Double?

  package var isIntercept: Bool { feature == CoefficientColumn.intercept }

  /// What weights of different features can be compared by.
  package var size: Double { abs(standardized ?? value) }
}
