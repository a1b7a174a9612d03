import Charts
import Results
import Tables

/// The rows of "what moved", the worse and the larger first, as text cells; shared by terminal and Markdown.
struct ComparisonTable {
  static let header = ["point", "number", "baseline", "now", "change", "std. errors", ""]

  let rows: [[String]]
  let omitted: Int

  init(_ report: ComparisonReport, limit: Int) {
    let ranked = report.movements.indices.sorted { first, second in
      let (a, b) = (report.movements[first], report.movements[second])
      if a.verdict != b.verdict { return a.verdict.rank < b.verdict.rank }
      return a.severity == b.severity ? first < second : a.severity > b.severity
    }
    rows = ranked.prefix(limit).map { Self.cells(report.movements[$0], report) }
    omitted = max(0, ranked.count - limit)
  }

  private static func cells(_ movement: Movement, _ report: ComparisonReport) -> [String] {
    [
      report.text(of: movement.setting), movement.column, cell(movement.baseline, movement),
      cell(movement.current, movement),
      movement.relativeDifference.map(percentText)
        ?? movement.difference.map { signedText($0, digits: 2) } ?? "",
      movement.standardErrors.map { signedText($0, digits: 2) } ?? "",
      movement.verdict == .excused ? "moved with it" : movement.verdict.rawValue,
    ]
  }

  /// As many digits as show the difference, all of them when six do not.
  private static func cell(_ value: AxisValue?, _ movement: Movement) -> String {
    switch value {
    case nil: return "—"
    case .word(let word): return excerpt(word)
    case .number(let number):
      let isTiny = movement.relativeDifference.map { abs($0) < 1e-4 } ?? false
      return isTiny ? shortest(number) : readable(number, digits: 6)
    }
  }
}

extension Movement.Verdict {
  /// What a reader wants to see first.
  fileprivate var rank: Int {
    switch self {
    case .worse: 0
    case .changed: 1
    case .improved: 2
    case .excused: 3
    }
  }
}
