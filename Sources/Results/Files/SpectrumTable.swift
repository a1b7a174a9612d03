import Tables

/// The columns of `spectrum.csv`.
package enum SpectrumColumn: String, ResultField {
  case repeatIndex = "repeat"
  case fold, component, eigenvalue
  case lambdaMean = "lambda_mean"
  case shrinkage

  package static let file = ResultFile(
    "spectrum.csv",
    "One row for each fold, λ and principal direction, the largest eigenvalue first.",
    need: .output)

  package var declaration: FieldDeclaration {
    switch self {
    case .repeatIndex: .repeatIndex
    case .fold: .fold
    case .component:
      FieldDeclaration(
        .count, "The direction, from 0; at most as many as rows or features.", example: "0")
    case .eigenvalue:
      FieldDeclaration(
        .number, "The eigenvalue μ of the Hessian of the mean loss.",
        emptyWhen: "squares of the features are beyond all numbers", example: "4.62")
    case .lambdaMean: .lambdaMean
    case .shrinkage:
      FieldDeclaration(
        .number, "How much of the direction this λ leaves, μ/(μ + λ).",
        emptyWhen: "there is no eigenvalue", example: "0.9")
    }
  }
}

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
    let table = try RecordTable<SpectrumColumn>(bytes, path: path)
    let eigenvalueColumn = try table.requiredColumn(.eigenvalue)
    let lambdaColumn = try table.requiredColumn(.lambdaMean)
    let shrinkageColumn = try table.requiredColumn(.shrinkage)
    let repeatColumn = try table.requiredColumn(.repeatIndex)
    let foldColumn = try table.requiredColumn(.fold)
    struct Block {
      var lambda = 0.0
      var eigenvalues: [Double] = []
      var shrinkage: [Double] = []
    }
    // The λ of the objective may differ a little between folds (`lambda_scale` of sums, folds of
    // unequal size), so the i-th λ of one fold belongs to the i-th of another.
    var folds: [[Int]: [Block]] = [:]
    var order: [[Int]] = []
    for row in table.rows {
      let fold = [try table.count(row, repeatColumn), try table.count(row, foldColumn)]
      let lambda = try table.requiredNumber(row, lambdaColumn)
      // Where squares are beyond all numbers there are no eigenvalues.
      guard let eigenvalue = try table.number(row, eigenvalueColumn),
        let factor = try table.number(row, shrinkageColumn)
      else { continue }
      if folds[fold] == nil { order.append(fold) }
      if folds[fold]?.last?.lambda != lambda {
        folds[fold, default: []].append(Block(lambda: lambda))
      }
      let last = folds[fold, default: []].count - 1
      folds[fold]?[last].eigenvalues.append(eigenvalue)
      folds[fold]?[last].shrinkage.append(factor)
    }
    let blocks = order.map { folds[$0, default: []].sorted { $0.lambda < $1.lambda } }
    let count = blocks.map(\.count).min() ?? 0
    lambdas = (0..<count).map { index in mean(blocks.map { $0[index].lambda }) }
    eigenvalues = count == 0 ? [] : mean(blocks.map { $0[0].eigenvalues })
    shrinkage = (0..<count).map { index in mean(blocks.map { $0[index].shrinkage }) }
  }
}

private func mean(_ values: [Double]) -> Double {
  values.reduce(0, +) / Double(max(1, values.count))
}

/// By place, over the first places that all lists have.
private func mean(_ lists: [[Double]]) -> [Double] {
  (0..<(lists.map(\.count).min() ?? 0)).map { place in mean(lists.map { $0[place] }) }
}
