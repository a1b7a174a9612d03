import Numerics

extension RotatedLeastSquares {
  /// How many parameters each descent that has a result leaves free: of `gd` those of its iterate, of
  /// `projected_gd` those of the penalised problem at its multiplier.
  ///
  /// After epochs with the learning rates η₀, η₁, … from zero
  ///
  ///     df = Σ (1 − Π_t (1 − η_t(μ + λ))) μ/(μ + λ)
  ///
  /// over the eigenvalues μ of the centred Gram matrix (Goodfellow et al., section 7.8): 0 before the first
  /// epoch, Σ μ/(μ + λ) at the end of a descent that converges.
  /// - Complexity: O(features · log epochs) with a constant rate, else O(features · epochs).
  func setDegreesOfFreedom(of fits: inout LaneFits, settings: [DescentSettings]) {
    let lanes = fits.outcomes.indices.filter { fits.outcomes[$0].hasResult }
    let scheduled = lanes.filter {
      settings[$0].radius == .infinity && settings[$0].schedule != .constant
    }
    let shares = scheduledShares(scheduled, settings: settings, outcomes: fits.outcomes)
    for lane in lanes {
      let setting = settings[lane]
      let found: Double
      if setting.radius < .infinity {
        found = effectiveDegreesOfFreedom(lambda: fits.outcomes[lane].multiplier ?? 0)
      } else if setting.schedule == .constant {
        let epochs = fits.outcomes[lane].epochsRun ?? 0
        found = learnedSum(lambda: setting.lambda) { j in
          learnedShare(
            ofStep: setting.learningRate * (eigenvalues[j] + setting.lambda), epochs: epochs)
        }
      } else {
        found = learnedSum(lambda: setting.lambda) { shares[$0][lane] }
      }
      fits.outcomes[lane].effectiveDegreesOfFreedom = found
    }
  }

  /// - Parameter share: how much of its optimum an eigenvector's weight has reached, by its place.
  private func learnedSum(lambda: Double, share: (Int) -> Double) -> Double {
    var sum = 0.0
    for (j, value) in eigenvalues.enumerated() where value > 0 {
      sum += share(j) * (value / (value + lambda))
    }
    return sum
  }

  /// 1 − Π_t (1 − η_t(μ + λ)) by eigenvalue, for the lanes whose rate falls; 0 in the others.
  private func scheduledShares(
    _ lanes: [Int], settings: [DescentSettings], outcomes: [FitOutcome]
  ) -> [Lanes] {
    guard !lanes.isEmpty else { return [] }
    let lambdas = Lanes(settings.map(\.lambda)[...], filler: 0)
    let decays = eigenvalues.map { lambdas + $0 }
    var shares = [Lanes](repeating: .zero, count: eigenvalues.count)
    let epochs = lanes.map { outcomes[$0].epochsRun ?? 0 }
    for epoch in 0..<(epochs.max() ?? 0) {
      var rates = Lanes.zero
      for (lane, count) in zip(lanes, epochs) where epoch < count {
        rates[lane] = settings[lane].schedule.learningRate(
          settings[lane].learningRate, epoch: epoch)
      }
      for j in shares.indices { shares[j] = shares[j] + (rates * decays[j]) * (1 - shares[j]) }
    }
    return shares
  }
}

/// 1 − (1 − x)ⁿ by doubling, without the cancellation of the formula where x is small.
private func learnedShare(ofStep step: Double, epochs: Int) -> Double {
  var (share, doubled, rest) = (0.0, step, epochs)
  while rest > 0 {
    if rest & 1 == 1 { share += doubled * (1 - share) }
    doubled *= 2 - doubled
    rest >>= 1
  }
  return share
}
