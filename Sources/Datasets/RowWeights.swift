import Tables

/// How often each row counts: a row of weight 2 is the row twice.
///
/// Weights are kept in a unit in which sums of any size of them are of the same size: a power of two, so that
/// weights which are all multiplied by one give the same bits; or what the rows to learn from all weigh,
/// where they weigh the same.
package struct RowWeights: Sendable {
  /// By row, in units, above zero.
  package let values: [Double]
  /// What a weight of 1 stands for in the weights as they were written.
  package let unit: Double
  /// Whether the rows to learn from all count once, in units.
  package let areLearnedOnce: Bool

  /// The largest weight over the smallest that are used: roots and squares of both stay in range.
  private static let largestRatio = 0x1p400

  /// - Parameters:
  ///   - written: above zero and finite, one per row.
  ///   - error: what to throw for weights whose sums would lose the small ones, or leave the range of
  ///     numbers.
  init(
    _ written: [Double], learning: LearningRows,
    error: (DatasetProblem.Reason) -> DatasetError
  ) throws(DatasetError) {
    let least = written.min() ?? 1
    let most = written.max() ?? 1
    guard most / Self.largestRatio <= least else {
      throw error(.weightsTooFarApart(least: least, most: most))
    }
    let learned = written.indices.filter { learning.contain($0) }.map { written[$0] }
    let largest = learned.max() ?? 1
    areLearnedOnce = learned.allSatisfy { $0 == largest }
    let unit =
      areLearnedOnce ? largest : Double(sign: .plus, exponent: largest.exponent, significand: 1)
    self.unit = unit
    values = written.map { $0 / unit }
  }

  /// Those of fits and of the scaling; `nil` where each row counts once.
  package var ofLearnedRows: [Double]? { areLearnedOnce ? nil : values }

  /// Those of rows that are measured; `nil` where each row counts once.
  package var ofMeasuredRows: [Double]? { values.allSatisfy { $0 == 1 } ? nil : values }

  /// What is told of rows of weight 0, which are left out; `nil` where there are none.
  static func weightlessText(_ count: Int, of rowCount: Int, column: String? = nil) -> String? {
    guard count > 0 else { return nil }
    return "\(count) of \(rowCount) rows have the weight 0 "
      + (column.map { "in '\(printable($0))' " } ?? "") + "and count nowhere"
  }
}
