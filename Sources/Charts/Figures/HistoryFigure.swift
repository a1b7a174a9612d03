import Results

/// Learning curves: errors against epochs at each solver's selected point.
struct HistoryFigure {
  static let mostPanels = 6

  static func drawing(_ history: HistoryTable, curve: CurveTable) -> Drawing? {
    let marked = curve.points.filter { !$0.selectedBy.isEmpty && history.steps[$0.point] != nil }
    let candidates = marked.isEmpty ? curve.points : marked
    let shown = candidates.filter { (history.steps[$0.point]?.count ?? 0) > 1 }.prefix(mostPanels)
    guard !shown.isEmpty else { return nil }
    let steps = shown.flatMap { history.steps[$0.point] ?? [] }
    let values = steps.flatMap { $0.errors.values.sorted() }
    let best = steps.compactMap { $0.errors[.validation] }.reduce(nil) { best, value in
      best.map { isBetter(value, than: $0, metric: history.metric) ? value : $0 } ?? value
    }
    let extent = ErrorExtent(values: values, anchor: best, metric: history.metric)
    let epochs = steps.map(\.epoch)

    let columns = shown.count == 1 ? 1 : 2
    let width = 760.0
    let left = 74.0
    let gap = 46.0
    let plotWidth = (width - left - 96 - gap * Double(columns - 1)) / Double(columns)
    let plotHeight = columns == 1 ? 260.0 : 190
    var canvas = Canvas()
    canvas.text("Learning curves", 20, 30, "title")
    canvas.text(
      "\(metricTitle(history.metric)) after each epoch at the selected points; mean over folds", 20,
      51, "muted")
    var bottom = 60.0
    for (index, point) in shown.enumerated() {
      let (row, column) = index.quotientAndRemainder(dividingBy: columns)
      let frame = Frame(
        x: left + Double(column) * (plotWidth + gap), y: 86 + Double(row) * (plotHeight + 82),
        width: plotWidth, height: plotHeight)
      let isLast = column == columns - 1 || index == shown.count - 1
      let peers = curve.points.filter { $0.setting[.solver] == point.setting[.solver] }
      let told = curve.tellingAxes(among: peers)
      let title = point.setting.text(of: told.isEmpty ? [.solver] : told, isRounded: true)
      canvas.text(
        shortened(title, to: plotWidth, size: 13.5), frame.x, frame.y - 8, "panel")
      let parts = Part.allCases.filter { part in
        history.steps[point.point]?.contains { $0.errors[part] != nil } ?? false
      }
      let plot = LinePlot(
        lines: parts.map { part in
          LinePlot.Line(
            name: isLast ? part.title : nil, style: "\(part.rawValue) line",
            points: (history.steps[point.point] ?? []).compactMap { step in
              step.errors[part].map { (step.epoch, max($0, extent.low / 2)) }
            })
        },
        x: horizontalScale(.epochs, values: epochs, in: frame),
        y: Scale(
          extent.kind, from: extent.low, to: extent.high, pixels: frame.bottom - 6, frame.y + 8),
        frame: frame, xTitle: "epochs", yTitle: column == 0 ? metricTitle(history.metric) : "",
        nameSide: .right, marker: nil, id: "history-\(index)", wholeNumbers: true,
        hasNumbers: column == 0, tickCount: columns == 1 ? 7 : 5)
      plot.draw(on: &canvas)
      bottom = frame.bottom + 56
    }
    return Drawing(
      title: "Learning curves",
      description: "\(metricTitle(history.metric)) by epoch at \(shown.count) selected points.",
      width: width, height: bottom, body: canvas.body)
  }
}
