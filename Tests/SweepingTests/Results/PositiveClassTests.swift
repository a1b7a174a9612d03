import Charts
import Foundation
import Platform
import Sweeping
import Tables
import TestSupport
import Testing

/// Which of the two classes is +1, as the spec says it.
struct PositiveClassTests {
  private let fixture: SweepFixture

  init() throws { fixture = try SweepFixture() }

  private func write(first: String, last: String) throws {
    let rows = [3, 1, 7, 6, 2, 8, 5, 4, 9].map { "\($0),\($0 % 5 > 2 ? last : first)\n" }
    try WholeFile.write("x,y\n" + rows.joined(), to: fixture.path("d.csv"))
  }

  private static func spec(_ positive: String? = nil, loss: String = "logistic") -> String {
    let member = positive.map { ", \"positive\": \($0)" } ?? ""
    return """
      {"data": {"csv": "d.csv", "target": "y"}, "split": {"k_fold": 3, "test": 0.2},
       "model": {"loss": "\(loss)"\(member)},
       "grid": {"solver": ["newton", "gd"], "lambda": [0.01, 0.1], "eta": 0.5},
       "metrics": ["log_loss", "error_rate", "auc"], "outputs": ["predictions", "coefficients"]}
      """
  }

  @Test(arguments: [
    ("no", "yes", "\"no\"", "\"yes\""), ("-1.50", "2", "-1.5", "2.0"),
    ("False", "true", "false", "true"), ("0", "1", "0", "1"),
    ("\u{E9}", "\u{EA}", "\"\u{E9}\"", "\"\u{EA}\""),
  ])
  func `the other class mirrors the fit`(
    first: String, last: String, other: String, standard: String
  ) throws {
    try write(first: first, last: last)
    try fixture.run(Self.spec(), into: "plain")
    try fixture.run(Self.spec(other), into: "other")
    let (plain, mirrored) = (
      try fixture.json("best", of: "plain"), try fixture.json("best", of: "other")
    )
    let classes = try #require(plain["classes"]?.elements).map { JSONValue($0) }
    #expect(try #require(mirrored["classes"]?.elements).map { JSONValue($0) } == classes.reversed())

    let (a, b) = (
      try fixture.table("predictions", of: "plain"), try fixture.table("predictions", of: "other")
    )
    #expect(a.cells("row") == b.cells("row"))
    #expect(a.cells("target") == b.cells("target"))
    #expect(a.cells("prediction") == b.cells("prediction"))
    let labels = classes.map { label in
      if case .string(let text) = label { text } else { JSONText.encode(label, style: .compact) }
    }
    #expect(Set(a.cells("target")) == Set(labels))
    // The same optimum with other signs, up to where newton stops.
    for (one, other) in zip(a.numbers("probability"), b.numbers("probability")) {
      #expect(abs(one + other - 1) < 1e-12)
    }
    let (weights, mirroredWeights) = (
      try fixture.table("coefficients", of: "plain").numbers("coefficient"),
      try fixture.table("coefficients", of: "other").numbers("coefficient")
    )
    #expect(weights.count == 2 * 4 * 3)
    for (one, other) in zip(weights, mirroredWeights) {
      #expect(abs(one + other) < 1e-12 * max(1, abs(one)))
    }
    let (curve, mirroredCurve) = (
      try fixture.table("curve", of: "plain"), try fixture.table("curve", of: "other")
    )
    for column in ["validation_log_loss", "train_error_rate", "train_auc", "weight_norm"] {
      for (one, other) in zip(curve.numbers(column), mirroredCurve.numbers(column)) {
        #expect(abs(one - other) < 1e-12, "\(column)")
      }
    }
    // Jobs of the class that is +1 unasked are the same jobs.
    try fixture.run(Self.spec(standard), into: "plain")
    #expect(try fixture.json("run", of: "plain")["jobs_run"]?.number == 0)
    #expect(try fixture.json("best", of: "plain")["classes"] != nil)
    try fixture.run(Self.spec(other), into: "plain", startsFresh: false)
    #expect(try fixture.json("run", of: "plain")["jobs_run"]?.number == 12)
  }

  @Test(arguments: [
    (
      "no", "yes", "\"Yes\"",
      "found \"Yes\", must be \"no\" or \"yes\", the classes of the target (did you mean 'yes'?)"
    ),
    ("no", "yes", "1", "found 1, must be \"no\" or \"yes\", the classes of the target"),
    ("no", "yes", "true", "found true, must be \"no\" or \"yes\", the classes of the target"),
    (
      "0", "1", "\"1\"",
      "found \"1\", must be 0 or 1, the classes of the target (did you mean '1'?)"
    ),
    ("1", "2", "true", "found true, must be 1 or 2, the classes of the target"),
    ("1", "2.50", "2", "found 2, must be 1 or 2.5, the classes of the target"),
  ])
  func `an unknown class is told with its place and the classes`(
    first: String, last: String, positive: String, expected: String
  ) throws {
    try write(first: first, last: last)
    let error = #expect(throws: SpecErrors.self) { try fixture.run(Self.spec(positive)) }
    #expect("\(error, default: "")".hasSuffix("s.json:2:44: model.positive: " + expected))
  }

  @Test func `the squared loss has no classes`() throws {
    let error = #expect(throws: SpecErrors.self) {
      try fixture.spec(
        """
        {"data": {"csv": "d.csv", "target": "y"}, "model": {"positive": 1},
         "grid": {"solver": "normal", "lambda": 1}}
        """)
    }
    #expect(
      "\(error, default: "")".hasSuffix(
        "s.json:1:53: model.positive: a target of the squared loss has no classes, 'positive' goes "
          + "with \"loss\": \"logistic\""))
  }

  @Test(arguments: ["null", "[1]", "{}"])
  func `a class is a number, a text or a truth value`(value: String) throws {
    let error = #expect(throws: SpecErrors.self) { try fixture.spec(Self.spec(value)) }
    #expect("\(error, default: "")".contains("model.positive: found "))
    #expect(
      "\(error, default: "")".hasSuffix(
        ", must be a class of the target: a number, a text, true or false"))
  }

  @Test func `a run and its plan say which class is which`() throws {
    func lines(_ spec: String) throws -> (plan: String, summary: String) {
      let run = try SweepRun(
        RunRequest(spec: fixture.spec(spec), output: nil, workers: 1)
      ) { _ in }
      let plan = try run.report().text()
      let outcome = try #require(try run.perform())
      return (
        plan,
        outcome.summary(
          folder: nil, style: TerminalStyle(isUnicode: true, hasColor: false, width: 80))
      )
    }
    try write(first: "no", last: "yes\u{1B}")
    let texts = try lines(Self.spec())
    #expect(texts.plan.contains("\nclasses     'no' is -1, 'yes\\u001b' is +1\n"))
    #expect(texts.summary.contains("\nclasses: 'no' is -1, 'yes\\u001b' is +1\n"))
    try write(first: "1", last: "2")
    let numbers = try lines(Self.spec("1"))
    #expect(numbers.plan.contains("\nclasses     2 is -1, 1 is +1\n"))
    #expect(numbers.summary.contains("\nclasses: 2 is -1, 1 is +1\n"))
    // Numbers in their order surprise nobody.
    let plain = try lines(Self.spec())
    #expect(!plain.plan.contains("classes") && !plain.summary.contains("classes"))
  }
}
