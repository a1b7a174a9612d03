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

  /// Weights whose sums would lose the small ones, or leave the range of numbers.
  struct TooFarApart: Error {
    let least: Double
    let most: Double
  }

  /// The largest weight over the smallest that are used: roots and squares of both stay in range.
  private static let largestRatio = 0x1p400

  /// - Parameter written: above zero and finite, one per row.
  init(_ written: [Double], learning: LearningRows) throws(TooFarApart) {
    let least = written.min() ?? 1
    let most = written.max() ?? 1
    guard most / Self.largestRatio <= least else { throw TooFarApart(least: least, most: most) }
    let learned = written.indices.filter { learning.contain($0) }.map { written[$0] }
    let largest = learned.max() ?? 1
    areLearnedOnce = learned.allSatisfy { $0 == largest }
    let unit =
      areLearnedOnce ? largest : Double(sign: .plus, exponent: largest.exponent, significand: 1)
    self.unit = unit
    values = written.map { $0 / unit }
  }

  /// - Parameter error: what to throw where weights are too far apart.
  init(
    _ written: [Double], learning: LearningRows,
    error: (DatasetProblem.Reason) -> DatasetError
  ) throws(DatasetError) {
    do throws(TooFarApart) {
      try self.init(written, learning: learning)
    } catch let apart {
      throw error(.weightsTooFarApart(least: apart.least, most: apart.most))
    }
  }

  /// Those of fits and of the scaling; `nil` where each row counts once.
  package var ofLearnedRows: [Double]? { areLearnedOnce ? nil : values }

  /// Those of rows that are measured; `nil` where each row counts once.
  package var ofMeasuredRows: [Double]? { values.allSatisfy { $0 == 1 } ? nil : values }
}
