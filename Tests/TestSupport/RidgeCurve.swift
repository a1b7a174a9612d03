import FoundationEssentials
package import Results

/// `curve.csv` as text: λ from 1e-4 to 1e4 on a ridge-like curve with its valley at `valley`.
package func ridgeCSV(
  solver: String = "normal", lambdas: [Double] = ridgeLambdas,
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

/// λ from 1e-4 to 1e4, two a decade.
package let ridgeLambdas = stride(from: -4, through: 4, by: 0.5).map(power)

private func power(_ exponent: Double) -> Double {
  var value = 1.0
  for _ in 0..<Int(abs(exponent) * 2) { value *= 10.0.squareRoot() }
  return exponent < 0 ? 1 / value : value
}

package func ridgeTable(_ text: String = ridgeCSV()) throws -> CurveTable {
  try CurveTable(csv: Array(text.utf8), path: "curve.csv")
}

/// A result folder in a temporary place, with the ridge-like curve and the given files.
package func withFolder(
  _ files: [String: String], curve: String = ridgeCSV(), _ body: (ResultFolder) throws -> Void
) throws {
  let scratch = try ScratchFolder()
  try scratch.write(curve, to: "curve.csv")
  for (name, text) in files { try scratch.write(text, to: name) }
  try body(try ResultFolder.read(scratch.url.path))
}
