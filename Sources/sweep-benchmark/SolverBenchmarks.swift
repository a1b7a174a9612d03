import LinearModels
import Numerics

/// One block of sixteen points on one training set, on one core.
enum SolverBenchmarks {
  static func all() -> [Benchmark] {
    let squared = SampleData(rowCount: 16_000, featureCount: 50)
    let logistic = SampleData(rowCount: 16_000, featureCount: 50, isLogistic: true)
    return [
      stochastic(squared, .squared, batchSize: 1), stochastic(logistic, .logistic, batchSize: 1),
      stochastic(squared, .squared, batchSize: 32), stochastic(squared, .squared, batchSize: 256),
      rowGradient(logistic), newton(logistic), normal(squared), gradient(squared),
      minimum(squared),
    ]
  }

  private static let lambdas = (0..<Lanes.width).map { 1e-5 * Double(1 << $0) }

  private static func settings(learningRate: Double) -> [DescentSettings] {
    lambdas.map { DescentSettings(lambda: $0, learningRate: learningRate) }
  }

  private static func stochastic(_ data: SampleData, _ loss: Loss, batchSize: Int) -> Benchmark {
    let rows = data.rows
    let epochs = 10
    var generator = RandomGenerator(seed: 9)
    let orders = (0..<epochs).map { _ in generator.permutation(count: rows.count) }
    let amount = Double(epochs * rows.count * rows.featureCount * Lanes.width)
    return Benchmark(
      name: "sgd \(loss.rawValue), batch \(batchSize)", unit: "point-features", amount: amount,
      operations: 4 * amount
    ) {
      let fits = stochasticGradientDescent(
        loss: loss, rows: rows, hasIntercept: true, batchSize: batchSize,
        settings: settings(learningRate: 1e-3), rule: StoppingRule(epochs: epochs),
        permutation: { orders[$0] })
      keep(fits.intercepts)
    }
  }

  private static func rowGradient(_ data: SampleData) -> Benchmark {
    let rows = data.rows
    let epochs = 5
    let amount = Double((epochs + 1) * rows.count * rows.featureCount * Lanes.width)
    return Benchmark(
      name: "gd logistic", unit: "point-features", amount: amount, operations: 4 * amount
    ) {
      let fits = rowGradientDescent(
        loss: .logistic, rows: rows, hasIntercept: true, settings: settings(learningRate: 0.1),
        rule: StoppingRule(epochs: epochs))
      keep(fits.intercepts)
    }
  }

  private static func newton(_ data: SampleData) -> Benchmark {
    let rows = data.rows
    return Benchmark(name: "newton, 16 λ, 16,000 × 50") {
      keep(newtonMethod(rows: rows, hasIntercept: true, lambdas: lambdas, tolerance: 0).intercepts)
    }
  }

  private static func normal(_ data: SampleData) -> Benchmark {
    let problem = data.leastSquares
    return Benchmark(name: "normal, 16 λ, 50 features") {
      keep(normalEquations(problem, lambdas: lambdas).intercepts)
    }
  }

  private static func gradient(_ data: SampleData) -> Benchmark {
    let problem = data.leastSquares
    let epochs = 100
    return Benchmark(
      name: "gd squared, rotated, 100 epochs", unit: "point-features",
      amount: Double(epochs * 50 * Lanes.width)
    ) {
      let fits = gradientDescent(
        problem, settings: settings(learningRate: 0.1), rule: StoppingRule(epochs: epochs))
      keep(fits.intercepts)
    }
  }

  private static func minimum(_ data: SampleData) -> Benchmark {
    let rows = data.rows
    return Benchmark(name: "min_norm, 16 λ, 16,000 × 50") {
      keep(minimumNorm(rows: rows, hasIntercept: true, lambdas: lambdas).intercepts)
    }
  }
}
