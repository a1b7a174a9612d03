import Results

extension ResultFolder {
  /// What a reader has to know before trusting the answer.
  func warnings(_ panels: [CurvePanel]) -> [String] {
    var texts: [String] = []
    for axis in best == nil ? edgesOfCurve(panels) : axesAtEdge {
      // More training rows are always better; that is no edge of a search.
      if axis == Axis.trainSize.rawValue { continue }
      let symbol = Axis(rawValue: axis)?.symbol ?? axis
      texts.append(
        "The best \(symbol) is at the edge of the grid: the optimum may lie beyond it. Widen the axis."
      )
    }
    let advice = [
      ("diverged", "The learning rate is too large for them; they take no part in the selection."),
      (
        "not_converged",
        "They did not meet the tolerance: their numbers are not those of the optimum. Allow more epochs."
      ),
      ("singular", "The normal equations have no unique solution there: use λ > 0 or min_norm."),
      ("failed", "jobs.csv has the reason."),
    ]
    for (status, text) in advice {
      let points = curve.points.filter { $0.status == status }
      guard let first = points.first else { continue }
      let subject =
        points.count == 1 ? "1 point" : "\(points.count) of \(curve.points.count) points"
      texts.append(
        "\(subject) \(statusTitle(status)), first \(first.setting.text). \(text)")
    }
    return texts + notes
  }

  /// Without `best.json`: whether the winner ends its own curve.
  private func edgesOfCurve(_ panels: [CurvePanel]) -> [String] {
    guard let winner,
      let panel = panels.first(where: { panel in
        panel.samples.contains { $0.point.point == winner.point }
      }),
      panel.samples.count > 2, panel.axis == .lambda || panel.axis == .radius,
      winner.point == panel.samples.first?.point.point
        || winner.point == panel.samples.last?.point.point
    else { return [] }
    return [panel.axis.rawValue]
  }
}
