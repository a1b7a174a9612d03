/// The factorisation A = Q R of a tall matrix, R square and upper triangular, in one pass over
/// blocks of rows that stay in cache.
///
/// R starts as zero; each block of 256 rows is then reduced by Householder reflections together
/// with the R of the blocks before it: row k of R is the head of the reflection that clears column
/// k of the block. So Q is an orthogonal matrix of order rowCount + columnCount that turns
/// (R; 0) into (0; A), and fewer rows than columns are no special case: the last rows of R are
/// then zero up to rounding. Not pivoted: singular values come from R (`SingularValues`).
///
/// The elements of A should be around 1 (standardised); a column scaled by a power of two scales
/// its column of R and nothing else.
///
/// Source: Golub and Van Loan, sections 5.2 and 6.5; Demmel, Grigori, Hoemmen and Langou (2012)
/// for the sequence of blocks.
@safe
package struct TallQR {
  package let rowCount: Int
  package let columnCount: Int

  private static let blockRows = 256

  /// Block by block, column by column: A at first, then the tails of the reflections.
  private let tails: Workspace<Double>
  /// One factor τ for each block and column.
  private let taus: Workspace<Double>
  /// Row-major, upper triangular.
  private let upper: Workspace<Double>

  /// Factorises the matrix whose row i `fill(i, into)` writes.
  /// - Parameter shouldAbandon: asked now and then; when true, what comes out is of no use.
  /// - Complexity: 2 rowCount · columnCount² operations.
  package init(
    rowCount: Int, columnCount: Int, shouldAbandon: () -> Bool = { false },
    fill: (Int, inout MutableSpan<Double>) -> Void
  ) {
    precondition(rowCount >= 0 && columnCount >= 0)
    self.rowCount = rowCount
    self.columnCount = columnCount
    let blockCount = (rowCount + Self.blockRows - 1) / Self.blockRows
    tails = Workspace((rowCount + 7) / 8 * 8 * columnCount, repeating: 0)
    taus = Workspace(blockCount * columnCount, repeating: 0)
    upper = Workspace(columnCount * columnCount, repeating: 0)

    var row = [Double](repeating: 0, count: columnCount)
    for index in 0..<rowCount {
      var span = row.mutableSpan
      fill(index, &span)
      let block = index / Self.blockRows
      let height = paddedHeight(block)
      let first = unsafe tails.base + (offset(block) + index % Self.blockRows)
      for column in 0..<columnCount { unsafe first[column * height] = row[column] }
    }
    for block in 0..<blockCount { reduce(block, shouldAbandon) }
  }

  /// R, `columnCount × columnCount`, row-major, zero below the diagonal.
  package var triangle: [Double] {
    (0..<(columnCount * columnCount)).map { unsafe upper.base[$0] }
  }

  /// Qᵀ (0; y): the first `columnCount` coordinates, in the basis of A's columns, and the rest,
  /// whose norm is that of the least-squares residual.
  /// - Complexity: O(rowCount · columnCount).
  package func projected(_ vector: [Double]) -> (head: [Double], rest: [Double]) {
    precondition(vector.count == rowCount)
    var head = [Double](repeating: 0, count: columnCount)
    var rest = vector
    for block in 0..<blockCount { transform(block, &head, &rest) }
    return (head, rest)
  }

  private var blockCount: Int { (rowCount + Self.blockRows - 1) / Self.blockRows }

  private func paddedHeight(_ block: Int) -> Int {
    (min(Self.blockRows, rowCount - block * Self.blockRows) + 7) / 8 * 8
  }

  private func offset(_ block: Int) -> Int { block * Self.blockRows * columnCount }

  /// Clears a block into R.
  private func reduce(_ block: Int, _ shouldAbandon: () -> Bool) {
    let height = paddedHeight(block)
    let first = unsafe tails.base + offset(block)
    for k in 0..<columnCount {
      if k % 64 == 0, shouldAbandon() { return }
      let tail = unsafe first + k * height
      let row = unsafe upper.base + k * columnCount
      let made = unsafe ColumnReflector.make(head: row[k], tail: tail, count: height)
      unsafe row[k] = made.head
      unsafe taus.base[block * columnCount + k] = made.tau
      var j = k + 1
      while j + 4 <= columnCount {
        unsafe ColumnReflector.applyToFour(
          tau: made.tau, tail: tail, heads: row + j, columns: first + j * height, count: height)
        j += 4
      }
      while j < columnCount {
        unsafe ColumnReflector.apply(
          tau: made.tau, tail: tail, head: &row[j], column: first + j * height, count: height)
        j += 1
      }
    }
  }

  /// Applies the reflections of a block to (head; its part of rest).
  private func transform(_ block: Int, _ head: inout [Double], _ rest: inout [Double]) {
    let height = paddedHeight(block)
    let start = block * Self.blockRows
    let end = min(start + Self.blockRows, rowCount)
    let part = Workspace<Double>(height, repeating: 0)
    for i in start..<end { unsafe part.base[i - start] = rest[i] }
    for k in 0..<columnCount {
      unsafe ColumnReflector.apply(
        tau: taus.base[block * columnCount + k], tail: tails.base + (offset(block) + k * height),
        head: &head[k], column: part.base, count: height)
    }
    for i in start..<end { rest[i] = unsafe part.base[i - start] }
  }
}
