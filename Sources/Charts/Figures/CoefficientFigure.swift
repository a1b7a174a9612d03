import Results
import Tables

/// Coefficient paths: the weights of the winner's curve against λ, the largest of them named.
struct CoefficientFigure {
  static let namedFeatures = 8

  /// - Returns: `nil` when the winner's curve has fewer than two points with coefficients.
  static func drawing(
    _ coefficients: CoefficientTable, panels: [CurvePanel], winner: Int
  ) -> Drawing? {
    guard
      let panel = panels.first(where: { $0.samples.contains { $0.point.point == winner } }),
      let chosen = panel.samples.first(where: { $0.point.point == winner }),
      let weights = coefficients.standardized[winner]
    else { return nil }
    let ranked = weights.indices.sorted { first, second in
      let (a, b) = (abs(weights[first]), abs(weights[second]))
      return a == b ? first < second : a > b
    }
    // Weights of an overfitted end would squash those worth looking at.
    let limit = 4 * (ranked.first.map { abs(weights[$0]) } ?? 0)
    let known = panel.samples.filter { coefficients.standardized[$0.point.point] != nil }
    let shown = known.filter { sample in
      let values = coefficients.standardized[sample.point.point] ?? []
      return values.allSatisfy { abs($0) <= limit } || sample.point.point == winner
    }
    guard shown.count > 1, limit > 0 else { return nil }

    let named = Set(ranked.prefix(namedFeatures))
    var lines: [LinePlot.Line] = []
    // Hundreds of grey lines say no more than the largest sixty.
    for feature in ranked.dropFirst(namedFeatures).prefix(60) {
      lines.append(line(feature, shown, coefficients, style: "faint line", name: nil))
    }
    for (rank, feature) in ranked.prefix(namedFeatures).enumerated().reversed() {
      lines.append(
        line(
          feature, shown, coefficients, style: "hue\(rank) line",
          name: coefficients.features[feature]))
    }
    let values = shown.flatMap { sample in
      (coefficients.standardized[sample.point.point] ?? []).enumerated()
        .filter { named.contains($0.offset) || ranked.count <= 68 }.map(\.element)
    }
    let width = 760.0
    let frame = Frame(x: 150, y: 78, width: width - 150 - 88, height: 300)
    let low = min(0, values.min() ?? 0)
    let high = max(0, values.max() ?? 0)
    let room = (high - low) * 0.05
    let plot = LinePlot(
      lines: lines, x: horizontalScale(panel.axis, values: shown.map(\.x), in: frame),
      y: Scale(
        .linear, from: low - room, to: high + room, pixels: frame.bottom, frame.y + 20),
      frame: frame, xTitle: panel.axis.title, yTitle: "standardised coefficient",
      nameSide: .left, marker: (chosen.x, "selected: \(placeText(panel.axis, chosen.x))"),
      id: "coefficients")
    var canvas = Canvas()
    canvas.text("Coefficient paths", 20, 30, "title")
    var subtitle =
      "standardised, mean over folds; the \(min(namedFeatures, ranked.count)) largest are named"
    if shown.count < known.count, let first = shown.first {
      subtitle += "; paths start at \(placeText(panel.axis, first.x))"
    }
    canvas.text(subtitle, 20, 51, "muted")
    plot.draw(on: &canvas)
    let largest = ranked.prefix(namedFeatures).map {
      "\(coefficients.features[$0]) \(readable(weights[$0]))"
    }.joined(separator: ", ")
    return Drawing(
      title: "Coefficient paths", description: "Largest at the selected point: \(largest).",
      width: width, height: frame.bottom + 56, body: canvas.body)
  }

  private static func line(
    _ feature: Int, _ samples: [CurvePanel.Sample], _ table: CoefficientTable, style: String,
    name: String?
  ) -> LinePlot.Line {
    LinePlot.Line(
      name: name, style: style,
      points: samples.compactMap { sample in
        table.standardized[sample.point.point].map { (sample.x, $0[feature]) }
      })
  }
}
