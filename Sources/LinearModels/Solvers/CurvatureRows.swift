import Numerics

/// The scaled rows of one part of a curvature's sums, walked block by block however they are stored.
struct CurvatureRows: @unchecked Sendable {
  // SAFETY: nothing writes to a kept block once it is filled.
  private let range: Range<Int>
  private let storage: Storage

  private enum Storage {
    /// Only the elements that are not zero.
    case sparse(SparseRows)
    /// Whole, from one evaluation to the next.
    case kept(RowBlock)
    /// Scaled anew each time.
    case unscaled(ScaledRows)
  }

  /// How rows are stored.
  enum Form {
    case sparse, kept, unscaled
  }

  /// - Parameter constantColumn: a column of ones after all others.
  init(
    _ rows: ScaledRows, _ range: Range<Int>, form: Form, constantColumn: Int?,
    room: (_ rowLimit: Int) -> RowBlock
  ) {
    self.range = range
    switch form {
    case .sparse: storage = .sparse(SparseRows(rows, range, constantColumn: constantColumn))
    case .kept:
      let block = room(range.count)
      block.fill(rows, range)
      storage = .kept(block)
    case .unscaled: storage = .unscaled(rows)
    }
  }

  /// At most `RowBlock.capacity` rows: some of those that are stored.
  enum Block {
    case sparse(SparseRows, Range<Int>)
    case packed(RowBlock, Range<Int>)
  }

  /// - Parameter room: where rows that are not stored are scaled.
  func forEachBlock(_ room: RowBlock, _ body: (Block) -> Void) {
    for start in stride(from: 0, to: range.count, by: RowBlock.capacity) {
      let local = start..<min(start + RowBlock.capacity, range.count)
      switch storage {
      case .sparse(let rows): body(.sparse(rows, local))
      case .kept(let block): body(.packed(block, local))
      case .unscaled(let rows):
        let first = range.lowerBound + start
        room.fill(rows, first..<first + local.count)
        body(.packed(room, 0..<local.count))
      }
    }
  }
}

extension CurvatureRows.Block {
  private var rowCount: Int {
    switch self {
    case .sparse(_, let range), .packed(_, let range): range.count
    }
  }

  /// Calls `body` with the weights of the rows, `nil` where each counts once.
  private func withWeights(_ body: (UnsafePointer<Double>?) -> Void) {
    switch self {
    case .sparse(let rows, let range):
      guard let weights = rows.weights else { return body(nil) }
      unsafe weights[range].withUnsafeBufferPointer { unsafe body($0.baseAddress) }
    case .packed(let block, let range):
      unsafe body(block.weights.map { unsafe UnsafePointer($0.base + range.lowerBound) })
    }
  }

  /// Scores, slopes and the gradient of eight points: z is left with the slopes without weights.
  /// - Parameter weighted: room for the slopes times the weights.
  func addGradient(
    weights: Workspace<HalfLanes>, columnCount: Int, tracksMargins: Bool,
    z: Workspace<HalfLanes>, weighted: Workspace<HalfLanes>, to sums: LogisticGroupSums
  ) {
    unsafe withWeights { rowWeights in
      unsafe takeSlopes(
        weights, columnCount: columnCount, rowWeights, tracksMargins: tracksMargins, z: z,
        sums: &sums.others)
      var slopes = z
      if let rowWeights = unsafe rowWeights {
        slopes = weighted
        // SAFETY: both have room for a block's rows, and there is a weight for each.
        for r in 0..<rowCount { unsafe slopes.base[r] = z.base[r] * rowWeights[r] }
      }
      switch self {
      case .sparse(let rows, let range):
        unsafe rows.accumulateGradient(range, slopes: slopes.base, into: sums.gradient.base)
      case .packed(let block, let range):
        // SAFETY: the block holds these rows, of `stride` doubles; the gradient has `stride` vectors.
        unsafe accumulateGradient(
          rows: block.features.base + range.lowerBound * block.stride, rowCount: range.count,
          stride: block.stride, columnCount: (columnCount + 7) / 8 * 8, slopes: slopes.base,
          into: sums.gradient.base)
      }
    }
  }

  private func takeSlopes(
    _ weights: Workspace<HalfLanes>, columnCount: Int, _ rowWeights: UnsafePointer<Double>?,
    tracksMargins: Bool, z: Workspace<HalfLanes>, sums: inout LogisticSums
  ) {
    switch self {
    case .sparse(let rows, let range):
      unsafe rows.predict(range, weights: weights.base, into: z.base)
      unsafe rows.targets.withUnsafeBufferPointer { targets in
        guard let first = targets.baseAddress else { return }
        // SAFETY: there is a target for every row of the range.
        unsafe logisticSlopes(
          z.base, targets: first + range.lowerBound, rowCount: range.count, weights: rowWeights,
          tracksMargins: tracksMargins, sums: &sums)
      }
    case .packed(let block, let range):
      // SAFETY: the block holds these rows, of `stride` doubles; there are `stride` weights.
      unsafe predict(
        rows: block.features.base + range.lowerBound * block.stride, rowCount: range.count,
        stride: block.stride, columnCount: columnCount, weights: weights.base, into: z.base)
      unsafe logisticSlopes(
        z.base, targets: block.targets.base + range.lowerBound, rowCount: range.count,
        weights: rowWeights, tracksMargins: tracksMargins, sums: &sums)
    }
  }

  /// Adds Σ v p(1 − p) x xᵀ with the rows' weights v; a lane of z holds the slopes ∓p.
  func addHessian(
    z: Workspace<HalfLanes>, lane: Int, stride: Int, weighted: Workspace<Double>,
    to hessian: Workspace<Double>
  ) {
    unsafe withWeights { weights in
      func curvature(_ slot: Int) -> Double {
        let p = unsafe abs(z.base[slot][lane])
        // SAFETY: there is a weight for every row of the block.
        return unsafe p * (1 - p) * (weights.map { unsafe $0[slot] } ?? 1)
      }
      switch self {
      case .sparse(let rows, let range):
        unsafe rows.accumulateGram(range, stride: stride, into: hessian.base, weight: curvature)
      case .packed(let block, let range):
        // SAFETY: both have at least `range.count` rows of `stride` doubles, whole lanes of eight.
        let first = unsafe block.features.base + range.lowerBound * stride
        for r in 0..<range.count {
          let factor = curvature(r)
          for j in Swift.stride(from: r * stride, to: (r + 1) * stride, by: 8) {
            unsafe storeLanes(loadLanes(first + j) * factor, weighted.base + j)
          }
        }
        unsafe GramKernel.accumulateGram(
          rows: first, weightedRows: weighted.base, rowCount: range.count, stride: stride,
          into: hessian.base)
      }
    }
  }
}
