package import Datasets
package import LinearModels
package import ModelSelection
package import Results

/// An experiment that is known to be runnable: every value present and checked.
package struct SweepSpec: Sendable {
  package var name: String
  package var description: String
  package var data: DataSource
  package var polynomialDegree: Int
  package var standardization: Standardization
  package var split: SplitPlan
  package var loss: Loss
  /// The class that is +1; `nil` for the larger number or the later text.
  package var positive: ClassName?
  package var hasIntercept: Bool
  package var lambdaScale: LambdaScale
  package var classWeight: ClassWeight?
  package var grids: [GridSpec]
  /// Stop when the gradient's norm is at most this; 0 never stops early.
  package var tolerance: Double
  package var metrics: [Metric]
  package var selectionMetric: Metric
  package var selectionRule: SelectionRule
  package var outputs: Set<Output>
  package var gates: [Gate]
  package var limits: Limits
  package var seed: UInt64
  /// The file's text, to the byte.
  package var text: String
  /// The path it was read from, as the user typed it.
  package var path: String
  /// What `--set` changed, in the order given; `text` is without it.
  package var overrides: [SpecOverride]
  /// What is allowed but hardly meant, each with its place: an axis that nobody uses, a gate that
  /// cannot fail.
  package var remarks: [String]
  /// What was written, for messages that come up later than the reading.
  let document: SpecDocument
}

extension SweepSpec {
  /// Whether a run writes this file.
  func asks(for file: ResultFile) -> Bool {
    file.need == .always || outputs.contains { $0.rawValue == file.word }
  }
}

package struct Limits: Hashable, Sendable {
  /// Points × folds × repeats.
  package var maxJobs: Int
  /// `nil` means what the machine has.
  package var maxMemoryGB: Double?

  package init(maxJobs: Int = 1_000_000, maxMemoryGB: Double? = nil) {
    self.maxJobs = maxJobs
    self.maxMemoryGB = maxMemoryGB
  }
}

/// How much worse than the baseline a number may be, at least one bound; it fails when it exceeds
/// each of them.
package struct ChangeBounds: Hashable, Sendable {
  package var relative: Double?
  package var absolute: Double?
  /// Counted in the larger standard error of the two points.
  package var standardErrors: Double?

  package init(
    relative: Double? = nil, absolute: Double? = nil, standardErrors: Double? = nil
  ) {
    self.relative = relative
    self.absolute = absolute
    self.standardErrors = standardErrors
  }
}

/// A bound that `sweep check` enforces, and where it stands in the spec.
package struct Gate: Hashable, Sendable {
  package enum Rule: Hashable, Sendable {
    /// `validation_mse` (or train_/test_) of the selected point within [min, max].
    case bestWithin(column: String, min: Double?, max: Double?)
    /// The same against the baseline, as the most that it may get worse.
    case againstBaseline(column: String, ChangeBounds)
    case count(status: FitStatus, max: Int)
    /// The best value of an axis within so many decades of the baseline's.
    case bestAxis(axis: String, withinDecades: Double)
  }
  package var rule: Rule
  package var line: Int
  package var column: Int

  package init(rule: Rule, line: Int, column: Int) {
    self.rule = rule
    self.line = line
    self.column = column
  }
}
