import Charts
import Results
package import Tables

extension ComparisonReport {
  package static let schemaVersion = 1

  /// The report for programs; `command` is `check` or `diff`.
  package func json(command: String) -> JSONValue {
    [
      "schema_version": .integer(Self.schemaVersion),
      "command": .string(command),
      "name": .string(name),
      "spec": .string(specPath),
      "baseline": .string(baselineName),
      "current": .string(currentName),
      "outcome": .string(outcome.rawValue),
      "metric": .string(metric),
      "rule": .string(rule),
      "points_compared": .integer(comparedPoints),
      "checks": .array(checks.map(json)),
      "movements": .array(movements.map(json)),
      "only_in_baseline": .array(missing.map(\.json)),
      "only_in_current": .array(added.map(\.json)),
      "columns_only_in_baseline": .array(missingColumns.map { .string($0) }),
      "selected": [
        "baseline": baselineWinner.map { $0.setting.json } ?? .null,
        "current": currentWinner.map { $0.setting.json } ?? .null,
      ],
    ]
  }

  private func json(_ check: Check) -> JSONValue {
    [
      "name": .string(check.name),
      "outcome": .string(check.outcome.rawValue),
      "message": .string(check.message),
      "line": check.line.map { .integer($0) } ?? .null,
      "column": check.column.map { .integer($0) } ?? .null,
    ]
  }

  private func json(_ movement: Movement) -> JSONValue {
    [
      "point": movement.setting.json,
      "column": .string(movement.column),
      "baseline": json(movement.baseline),
      "current": json(movement.current),
      "difference": json(movement.difference),
      "relative_difference": json(movement.relativeDifference),
      "standard_errors": json(movement.standardErrors),
      "verdict": .string(movement.verdict.rawValue),
    ]
  }

  private func json(_ value: AxisValue?) -> JSONValue { value?.json ?? .null }

  private func json(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
}
