import ModelSelection
import Results

/// The means over folds of every metric on every part; `nil` where a fold has no value.
struct MetricTable: Sendable {
  private let metricCount: Int
  private let values: [Summary?]

  init(partCount: Int, metricCount: Int, _ value: (_ part: Part, _ metric: Int) -> Summary?) {
    self.metricCount = metricCount
    var values: [Summary?] = []
    values.reserveCapacity(partCount * metricCount)
    for part in Part.allCases.prefix(partCount) {
      for metric in 0..<metricCount { values.append(value(part, metric)) }
    }
    self.values = values
  }

  /// - Parameter metric: its place among those of the spec.
  subscript(part: Part, metric: Int) -> Summary? { values[part.index * metricCount + metric] }
}
