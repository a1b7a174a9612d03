import Results

/// A table with a point for every combination of the lists, all `ok`, made without files.
func gridTable(
  solvers: [String] = ["gd"], etas: [Double] = [0.01], batchSizes: [Double?] = [nil],
  lambdas: [Double], isDiverged: (Point) -> Bool = { _ in false }
) -> CurveTable {
  var points: [CurvePoint] = []
  for solver in solvers {
    for batchSize in batchSizes {
      for eta in etas {
        for lambda in lambdas {
          var setting = Point([
            .solver: .word(solver), .learningRate: .number(eta), .lambda: .number(lambda),
          ])
          setting[.batchSize] = batchSize.map { .number($0) }
          let spoiled = isDiverged(setting)
          let validation = 1 + 0.5 / (1 + 10 * lambda) + lambda / (1 + lambda) + eta
          points.append(
            CurvePoint(
              point: points.count, setting: setting, status: spoiled ? "diverged" : "ok", folds: 5,
              estimates: spoiled
                ? [:]
                : [
                  Measure(.train, "mse"): Estimate(0.5 + lambda / (1 + lambda), standardError: 0.1),
                  Measure(.validation, "mse"): Estimate(validation, standardError: 0.2),
                ]))
        }
      }
    }
  }
  return CurveTable(
    measures: [Measure(.train, "mse"), Measure(.validation, "mse")], points: points)
}
