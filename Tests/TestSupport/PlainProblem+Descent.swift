extension PlainProblem {
  /// Full-batch gradient descent from zero: w ← w − η(∇L + λw), b ← b − η∂L/∂b, one step an epoch.
  ///
  /// - Parameters:
  ///   - learningRate: η of epoch t = 0, 1, ….
  ///   - radius: w is scaled back on this ball after each step.
  package func gradientDescent(
    epochs: Int, radius: Double = .infinity, learningRate: (_ epoch: Int) -> Double
  ) -> Fit {
    var fit = zero
    for epoch in 0..<epochs {
      let eta = learningRate(epoch)
      let gradient = gradient(fit)
      for j in fit.weights.indices { fit.weights[j] -= eta * gradient.weights[j] }
      fit.intercept -= eta * gradient.intercept
      let norm = PlainLinearAlgebra.norm(fit.weights)
      if norm > radius {
        for j in fit.weights.indices { fit.weights[j] *= radius / norm }
      }
    }
    return fit
  }

  /// Mini-batch descent from zero; each batch of m rows carries m/B of the penalty:
  ///
  ///     w ← (1 − ηλ·m/B)w − (η/B) Σ_batch ∇ℓ,  b ← b − (η/B) Σ_batch ∂ℓ/∂b
  ///
  /// with ℓ of row i taken vᵢ·n/Σv times.
  package func stochasticDescent(
    epochs: Int, batchSize: Int, order: (_ epoch: Int) -> [Int32],
    learningRate: (_ epoch: Int) -> Double
  ) -> Fit {
    var fit = zero
    for epoch in 0..<epochs {
      let eta = learningRate(epoch)
      let order = order(epoch)
      var start = 0
      while start < order.count {
        let batch = order[start..<Swift.min(start + batchSize, order.count)]
        let before = fit
        let share = Double(batch.count) / Double(batchSize)
        for j in fit.weights.indices { fit.weights[j] *= 1 - eta * lambda * share }
        for index in batch {
          let share = weight(Int(index)) * Double(rows.count) / totalWeight
          let step = eta / Double(batchSize) * (share * slope(Int(index), before))
          for j in fit.weights.indices { fit.weights[j] -= step * rows[Int(index)][j] }
          if hasIntercept { fit.intercept -= step }
        }
        start += batchSize
      }
    }
    return fit
  }
}
