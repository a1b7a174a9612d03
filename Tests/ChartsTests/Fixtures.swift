import Charts

/// `curve.csv` as text: λ from 1e-4 to 1e4 on a ridge-like curve with its valley at `valley`.
func ridgeCSV(
  solver: String = "normal", lambdas: [Double] = stride(from: -4, through: 4, by: 0.5).map(power),
  valley: Double = 1, diverged: Set<Int> = []
) -> String {
  var text =
    "point,solver,degree,train_size,schedule,batch_size,eta,epochs,radius,lambda,lambda_mean,"
    + "status,folds,train_mse,train_mse_se,validation_mse,validation_mse_se,weight_norm,"
    + "effective_df,selected\n"
  let best = lambdas.indices.filter { !diverged.contains($0) }
    .min { error(lambdas[$0], valley) < error(lambdas[$1], valley) }
  for (index, lambda) in lambdas.enumerated() {
    text += "\(index),\(solver),1,,,,,,,\(lambda),\(lambda),"
    if diverged.contains(index) {
      text += "diverged,5,,,,,,,\n"
      continue
    }
    let mark = index == best ? "min one_standard_error" : ""
    let train = 2700 + 300 * lambda / (lambda + 1)
    text += "ok,5,\(train),20,\(error(lambda, valley)),120,\(50 / (1 + lambda)),"
    text += "\(10 / (1 + lambda)),\(mark)\n"
  }
  return text
}

private func error(_ lambda: Double, _ valley: Double) -> Double {
  let ratio = lambda == 0 ? 1e-6 : lambda / valley
  return 3000 + 500 * (ratio - 1) * (ratio - 1) / (1 + ratio * ratio)
}

private func power(_ exponent: Double) -> Double {
  var value = 1.0
  for _ in 0..<Int(abs(exponent) * 2) { value *= 10.0.squareRoot() }
  return exponent < 0 ? 1 / value : value
}

func ridgeTable(_ text: String = ridgeCSV()) throws -> CurveTable {
  try CurveTable(csv: Array(text.utf8), path: "curve.csv")
}

/// A table with a point for every combination of the lists, all `ok`, made without files.
func gridTable(
  solvers: [String] = ["gd"], etas: [Double] = [0.01], batchSizes: [Double?] = [nil],
  lambdas: [Double], isDiverged: (Setting) -> Bool = { _ in false }
) -> CurveTable {
  var points: [CurvePoint] = []
  for solver in solvers {
    for batchSize in batchSizes {
      for eta in etas {
        for lambda in lambdas {
          var setting = Setting([
            .solver: .word(solver), .eta: .number(eta), .lambda: .number(lambda),
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
