package import Numerics
import Synchronization

/// The moments of every training set of one repeat, from one pass over the rows.
///
/// A training set is all rows but those of one validation fold, so its moments are the sum of the other
/// folds' moments: added, never subtracted. Folds are served in waves of up to 32; sums over the
/// folds before and after a wave are kept, so k folds cost one pass (two when k > 32).
package struct MomentLedger: Sendable {
  /// The most folds whose moments are held at once.
  package static let waveSize = 32

  private let matrix: Matrix
  private let target: [Double]
  private let weights: [Double]?
  private let groups: [ArraySlice<Int32>]
  private let basis: MomentBasis
  private let rest: RowMoments
  private let waveSums: [RowMoments]
  private let shouldAbandon: @Sendable () -> Bool

  /// - Parameters:
  ///   - weights: by row of the matrix, as often as each counts; once where there are none.
  ///   - groups: each fold's validation rows, then the rows that never validate.
  ///   - shouldAbandon: asked now and then; when true, sums are of no use.
  package init(
    matrix: Matrix, target: [Double], weights: [Double]? = nil, groups: [ArraySlice<Int32>],
    workers: Int, shouldAbandon: @escaping @Sendable () -> Bool = { false }
  ) {
    self.init(
      matrix: matrix, target: target, weights: weights, groups: groups,
      basis: MomentBasis(matrix: matrix, target: target, weights: weights, sampledFrom: groups),
      workers: workers, shouldAbandon: shouldAbandon)
  }

  private init(
    matrix: Matrix, target: [Double], weights: [Double]?, groups: [ArraySlice<Int32>],
    basis: MomentBasis, workers: Int, shouldAbandon: @escaping @Sendable () -> Bool
  ) {
    self.shouldAbandon = shouldAbandon
    self.matrix = matrix
    self.target = target
    self.weights = weights
    self.groups = groups
    self.basis = basis
    let foldCount = groups.count - 1
    var sets = [groups[foldCount]]
    if foldCount > MomentLedger.waveSize {
      sets += stride(from: 0, to: foldCount, by: MomentLedger.waveSize).map {
        groups[$0..<min($0 + MomentLedger.waveSize, foldCount)].flatMap { $0 }[...]
      }
    }
    let sums = RowMoments.sums(
      of: sets, matrix: matrix, target: target, weights: weights, basis: basis, workers: workers,
      shouldAbandon: shouldAbandon)
    rest = sums[0]
    waveSums = Array(sums.dropFirst())
  }

  /// The moments of the folds of one wave.
  package func wave(_ folds: Range<Int>, workers: Int) -> MomentWave {
    let wave = folds.lowerBound / MomentLedger.waveSize
    precondition(
      folds.lowerBound % MomentLedger.waveSize == 0 && folds.count <= MomentLedger.waveSize)
    let validation = RowMoments.sums(
      of: Array(groups[folds]), matrix: matrix, target: target, weights: weights, basis: basis,
      workers: workers, shouldAbandon: shouldAbandon)
    let chains = concurrentMap(2, workers: workers) { chain in
      var sums: [RowMoments] = []
      if chain == 0 {
        var sum = rest
        for (index, other) in waveSums.enumerated() where index != wave { sum.add(other) }
        for moments in validation {
          sums.append(sum)
          sum.add(moments)
        }
        sums.append(sum)
      } else {
        sums.append(RowMoments(basis: basis))
        for moments in validation.dropFirst().reversed() {
          var sum = moments
          sum.add(sums[sums.count - 1])
          sums.append(sum)
        }
      }
      return sums
    }
    let all = chains[0][folds.count]
    guard all.suitsBasis else {
      return inBasisOfAllRows(workers: workers).wave(folds, workers: workers)
    }
    return MomentWave(
      validation: validation, all: all, before: chains[0], after: chains[1].reversed())
  }

  /// The same rows in a basis that suits them all, for data that a sample says nothing about.
  private func inBasisOfAllRows(workers: Int) -> MomentLedger {
    MomentLedger(
      matrix: matrix, target: target, weights: weights, groups: groups,
      basis: MomentBasis(
        matrix: matrix, target: target, weights: weights, rows: groups.flatMap { $0 },
        workers: workers),
      workers: workers, shouldAbandon: shouldAbandon)
  }
}

/// The moments of some folds.
package struct MomentWave: Sendable {
  /// Of each fold's validation rows.
  package let validation: [RowMoments]
  /// Of all rows together.
  package let all: RowMoments
  /// Of what stands before each fold, and what after it.
  fileprivate let before: [RowMoments]
  fileprivate let after: [RowMoments]

  /// The moments of a fold's training rows: added up here, so that folds may do it side by side.
  package func training(_ fold: Int) -> RowMoments {
    var sum = before[fold]
    sum.add(after[fold])
    return sum
  }
}

extension RowMoments {
  /// The moments of each set of rows in one basis; sums go by fixed pieces of a set, in order.
  package static func sums(
    of sets: [ArraySlice<Int32>], matrix: Matrix, target: [Double], weights: [Double]? = nil,
    basis: MomentBasis, workers: Int, shouldAbandon: @Sendable () -> Bool = { false }
  ) -> [RowMoments] {
    let width = matrix.columnCount
    let pieceSize = max(2048, 16 * width)
    let pieces = sets.indices.flatMap { set in
      Swift.stride(from: 0, to: sets[set].count, by: pieceSize).enumerated().map { index, start in
        (set: set, index: index, rows: sets[set].dropFirst(start).prefix(pieceSize))
      }
    }
    let sums = sets.map { _ in OrderedSum(basis) }
    _ = concurrentMap(pieces.count, workers: workers) { index in
      if shouldAbandon() { return }
      var moments = RowMoments(basis: basis)
      moments.accumulate(
        matrix, target: target, weights: weights, rows: pieces[index].rows,
        block: MomentBlock(featureCount: width))
      sums[pieces[index].set].add(moments, at: pieces[index].index)
    }
    return sums.map(\.total)
  }

  /// The moments of some rows in a basis of their own.
  /// - Parameter shouldAbandon: asked now and then; when true, sums are of no use.
  package init(
    matrix: Matrix, target: [Double], weights: [Double]? = nil, rows: [Int32], workers: Int,
    shouldAbandon: @Sendable () -> Bool = { false }
  ) {
    func sum(_ basis: MomentBasis) -> RowMoments {
      RowMoments.sums(
        of: [rows[...]], matrix: matrix, target: target, weights: weights, basis: basis,
        workers: workers, shouldAbandon: shouldAbandon)[0]
    }
    let moments = sum(
      MomentBasis(matrix: matrix, target: target, weights: weights, sampledFrom: [rows[...]]))
    self =
      moments.suitsBasis && !moments.needsOwnBasis
      ? moments
      : sum(
        MomentBasis(
          matrix: matrix, target: target, weights: weights, rows: rows, workers: workers))
  }
}

/// Adds up parts in the order of their indices, whichever comes first.
private final class OrderedSum: Sendable {
  private struct State {
    var total: RowMoments
    var next = 0
    var early: [Int: RowMoments] = [:]
  }

  private let state: Mutex<State>

  init(_ basis: MomentBasis) {
    state = Mutex(State(total: RowMoments(basis: basis)))
  }

  func add(_ part: RowMoments, at index: Int) {
    state.withLock { state in
      state.early[index] = part
      while let next = state.early.removeValue(forKey: state.next) {
        state.total.add(next)
        state.next += 1
      }
    }
  }

  /// The sum of all parts added.
  var total: RowMoments { state.withLock { $0.total } }
}
