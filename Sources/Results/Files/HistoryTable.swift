import Tables

/// The columns of `history.csv`.
package enum HistoryColumn: String, ResultField {
  case point
  case repeatIndex = "repeat"
  case fold, epoch, objective, measures
  case weightNorm = "weight_norm"

  package static let file = ResultFile(
    "history.csv",
    "One row for each job of an iterative solver and epoch; beyond 100 epochs some are left out.",
    need: .output)

  package var declaration: FieldDeclaration {
    switch self {
    case .point: .point
    case .repeatIndex: .repeatIndex
    case .fold: .fold
    case .epoch:
      FieldDeclaration(
        .count, "After how many epochs, or steps of `newton`.", unit: "epochs", example: "10")
    case .objective: .objective
    case .measures:
      FieldDeclaration(
        .measures([.train, .validation], hasErrors: false),
        "Metric M on training and validation rows.",
        emptyWhen: "the metric has no value on these rows", example: "2618.2")
    case .weightNorm: .weightNorm
    }
  }
}

/// `history.csv` in the mean over folds: the errors of each point after so many epochs.
package struct HistoryTable: Hashable, Sendable {
  package struct Step: Hashable, Sendable {
    package var epoch: Double
    package var objective: Double?
    package var errors: [Part: Double]

    package init(epoch: Double, objective: Double? = nil, errors: [Part: Double]) {
      self.epoch = epoch
      self.objective = objective
      self.errors = errors
    }
  }
  package var metric: String
  /// For each point its steps in the order of epochs; only epochs that every fold has.
  package var steps: [Int: [Step]]

  package init(metric: String, steps: [Int: [Step]]) {
    self.metric = metric
    self.steps = steps
  }

  /// Reads `history.csv`; the metric is the one asked for, or the first of the file.
  package init(csv bytes: [UInt8], path: String, metric wanted: String? = nil) throws(ResultError) {
    let table = try RecordTable<HistoryColumn>(bytes, path: path)
    let pointColumn = try table.requiredColumn(.point)
    let epochColumn = try table.requiredColumn(.epoch)
    let measures = table.header.compactMap { Measure(column: $0) }
    let metrics = measures.map(\.metric)
    let metric = wanted.flatMap { metrics.contains($0) ? $0 : nil } ?? metrics.first ?? ""
    var columns: [(part: Part, column: Int)] = []
    for part in Part.allCases {
      if let column = table.column(named: Measure(part, metric).column) {
        columns.append((part, column))
      }
    }
    var sums: [Int: [Double: [Part: (sum: Double, count: Int)]]] = [:]
    for row in table.rows {
      let point = try table.count(row, pointColumn)
      let epoch = try table.requiredNumber(row, epochColumn)
      for (part, column) in columns {
        guard let value = try table.number(row, column) else { continue }
        let old = sums[point]?[epoch]?[part] ?? (0, 0)
        sums[point, default: [:]][epoch, default: [:]][part] = (old.sum + value, old.count + 1)
      }
    }
    self.metric = metric
    steps = sums.mapValues { epochs in
      let folds = epochs.values.flatMap { $0.values.map(\.count) }.max() ?? 0
      return epochs.keys.sorted().compactMap { epoch in
        let parts = epochs[epoch, default: [:]]
        guard parts.values.allSatisfy({ $0.count == folds }) else { return nil }
        return Step(epoch: epoch, errors: parts.mapValues { $0.sum / Double($0.count) })
      }
    }
  }
}
