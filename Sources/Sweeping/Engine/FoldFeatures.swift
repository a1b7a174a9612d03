import Datasets
import ModelSelection
import Numerics

/// The features of one degree as training sets see them: one matrix for all of them, or where cells are
/// missing one each, with the fills of its own training rows.
///
/// Fills come before monomials. What is filled is not copied: rows are filled, and monomials made of them,
/// each time they are read.
struct FoldFeatures: Sendable {
  let names: [String]
  /// The rows as they were read, missing cells `nan`, with the monomials.
  let matrix: Matrix
  /// Whether a row that is no test row lacks a cell, so that sums over `matrix` are of no use.
  let hasHoles: Bool
  private let filling: HoleFilling?
  private let map: PolynomialFeatures?
  private let folds: FoldPlan
  private let source: Matrix

  init(
    _ dataset: Dataset, map: PolynomialFeatures?, folds: FoldPlan, workers: Int
  ) throws {
    names = map?.names ?? dataset.featureNames
    source = dataset.features
    self.map = map
    self.folds = folds
    hasHoles = dataset.holes.columns.contains { $0.countBeforeTest > 0 }
    if dataset.holes.isEmpty {
      filling = nil
      matrix = try map?.expand(source, workers: workers) ?? source
    } else {
      filling = HoleFilling(
        dataset.holes, of: source, weights: dataset.weights?.ofLearnedRows, workers: workers)
      matrix = map?.view(of: source) ?? source
    }
    if map != nil { judgeZeros(matrix) }
  }

  /// What a model that is trained on some rows sees.
  func matrix(trainedOn rows: [Int32]) -> Matrix {
    guard let filling else { return matrix }
    return filled(source.filled(with: filling.fills(of: rows)))
  }

  private func filled(_ source: Matrix) -> Matrix {
    let filled = map?.view(of: source) ?? source
    judgeZeros(filled)
    return filled
  }

  /// Looks for a monomial beyond the largest number.
  /// - Throws: that of the first row that has one.
  func checkOverflow(trainedOn rows: [Int32], workers: Int) throws(DatasetError) {
    guard let filling, let map else { return }
    _ = try map.expand(source.filled(with: filling.fills(of: rows)), workers: workers)
  }

  private func judgeZeros(_ matrix: Matrix) {
    if !folds.testRows.isEmpty { matrix.judgeZeros(by: folds.allButTest) }
  }
}
