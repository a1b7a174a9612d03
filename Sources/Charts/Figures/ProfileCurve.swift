import Results

extension CurveTable {
  /// The best that λ can do at each training size, degree or number of epochs: the lower envelope of
  /// the winner's solver, drawn against that axis.
  ///
  /// It answers "would more data help?" where the grid crosses λ with training sizes. Only for an
  /// axis with at least three values that the curves themselves are not drawn against.
  func profiles(metric: String, solver: AxisValue?) -> [CurvePanel] {
    let points = points.filter { $0.setting[.solver] == solver }
    let drawn = horizontalAxis(of: points)
    let candidates: [Axis] = [.trainSize, .degree, .epochs]
    return candidates.compactMap { axis in
      guard axis != drawn else { return nil }
      var best: [Double: CurvePoint] = [:]
      for point in points where point.status == "ok" {
        guard let x = point.setting[axis]?.number, let mean = point.mean(.validation, metric)
        else { continue }
        if let incumbent = best[x]?.mean(.validation, metric),
          !isBetter(mean, than: incumbent, metric: metric)
        {
          continue
        }
        best[x] = point
      }
      guard best.count >= 3 else { return nil }
      let samples = best.sorted { $0.key < $1.key }.map { x, point in
        var point = point
        // The marks belong to the curve against λ.
        point.selectedBy = []
        return CurvePanel.Sample(x: x, point: point)
      }
      return CurvePanel(
        heading: .text("the best \(drawn.symbol) for each"), axis: axis, samples: samples,
        parts: parts(of: metric), metric: metric,
        isProfile: true)
    }
  }
}
