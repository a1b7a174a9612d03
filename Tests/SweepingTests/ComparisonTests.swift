import Charts
import Foundation
import FoundationXML
import LinearModels
import ModelSelection
import Results
import Sweeping
import Tables
import Testing

@Suite struct ComparisonTests {
  @Test func `a result is the same as itself`() {
    let report = compare(ridge(), ridge())
    #expect(report.outcome == .passed)
    #expect(report.exitStatus == 0)
    #expect(report.comparedPoints == 4)
    #expect(report.movements == [])
    #expect(report.text().hasSuffix("4 points compared with results/ridge: nothing moved\n"))
  }

  @Test func `a metric worse than the baseline fails and names the column and the point`() throws {
    let report = compare(ridge(scale: 0.9), ridge())
    let failed = report.checks.filter { $0.outcome == .failed }
    #expect(report.exitStatus == 2)
    #expect(failed.map(\.name) == ["validation_mse within 1e-9"])
    #expect(failed[0].message.hasPrefix("4 of 4 points moved, most at λ "))
    #expect(report.text().contains("+11 %"))
  }

  @Test func `a metric better than the baseline passes`() {
    let report = compare(ridge(scale: 1.1), ridge())
    #expect(report.exitStatus == 0)
    #expect(report.movements.allSatisfy { $0.verdict == .improved })
  }

  @Test func `more is better for r2 and auc`() {
    let low = ridge(metric: "r2", scale: 0.9)
    let high = ridge(metric: "r2")
    #expect(compare(low, high, metric: .r2).exitStatus == 0)
    #expect(compare(high, low, metric: .r2).exitStatus == 2)
  }

  @Test(
    arguments: [
      (1, 1.0000000009, true), (1, 1.0000000011, false), (1, 0.9999999989, false),
      (0, 0.9e-12, true), (0, 1.1e-12, false), (1e-6, 1.0000009e-6, true), (1e300, 1e300, true),
    ] as [(Double, Double, Bool)])
  func `the same result is within 1e-9 relative or 1e-12 absolute`(
    baseline: Double, current: Double, isSame: Bool
  ) {
    #expect(isSameResult(current, baseline) == isSame)
  }

  @Test func `the best of a table is at the largest training size, by rules that its folds allow`()
  {
    var table = ridge()
    // A smaller training set that happens to be better, as in a learning curve.
    table.points[0].setting[.trainSize] = .number(20)
    table.points[0].estimates[Measure(.validation, "mse")]?.mean = 1
    #expect(table.winner(metric: .mse, rule: .min)?.point != 0)
    table.points[0].setting[.trainSize] = nil
    #expect(table.winner(metric: .mse, rule: .min)?.point == 0)
    for index in table.points.indices { table.points[index].folds = 1 }
    #expect(table.winner(metric: .mse, rule: .min)?.point == 0)
    #expect(table.winner(metric: .mse, rule: .oneStandardError) == nil)
  }

  @Test func `a number without a direction fails when it moves alone`() {
    var other = ridge()
    other.points[1].weightNorm = 3.0001
    let report = compare(ridge(), other)
    #expect(report.exitStatus == 2)
    #expect(report.movements.map(\.verdict) == [.changed])
  }

  @Test func `a number without a direction may move where a metric improved`() {
    var other = ridge(scale: 0.99)
    other.points[1].weightNorm = 3.0001
    other.points[1].estimates[validation]?.standardError = 7
    let report = compare(ridge(), other)
    #expect(report.exitStatus == 0)
    #expect(report.movements.count { $0.verdict == .excused } == 2)
  }

  @Test func `a status that got worse fails, one that became ok does not`() {
    var diverged = ridge()
    diverged.points[0].status = "diverged"
    diverged.points[0].estimates = [:]
    diverged.points[0].weightNorm = nil
    #expect(compare(ridge(), diverged).exitStatus == 2)
    #expect(compare(diverged, ridge()).exitStatus == 0)
  }

  @Test func `points are joined by hyperparameters, not by number or order`() {
    var grown = ridge(lambdas: [0.001, 10, 1, 0.1, 0.01, 100])
    for index in grown.points.indices { grown.points[index].point = 50 - index }
    let report = compare(ridge(), grown)
    #expect(report.exitStatus == 0)
    #expect(report.comparedPoints == 4)
    #expect(report.added.compactMap { $0[.lambda]?.number } == [0.001, 100])
    #expect(report.missing.isEmpty)
    #expect(compare(grown, ridge()).missing.count == 2)
  }

  @Test func `a point of the baseline that is gone fails, with gates too, unless it may`() {
    let gate = Gate(rule: .count(status: .diverged, max: 0), line: 3, column: 1)
    let grown = ridge(lambdas: [0.01, 0.1, 1, 10, 100])
    for gates in [[], [gate]] {
      let report = compare(grown, ridge(), gates: gates)
      let failed = report.checks.filter { $0.outcome == .failed }
      #expect(report.exitStatus == 2)
      #expect(failed.map(\.name) == ["every point of the baseline"])
      #expect(failed.map(\.message) == ["1 point only in results/ridge: λ 100"])
      #expect(junitXML([report]).contains("failures=\"1\""))
      #expect(githubAnnotations([report]).split(separator: "\n").count == 1)
      #expect(compare(grown, ridge(), gates: gates, allowsMissing: true).exitStatus == 0)
    }
  }

  @Test func `a metric of the baseline that is gone fails unless it may`() {
    var richer = ridge()
    richer.measures.append(Measure(.validation, "mae"))
    let report = compare(richer, ridge())
    #expect(report.exitStatus == 2)
    #expect(report.checks.last?.message == "1 column only in results/ridge: validation_mae")
    #expect(compare(richer, ridge(), allowsMissing: true).exitStatus == 0)
    #expect(compare(ridge(), richer).exitStatus == 0)
  }

  @Test func `jobs that failed are an error of their own`() {
    var report = compare(ridge(), ridge())
    report.addFailedJobs("no point is ok")
    #expect(report.exitStatus == 3)
    #expect(junitXML([report]).contains("errors=\"1\""))
    #expect(githubAnnotations([report]).contains("::no point is ok"))
  }

  @Test func `other folds or another lambda_mean are no improvement's doing`() {
    var other = ridge(scale: 0.99)
    other.points[1].folds = 4
    #expect(compare(ridge(), other).exitStatus == 2)
  }

  @Test func `without a common point nothing can be compared`() {
    let report = compare(ridge(lambdas: [3]), ridge())
    #expect(report.exitStatus == 5)
    #expect(
      report.text().hasSuffix("no point of this run is in results/ridge, nothing can be compared\n")
    )
    #expect(junitXML([report]).contains("errors=\"1\""))
    #expect(githubAnnotations([report]).hasPrefix("::error file=experiments/ridge.json,line=1,"))
  }

  @Test func `differences are told in the baseline's standard errors too`() throws {
    let movement = try #require(compare(ridge(scale: 0.9), ridge()).movements.first)
    #expect(movement.standardErrors.map { abs($0 - movement.difference! / 5) < 1e-12 } == true)
  }
}

@Suite struct GateTests {
  private func check(
    _ rule: Gate.Rule, baseline: CurveTable = ridge(), current: CurveTable = ridge()
  ) -> (outcome: Check.Outcome, message: String) {
    let gate = Gate(rule: rule, line: 30, column: 5)
    let report = compare(baseline, current, gates: [gate])
    return (report.checks[0].outcome, report.checks[0].message)
  }

  @Test(
    arguments: [
      (nil, 3000, .failed), (nil, 3001, .passed), (3001, nil, .passed), (3002, nil, .failed),
      (3000, 3002, .passed), (nil, nil, .passed),
    ] as [(Double?, Double?, Check.Outcome)])
  func `the selected point's metric stays within its bounds`(
    low: Double?, high: Double?, outcome: Check.Outcome
  ) {
    let result = check(.bestWithin(column: "validation_mse", min: low, max: high))
    #expect(result.outcome == outcome)
    #expect(result.message == "validation_mse is 3001 at normal, λ 1")
  }

  @Test(
    arguments: [
      (0.2, nil, .passed), (0.1, nil, .failed), (nil, 400, .passed), (nil, 300, .failed),
      (0.1, 400, .passed), (0.2, 300, .passed), (0.1, 300, .failed),
    ] as [(Double?, Double?, Check.Outcome)])
  func `a baseline gate fails only when both bounds are exceeded`(
    relative: Double?, absolute: Double?, outcome: Check.Outcome
  ) {
    // Baseline 0.9 · 3001, now 3001: worse by 11.1 % and by 300.1.
    let rule = Gate.Rule.againstBaseline(
      column: "validation_mse", ChangeBounds(relative: relative, absolute: absolute))
    #expect(check(rule, baseline: ridge(scale: 0.9)).outcome == outcome)
    #expect(check(rule, baseline: ridge(scale: 1.1)).outcome == .passed)
    #expect(check(rule).outcome == .passed)
  }

  @Test(arguments: [(59, .failed), (61, .passed)] as [(Double, Check.Outcome)])
  func `standard errors count in the larger of the two points'`(
    count: Double, outcome: Check.Outcome
  ) {
    // Worse by 300.1, and the standard errors are 5 now and 4 in the baseline, then 4 and 5.
    var baseline = ridge(scale: 0.9)
    let rule = Gate.Rule.againstBaseline(
      column: "validation_mse", ChangeBounds(standardErrors: count))
    #expect(check(rule, baseline: baseline).outcome == outcome)
    var current = ridge()
    for index in current.points.indices {
      baseline.points[index].estimates[validation]?.standardError = 5
      current.points[index].estimates[validation]?.standardError = 4
    }
    #expect(check(rule, baseline: baseline, current: current).outcome == outcome)
  }

  @Test func `with gates only they decide`() {
    let gate = Gate(rule: .count(status: .diverged, max: 0), line: 3, column: 1)
    let report = compare(ridge(scale: 0.5), ridge(), gates: [gate])
    #expect(report.exitStatus == 0)
    #expect(report.movements.count == 4)
  }

  @Test func `counts of a status`() {
    var spoiled = ridge()
    spoiled.points[3].status = "diverged"
    let rule = Gate.Rule.count(status: .diverged, max: 0)
    #expect(check(rule).outcome == .passed)
    let result = check(rule, current: spoiled)
    #expect(result.outcome == .failed)
    #expect(result.message == "1 point, first normal, λ 10")
    #expect(check(.count(status: .diverged, max: 1), current: spoiled).outcome == .passed)
  }

  @Test func `the best value may wander so many decades`() {
    let moved = ridge(best: 10)
    #expect(check(.bestAxis(axis: "lambda", withinDecades: 1), current: moved).outcome == .passed)
    let result = check(.bestAxis(axis: "lambda", withinDecades: 0.99), current: moved)
    #expect(result.outcome == .failed)
    #expect(result.message == "best lambda 1 -> 10 (1 decades)")
  }

  @Test func `what the baseline does not have cannot be compared`() {
    let rule = Gate.Rule.againstBaseline(column: "test_mse", ChangeBounds(absolute: 0))
    #expect(check(rule).outcome == .notComparable)
    #expect(check(.bestAxis(axis: "eta", withinDecades: 1)).outcome == .notComparable)
  }

  @Test func `a result without a selected point fails every gate on it`() {
    var lost = ridge()
    for index in lost.points.indices {
      lost.points[index].status = "diverged"
      lost.points[index].estimates = [:]
    }
    for rule: Gate.Rule in [
      .bestWithin(column: "validation_mse", min: nil, max: 1e9),
      .againstBaseline(column: "validation_mse", ChangeBounds(relative: 1, absolute: 1)),
      .bestAxis(axis: "lambda", withinDecades: 9),
    ] {
      #expect(check(rule, current: lost).outcome == .failed)
    }
  }
}

@Suite struct ComparisonOutputTests {
  private let failing = compare(
    ridge(scale: 0.9), ridge(), name: "a<b>&\u{1}c",
    gates: [
      Gate(
        rule: .againstBaseline(
          column: "validation_mse", ChangeBounds(relative: 0.01, absolute: 1e-6)), line: 31,
        column: 5),
      Gate(rule: .count(status: .diverged, max: 0), line: 32, column: 5),
    ])

  @Test func `JUnit's XML is well-formed and counts the failures`() {
    let xml = junitXML([failing, compare(ridge(), ridge())])
    #expect(XMLParser(data: Data(xml.utf8)).parse())
    #expect(xml.contains("<testsuite name=\"a&lt;b&gt;&amp;c\" tests=\"4\" failures=\"1\""))
    #expect(xml.contains("<failure type=\"regression\" message=\"validation_mse 2700.9 -&gt; 3001"))
    #expect(xml.contains("line=\"31\""))
    #expect(!xml.contains("\u{1}"))
  }

  @Test func `an annotation points at the gate's line and is escaped`() {
    let text = githubAnnotations([failing])
    #expect(
      text
        == "::error file=experiments/ridge.json,line=31,col=5,title=a<b>&\\u0001c%3A validation_mse at"
        + " best not above the baseline by more than 1 %25 and 1e-6::validation_mse 2700.9 -> 3001"
        + " (+11 %25, +60 standard errors)\n")
  }

  @Test func `at most ten annotations`() {
    let many = Array(repeating: failing, count: 14)
    #expect(githubAnnotations(many).split(separator: "\n").count == 10)
  }

  @Test func `Markdown keeps its tables whole`() {
    var report = failing
    report.name = "pipe|and\nline_break"
    let lines = report.markdown().split(separator: "\n")
    #expect(lines[0] == "### ❌ sweep: pipe\\|and line\\_break")
    let rows = lines.filter { $0.hasPrefix("| λ") }
    #expect(rows.count == 4)
    #expect(rows.allSatisfy { $0.split(separator: "|").count == 7 })
  }

  @Test func `JSON says it all, with a schema version`() throws {
    let text = JSONText.encode(failing.json(command: "check"))
    let node = try JSONReader.node(Array(text.utf8))
    #expect(node["schema_version"]?.number == 1)
    #expect(node["outcome"]?.string == "failed")
    #expect(node["checks"]?.elements?.count == 4)
    #expect(node["movements"]?.elements?.first?["point"]?["lambda"]?.number == 0.01)
    #expect(node["movements"]?.elements?.first?["current"]?.number == 3100)
  }

  @Test func `the largest movements come first and the rest are counted`() {
    var other = ridge()
    for index in other.points.indices { other.points[index].weightNorm = 3 + Double(index + 1) }
    let lines = compare(ridge(), other).text(limit: 2).split(separator: "\n")
    #expect(lines[1].hasPrefix("λ 10 ") && lines[2].hasPrefix("λ 1 "))
    #expect(lines[3] == "… and 2 more")
  }
}

private let validation = Measure(.validation, "mse")

/// Four points, λ = 0.01 … 10, the best validation error 3001 · scale at λ = `best`.
private func ridge(
  metric: String = "mse", scale: Double = 1, best: Double = 1,
  lambdas: [Double] = [0.01, 0.1, 1, 10]
) -> CurveTable {
  let points = lambdas.enumerated().map { index, lambda in
    let error: Double = lambda == best ? 3001 : lambda == 0.01 ? 3100 : 3050
    return CurvePoint(
      point: index, setting: Point([.solver: .word("normal"), .lambda: .number(lambda)]),
      lambdaMean: lambda, folds: 5,
      estimates: [
        Measure(.train, metric): Estimate(2700, standardError: 2),
        Measure(.validation, metric): Estimate(error * scale, standardError: 5),
      ],
      weightNorm: 3, effectiveDF: 5)
  }
  return CurveTable(
    measures: [Measure(.train, metric), Measure(.validation, metric)], points: points)
}

private func compare(
  _ baseline: CurveTable, _ current: CurveTable, metric: Metric = .mse, name: String = "ridge",
  gates: [Gate] = [], allowsMissing: Bool = false
) -> ComparisonReport {
  Sweeping.compare(
    baseline: baseline, current: current, gates: gates, metric: metric, rule: .min,
    allowsMissing: allowsMissing, name: name, specPath: "experiments/ridge.json",
    baselineName: "results/ridge", currentName: "this run")
}
