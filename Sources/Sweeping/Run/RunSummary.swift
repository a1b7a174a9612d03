package import Charts
import LinearModels
import ModelSelection
import Results
package import Tables

/// What `sweep run` prints: how the jobs ended, each solver's winners, the winner's curve, the files.
struct RunSummary {
  let outcome: SweepOutcome
  /// Where the tables are; `nil` when nothing was written.
  let folder: String?
  let style: TerminalStyle
  /// The axes but the solver on which the points differ.
  private let shownAxes: [Axis]

  init(outcome: SweepOutcome, folder: String?, style: TerminalStyle) {
    self.outcome = outcome
    self.folder = folder
    self.style = style
    shownAxes = outcome.results.plan.grid.varyingAxes.filter { $0 != .solver }
  }

  private var results: SweepResults { outcome.results }
  private var plan: SweepPlan { results.plan }
  private var metricName: String { plan.spec.selectionMetric.rawValue }

  func text() -> String {
    var parts = [headline]
    if !plan.spec.description.isEmpty { parts[0] += "\n" + printable(plan.spec.description) }
    if let classes = plan.data.classText(plan.spec) { parts[0] += "\nclasses: \(classes)" }
    if let best = results.best {
      parts.append(winnersTable())
      parts.append(curveTable(best))
      let chart = terminalChart(outcome.curve, metric: metricName, winner: best, style: style)
      if !chart.isEmpty { parts.append(chart.trimmingNewlines) }
      parts += warnings(best)
    } else {
      parts.append(reasonForNoWinner)
      parts += firstMessages()
    }
    if let folder {
      parts.append("written to \(printable(folder)): " + outcome.files.joined(separator: ", "))
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private var reasonForNoWinner: String {
    guard results.points.contains(where: { $0.status == .ok }) else {
      return "no point ended ok, so there is no winner; see the column status of jobs.csv"
    }
    return
      "validation_\(metricName), which is to be selected by, has no value at any point, so there "
      + "is no winner"
  }

  private var headline: String {
    let folds = plan.foldCount
    let statuses = results.statusCounts().map { "\($0.jobs) \($0.status.rawValue)" }
    let duplicates = plan.grid.duplicateCount
    return "\(plan.spec.name): \(counted(plan.grid.count, "point")) × \(counted(folds, "fold")) = "
      + "\(counted(plan.jobCount, "job")) (" + statuses.joined(separator: ", ")
      + ", \(outcome.reusedCount) reused)"
      + (duplicates > 0 ? ", \(counted(duplicates, "duplicate point")) dropped" : "")
  }

  private func aligned(_ rows: [[String]]) -> String {
    alignedLines(style.isUnicode ? rows : rows.map { $0.map(asciiText) }).joined(separator: "\n")
  }

  private func winnersTable() -> String {
    var rows = [
      ["solver", "rule", "point"] + shownAxes.map(\.rawValue)
        + ["validation_\(metricName)", "± se", "train_\(metricName)"]
    ]
    for (solver, winners) in results.solvers {
      for rule in SelectionRule.allCases {
        guard let index = winners[rule] else {
          if rule == .min { rows.append([solver.rawValue, "no point is ok"]) }
          continue
        }
        rows.append(
          [solver.rawValue, rule.rawValue, String(index)]
            + shownAxes.map { plan.grid[index].cell(of: $0) } + values(index))
      }
    }
    return aligned(rows)
  }

  private func values(_ point: Int) -> [String] {
    let (training, validation) = plan.selectionValues(results.points[point])
    return [
      validation.map { readable($0.mean) } ?? "",
      validation?.standardError.map { readable($0) } ?? "",
      training.map { readable($0.mean) } ?? "",
    ]
  }

  /// The points that differ from the best in λ (or radius) alone, thinned to a screen.
  private func curveTable(_ best: Int) -> String {
    let point = plan.grid[best]
    let axis: Axis = point.radius == nil ? .lambda : .radius
    let others = Axis.allCases.filter { $0 != axis }
    var members: [(value: Double, point: Int)] = []
    for (index, peer) in plan.grid.enumerated()
    where others.allSatisfy({ peer[$0] == point[$0] }) {
      members.append((peer.number(on: axis) ?? 0, index))
    }
    let family = members.sorted { $0 < $1 }.map(\.point)
    let place = family.firstIndex(of: best) ?? 0
    let step = max(1, (family.count + 13) / 14)
    let shown = family.indices.filter {
      $0 % step == place % step || $0 == 0 || $0 == family.count - 1
    }
    let (below, above) =
      axis == .lambda ? ("overfit ←", "→ underfit") : ("underfit ←", "→ overfit")
    var rows = [
      [axis.rawValue, "train_\(metricName)", "validation_\(metricName)", "± se", "df", ""]
    ]
    for index in shown {
      let summary = results.points[family[index]]
      let cells = values(family[index])
      let mark =
        index == place ? "best" : index == 0 ? below : index == family.count - 1 ? above : ""
      rows.append([
        plan.grid[family[index]].cell(of: axis), cells[2], cells[0], cells[1],
        summary.effectiveDegreesOfFreedom.map { readable($0) } ?? "",
        summary.status == .ok ? mark : summary.status.rawValue,
      ])
    }
    let shared = others.filter { $0 == .solver || shownAxes.contains($0) }
      .map { ($0, point.cell(of: $0)) }.filter { !$0.1.isEmpty }
      .map { "\($0.0.rawValue) \($0.1)" }
    return "the winner by \(plan.spec.selectionRule.rawValue): point \(best), "
      + shared.joined(separator: ", ") + "\n" + aligned(rows)
  }

  private func warnings(_ best: Int) -> [String] {
    var warnings: [String] = []
    let edges = results.edges.axes(of: plan.grid[best]).map(\.rawValue)
    if !edges.isEmpty {
      warnings.append(
        "warning: the best point is at the edge of the grid in " + edges.joined(separator: ", ")
          + "; widen it to be sure")
    }
    return warnings + firstMessages()
  }

  /// For each outcome that is not ok how many jobs, and the first one's message.
  private func firstMessages() -> [String] {
    results.statusCounts().filter { $0.status != .ok }.map { status, count in
      let message = results.records.first { $0.status == status }?.message ?? ""
      return "\(counted(count, "job")) \(status.rawValue): \(printable(message))"
    }
  }
}

extension SweepOutcome {
  /// The summary for a terminal, ending in a newline.
  package func summary(folder: String?, style: TerminalStyle) -> String {
    RunSummary(outcome: self, folder: folder, style: style).text()
  }

  /// The summary for a program.
  /// - Parameter command: which one made the tables.
  package func json(command: String, folder: String?) -> JSONValue {
    let plan = results.plan
    return .object(
      [
        .init("schema_version", 1), .init("command", .string(command)),
        .init("name", .string(plan.spec.name)),
        .init("output", folder.map { .string($0) } ?? .null),
        .init("points", .integer(plan.grid.count)), .init("jobs", .integer(plan.jobCount)),
        .init("jobs_reused", .integer(reusedCount)),
        .init(
          "status",
          .object(
            results.statusCounts().map { .init($0.status.rawValue, .integer($0.jobs)) })),
        .init("best", results.best.map { best(at: $0) } ?? .null),
        .init("files", .array(files.map { .string($0) })),
      ] + (plan.data.classesJSON.map { [.init("classes", $0)] } ?? []))
  }

  private func best(at index: Int) -> JSONValue {
    let plan = results.plan
    let value = plan.selectionValues(results.points[index]).validation
    return .object([
      .init("point", .integer(index)),
      .init("hyperparameters", plan.grid[index].json),
      .init("metric", .string("validation_" + plan.spec.selectionMetric.rawValue)),
      .init("mean", value.map { .number($0.mean) } ?? .null),
      .init("standard_error", value?.standardError.map { .number($0) } ?? .null),
      .init(
        "at_grid_edge",
        .array(results.edges.axes(of: plan.grid[index]).map { .string($0.rawValue) })),
    ])
  }
}

extension String {
  fileprivate var trimmingNewlines: String {
    var text = self
    while text.last == "\n" { text.removeLast() }
    return text
  }
}
