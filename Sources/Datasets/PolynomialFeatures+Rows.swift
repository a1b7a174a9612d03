package import Numerics
import Platform

extension PolynomialFeatures {
  /// The rows with all monomials; degree 1 gives the same matrix.
  /// - Throws: when a monomial of a row is beyond the largest double.
  /// - Complexity: O(rows × features / workers).
  package func expand(_ matrix: Matrix, workers: Int) throws(DatasetError) -> Matrix {
    precondition(matrix.columnCount == inputCount)
    if degree == 1 { return matrix }
    guard let storage = RowStorage(rowCapacity: matrix.rowCount, columnCount: count) else {
      throw .invalid(
        "features.polynomial", .tooLarge(rows: matrix.rowCount, columns: count))
    }
    let blockSize = max(1, 65_536 / count)
    let blockCount = (matrix.rowCount + blockSize - 1) / blockSize
    let overflows = concurrentMap(blockCount, workers: workers) { block in
      let rows = block * blockSize..<min((block + 1) * blockSize, matrix.rowCount)
      return Interruption.isRequested ? nil : expand(matrix, rows, into: storage)
    }
    if Interruption.isRequested { throw .interrupted }
    if let (row, feature) = overflows.lazy.compactMap({ $0 }).first {
      throw .invalid(
        "features.polynomial", .polynomialOverflow(feature: names[feature], row: row + 1))
    }
    return storage.matrix(rowCount: matrix.rowCount) { row, rests in
      writeRests(matrix, row, to: &rests)
    }
  }

  /// The same rows, made each time they are read and kept nowhere: for a matrix that only one training set
  /// has.
  package func view(of matrix: Matrix) -> Matrix {
    precondition(matrix.columnCount == inputCount)
    if degree == 1 { return matrix }
    return unsafe Matrix(
      rowCount: matrix.rowCount, columnCount: count,
      rests: { row, rests in writeRests(matrix, row, to: &rests) },
      writingRows: { row, destination in
        // SAFETY: the destination has an element per feature, of which the columns are the first.
        unsafe matrix.write(row, to: destination)
        unsafe writeMonomials(to: destination)
      })
  }

  /// What rounding took off the monomials of a row: each product once more in twice the precision.
  private func writeRests(_ matrix: Matrix, _ row: Int, to rests: inout MutableSpan<Double>) {
    let input = matrix.row(row)
    var kept = input
    var exact = input.map { DoubleDouble($0) }
    kept.reserveCapacity(count)
    exact.reserveCapacity(count)
    for run in runs {
      for column in run.firstColumn..<factorCount {
        kept.append(kept[run.monomial] * input[column])
        var product = DoubleDouble()
        product.addProduct(of: exact[run.monomial].high, and: input[column])
        product.addProduct(of: exact[run.monomial].low, and: input[column])
        exact.append(product)
      }
    }
    for j in 0..<count {
      let rest = (exact[j].high - kept[j]) + exact[j].low
      // Near the largest double a product has no halves.
      rests[j] = rest.isFinite ? rest : 0
    }
  }

  /// Fills some rows; returns the first element that is not finite.
  private func expand(
    _ matrix: Matrix, _ rows: Range<Int>, into storage: RowStorage
  ) -> (row: Int, feature: Int)? {
    let reader = RowReader(matrix)
    for row in rows {
      let input = unsafe reader.row(row)
      let output = unsafe storage.numbers + row * count
      unsafe output.update(from: input, count: inputCount)
      unsafe writeMonomials(to: output)
      if let feature = (0..<count).first(where: { unsafe !output[$0].isFinite }) {
        return (row, feature)
      }
    }
    return nil
  }

  /// Writes the monomials of the columns behind them.
  private func writeMonomials(to row: UnsafeMutablePointer<Double>) {
    var next = inputCount
    for run in runs {
      let factor = unsafe row[run.monomial]
      for column in run.firstColumn..<factorCount {
        // SAFETY: a row has an element for each of the features, which are the columns and the runs.
        unsafe row[next] = factor * row[column]
        next += 1
      }
    }
  }
}
