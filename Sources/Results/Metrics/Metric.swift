/// A number that says how well predictions fit, computed on one set of rows: a declaration, from which
/// specs, tables, charts and gates know it.
package struct Metric: Sendable {
  /// A reference, as a metric is handed around for every point of large grids.
  private let facts: Facts

  private final class Facts: Sendable {
    let word: String
    let title: String
    let target: TargetKind
    let largerIsBetter: Bool
    let bounds: ClosedRange<Double>
    let needs: TargetNeed
    let otherNames: [String]
    let means: RowMeans
    let formula: @Sendable (_ mean: (RowMean) -> Double, _ rows: MeasuredRows) -> Double

    init(
      word: String, title: String, target: TargetKind, largerIsBetter: Bool,
      bounds: ClosedRange<Double>, needs: TargetNeed, otherNames: [String], means: RowMeans,
      formula: @escaping @Sendable (_ mean: (RowMean) -> Double, _ rows: MeasuredRows) -> Double
    ) {
      self.word = word
      self.title = title
      self.target = target
      self.largerIsBetter = largerIsBetter
      self.bounds = bounds
      self.needs = needs
      self.otherNames = otherNames
      self.means = means
      self.formula = formula
    }
  }

  init(
    _ word: String, title: String, target: TargetKind, largerIsBetter: Bool = false,
    bounds: ClosedRange<Double> = 0 ... .infinity, needs: TargetNeed = .nothing,
    otherNames: [String] = [], means: RowMean...,
    formula: @escaping @Sendable (_ mean: (RowMean) -> Double, _ rows: MeasuredRows) -> Double
  ) {
    facts = Facts(
      word: word, title: title, target: target, largerIsBetter: largerIsBetter, bounds: bounds,
      needs: needs, otherNames: otherNames,
      means: means.reduce(into: []) { $0.insert(RowMeans($1)) }, formula: formula)
  }

  /// The word in a spec, and the stem of the columns.
  package var rawValue: String { facts.word }
  /// The name for a reader.
  package var title: String { facts.title }
  package var target: TargetKind { facts.target }
  package var largerIsBetter: Bool { facts.largerIsBetter }
  /// All values that it can have.
  package var bounds: ClosedRange<Double> { facts.bounds }
  /// What it needs of the targets of the rows that it is computed on.
  package var needs: TargetNeed { facts.needs }
  /// What other programs and books call it, in lower case and without separators.
  package var otherNames: [String] { facts.otherNames }
  /// What it is computed from.
  package var means: RowMeans { facts.means }

  /// Its value on a part of which a fit has means, or `nan` where it has none.
  package func value(_ table: MeanTable, _ part: Part, of rows: MeasuredRows) -> Double {
    facts.formula({ table[part, $0] }, rows)
  }
}

/// What a target is: it decides which metrics say something of its predictions.
package enum TargetKind: Sendable {
  case number, classOfTwo
}

/// What must hold of the targets of some rows for a metric to say something of them.
package enum TargetNeed: Sendable {
  case nothing
  /// That they are not all equal.
  case variation
  /// That one is of the positive class, or is predicted to be.
  case positives
}

/// What a metric may know of the rows it is computed on, besides the means of a fit.
package struct MeasuredRows: Hashable, Sendable {
  /// The sum of the rows' weights, which are 1.
  package let weight: Double
  /// Σ (y − ȳ)², exactly zero when all targets are equal.
  package let targetVariation: Double
  /// The weight of the rows whose target is above zero: the positive class of two.
  package let positiveWeight: Double

  /// Where no metric asks.
  package static let unknown = MeasuredRows(
    weight: .nan, targetVariation: .nan, positiveWeight: .nan)

  package init(weight: Double, targetVariation: Double, positiveWeight: Double) {
    self.weight = weight
    self.targetVariation = targetVariation
    self.positiveWeight = positiveWeight
  }
}

extension Metric: RawRepresentable, CaseIterable, Hashable {
  package init?(rawValue: String) {
    guard let metric = Metric.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = metric
  }

  package static func == (one: Metric, other: Metric) -> Bool { one.facts === other.facts }

  package func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}

/// The name of a metric for a reader; of one that is not known its word.
package func metricTitle(_ metric: String) -> String { Metric(rawValue: metric)?.title ?? metric }

/// Whether more of a metric is better; of one that is not known less is.
package func largerIsBetter(_ metric: String) -> Bool {
  Metric(rawValue: metric)?.largerIsBetter ?? false
}

/// Strictly better in the metric's own direction.
package func isBetter(_ value: Double, than other: Double, metric: String) -> Bool {
  largerIsBetter(metric) ? value > other : value < other
}
