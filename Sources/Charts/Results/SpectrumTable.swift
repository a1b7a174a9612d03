import Tables

/// `spectrum.csv` in the mean over folds: how much of each principal direction a λ leaves.
package struct SpectrumTable: Hashable, Sendable {
  /// The λ of the objective, increasing.
  package var lambdas: [Double]
  /// By component, largest eigenvalue first.
  package var eigenvalues: [Double]
  /// For each λ the factors μ/(μ + λ) by component.
  package var shrinkage: [[Double]]

  package init(lambdas: [Double], eigenvalues: [Double], shrinkage: [[Double]]) {
    self.lambdas = lambdas
    self.eigenvalues = eigenvalues
    self.shrinkage = shrinkage
  }

  package init(csv bytes: [UInt8], path: String) throws(ResultError) {
    let table = try RecordTable(bytes, path: path)
    let componentColumn = try table.requiredColumn("component")
    let eigenvalueColumn = try table.requiredColumn("eigenvalue")
    let lambdaColumn = try table.requiredColumn("lambda_mean")
    let shrinkageColumn = try table.requiredColumn("shrinkage")
    struct Cell {
      var eigenvalue = 0.0
      var shrinkage = 0.0
      var count = 0.0
    }
    var cells: [Double: [Int: Cell]] = [:]
    for row in table.rows {
      let lambda = try table.requiredNumber(row, lambdaColumn)
      let component = try table.count(row, componentColumn)
      var cell = cells[lambda]?[component] ?? Cell()
      cell.eigenvalue += try table.requiredNumber(row, eigenvalueColumn)
      cell.shrinkage += try table.requiredNumber(row, shrinkageColumn)
      cell.count += 1
      cells[lambda, default: [:]][component] = cell
    }
    lambdas = cells.keys.sorted()
    let components = cells.values.flatMap(\.keys)
    let order = Set(components).sorted()
    let first = cells[lambdas[0], default: [:]]
    eigenvalues = order.map { component in
      first[component].map { $0.eigenvalue / $0.count } ?? 0
    }
    shrinkage = lambdas.map { lambda in
      order.map { component in
        cells[lambda]?[component].map { $0.shrinkage / $0.count } ?? 0
      }
    }
  }
}
