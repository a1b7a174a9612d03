import Results

/// The vertical extent of error curves: wide enough for what can be compared, closed to what would squash it.
///
/// Errors more than a hundred times the best validation error, or less than a hundredth of it,
/// fall outside, as does an r2 below −1; the picture shows them as arrows at its edge. Logarithmic
/// when what remains spans a factor of more than 20.
struct ErrorExtent {
  let kind: Scale.Kind
  let low: Double
  let high: Double

  init(of panels: [CurvePanel]) {
    var anchor: Double?
    var values: [Double] = []
    var metric = ""
    for panel in panels {
      metric = panel.metric
      if let best = panel.best,
        anchor.map({ isBetter(best, than: $0, metric: metric) }) ?? true
      {
        anchor = best
      }
      for sample in panel.samples {
        for part in panel.parts {
          guard let estimate = panel.estimate(part, sample) else { continue }
          values.append(estimate.mean)
          if let error = estimate.standardError, part == .validation {
            values.append(estimate.mean + error)
            values.append(estimate.mean - error)
          }
        }
      }
    }
    self.init(values: values, anchor: anchor, metric: metric)
  }

  init(values: [Double], anchor: Double?, metric: String) {
    var floor = -Double.infinity
    var ceiling = Double.infinity
    if let anchor, metric == "r2" {
      floor = min(-1, anchor - 1)
    } else if let anchor, anchor > 0 {
      floor = anchor / 100
      ceiling = anchor * 100
    }
    let inside = values.filter { $0 >= floor && $0 <= ceiling }
    guard let low = inside.min(), let high = inside.max() else {
      (kind, self.low, self.high) = (.linear, 0, 1)
      return
    }
    if low > 0, high / low > 20 {
      kind = .logarithmic
      self.low = low / 1.15
      self.high = high * 1.15
    } else {
      kind = .linear
      let room = (high - low) * 0.04
      self.low = low - room < 0 && low >= 0 ? 0 : low - room
      self.high = high + room
    }
  }
}
