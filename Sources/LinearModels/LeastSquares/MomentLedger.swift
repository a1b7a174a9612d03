package import Numerics

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
  private let groups: [[Int32]]
  private let basis: MomentBasis
  private let rest: RowMoments
  private let waveSums: [RowMoments]

  /// - Parameter groups: each fold's validation rows, then the rows that never validate.
  package init(matrix: Matrix, target: [Double], groups: [[Int32]], workers: Int) {
    self.matrix = matrix
    self.target = target
    self.groups = groups
    let all = groups.flatMap { $0 }
    let basis = MomentBasis(matrix: matrix, target: target, rows: all, workers: workers)
    self.basis = basis
    let foldCount = groups.count - 1
    let waves = stride(from: 0, to: foldCount, by: MomentLedger.waveSize).map {
      groups[$0..<min($0 + MomentLedger.waveSize, foldCount)].flatMap { $0 }
    }
    let isOneWave = waves.count <= 1
    let sums = RowMoments.sums(
      of: [groups[foldCount]] + (isOneWave ? [] : waves), matrix: matrix, target: target,
      basis: basis, workers: workers)
    rest = sums[0]
    waveSums = Array(sums.dropFirst())
  }

  /// Training and validation moments of the folds of one wave, and those of all rows together.
  package func wave(
    _ folds: Range<Int>, workers: Int
  ) -> (training: [RowMoments], validation: [RowMoments], all: RowMoments) {
    let wave = folds.lowerBound / MomentLedger.waveSize
    precondition(
      folds.lowerBound % MomentLedger.waveSize == 0 && folds.count <= MomentLedger.waveSize)
    let validation = RowMoments.sums(
      of: Array(groups[folds]), matrix: matrix, target: target, basis: basis, workers: workers)
    var prefix = rest
    for (index, sum) in waveSums.enumerated() where index != wave { prefix.add(sum) }
    var suffixes = [RowMoments(basis: basis)]
    for moments in validation.dropFirst().reversed() {
      var sum = moments
      sum.add(suffixes[suffixes.count - 1])
      suffixes.append(sum)
    }
    var training: [RowMoments] = []
    for moments in validation {
      var sum = prefix
      sum.add(suffixes.removeLast())
      training.append(sum)
      prefix.add(moments)
    }
    return (training, validation, prefix)
  }
}

extension RowMoments {
  /// The moments of each set of rows in one basis; sums go by fixed pieces of a set, in order.
  package static func sums(
    of sets: [[Int32]], matrix: Matrix, target: [Double], basis: MomentBasis, workers: Int
  ) -> [RowMoments] {
    let width = matrix.columnCount
    let pieceSize = max(4096, 16 * width)
    let pieces = sets.indices.flatMap { set in
      Swift.stride(from: 0, to: sets[set].count, by: pieceSize).map { start in
        (set: set, range: start..<Swift.min(start + pieceSize, sets[set].count))
      }
    }
    let partials = concurrentMap(pieces.count, workers: workers) { index in
      var moments = RowMoments(basis: basis)
      moments.accumulate(
        matrix, target: target, rows: sets[pieces[index].set], range: pieces[index].range,
        block: MomentBlock(featureCount: width))
      return moments
    }
    var sums = sets.map { _ in RowMoments(basis: basis) }
    for (piece, partial) in zip(pieces, partials) { sums[piece.set].add(partial) }
    return sums
  }

  /// The moments of some rows in a basis of their own.
  package init(matrix: Matrix, target: [Double], rows: [Int32], workers: Int) {
    let basis = MomentBasis(matrix: matrix, target: target, rows: rows, workers: workers)
    self =
      RowMoments.sums(
        of: [rows], matrix: matrix, target: target, basis: basis, workers: workers)[0]
  }
}
