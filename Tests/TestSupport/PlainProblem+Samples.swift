extension PlainProblem {
  /// Correlated features of unlike sizes with a linear target, or classes that overlap.
  package static func sample(
    _ loss: Loss = .squared, rows rowCount: Int, features featureCount: Int, seed: UInt64 = 1,
    lambda: Double = 0, hasIntercept: Bool = true
  ) -> PlainProblem {
    var generator = SeededGenerator(seed: seed)
    func uniform() -> Double { .random(in: -1...1, using: &generator) }
    let truth = (0..<featureCount).map { _ in uniform() }
    var rows: [[Double]] = []
    var target: [Double] = []
    for _ in 0..<rowCount {
      let common = uniform()
      let latent = (0..<featureCount).map { _ in 0.5 * common + uniform() }
      let z = PlainLinearAlgebra.dot(truth, latent) + 0.7 * uniform() + 0.3
      rows.append(latent.enumerated().map { (Double($0.offset % 3) + 0.6) * $0.element + 0.4 })
      target.append(loss == .squared ? z : (z > 0.3 ? 1 : -1))
    }
    return PlainProblem(
      loss: loss, rows: rows, target: target, lambda: lambda, hasIntercept: hasIntercept)
  }
}
