import Results
import Tables

/// Error against a hyperparameter: one panel, or small multiples on one vertical scale.
struct CurveFigure {
  static let mostPanels = 12

  let title: String
  let panels: [CurvePanel]
  let droppedPanels: Int
  let metric: String
  let folds: Int
  /// Distinguishes the clip paths of several figures in one document.
  let id: String
  let layout: Layout

  /// What the figure has to fit.
  enum Layout {
    /// A document of its own, with title and subtitle.
    case page
    /// Inside a page that has the title; `narrow` is for the width of a telephone.
    case embedded(narrow: Bool)

    var isNarrow: Bool {
      if case .embedded(narrow: true) = self { true } else { false }
    }

    var hasHeader: Bool {
      if case .page = self { true } else { false }
    }
  }

  /// The best of all panels, as many as fit.
  init(
    best all: [CurvePanel], folds: Int, metric: String, title: String, id: String = "curve",
    layout: Layout = .page
  ) {
    panels = Self.best(all, count: Self.mostPanels, metric: metric)
    droppedPanels = all.count - panels.count
    self.folds = folds
    self.metric = metric
    self.title = title
    self.id = id
    self.layout = layout
  }

  /// One panel alone, for a page that shows the winner's curve large.
  init(panel: CurvePanel, folds: Int, title: String, id: String, layout: Layout) {
    panels = [panel]
    droppedPanels = 0
    metric = panel.metric
    self.folds = folds
    self.title = title
    self.id = id
    self.layout = layout
  }

  func drawing() -> Drawing {
    var canvas = Canvas()
    let columns = layout.isNarrow || panels.count == 1 ? 1 : panels.count <= 6 ? 2 : 3
    let width: Double = layout.isNarrow ? 400 : columns == 3 ? 960 : 760
    var y = 8.0
    if layout.hasHeader {
      canvas.text(title, margin, 30, "title")
      canvas.text(shortened(subtitle, to: width - 2 * margin, size: 13), margin, 51, "muted")
      y = 64
    }
    let extent = ErrorExtent(of: panels)
    let frame = Frame(x: 0, y: 0, width: 0, height: plotHeight(columns: columns))
    y +=
      Legend(panels, y: verticalScale(extent, in: frame), in: frame).draw(
        on: &canvas, x: margin, y: y, width: width - 2 * margin) + 8
    y = drawPanels(&canvas, columns: columns, width: width, top: y, extent: extent)
    for note in notes {
      canvas.text(note, margin, y + 4, "small muted")
      y += 17
    }
    return Drawing(
      title: title, description: description, width: width, height: y + 8, body: canvas.body)
  }

  private func drawPanels(
    _ canvas: inout Canvas, columns: Int, width: Double, top: Double, extent: ErrorExtent
  ) -> Double {
    let isWide = panels.count == 1
    let namesCurves = !layout.isNarrow
    let tickCount = isWide ? 7 : 5
    let probe = Scale(extent.kind, from: extent.low, to: extent.high, pixels: 1, 0)
    let numbers = Canvas.widestNumber(probe, tickCount: tickCount)
    let left = margin + 18 + numbers + 12
    let right: Double = namesCurves ? 92 : 14
    let gap: Double = 34
    let plotWidth =
      (width - left - right - gap * Double(columns - 1)) / Double(columns)
    let plotHeight = plotHeight(columns: columns)
    let hasDF = panels.contains { $0.samples.contains { $0.point.effectiveDF != nil } }
    let above = (isWide ? 0.0 : 22) + (hasDF ? (isWide && !layout.isNarrow ? 42 : 24) : 6)
    let below: Double = 52
    var bottom = top
    for (index, panel) in panels.enumerated() {
      let (row, column) = index.quotientAndRemainder(dividingBy: columns)
      let frame = Frame(
        x: left + Double(column) * (plotWidth + gap),
        y: top + above + Double(row) * (above + plotHeight + below), width: plotWidth,
        height: plotHeight)
      let alike = panels.filter { $0.axis == panel.axis }.flatMap(\.samples).map(\.x)
      let x = horizontalScale(panel.axis, values: alike, in: frame)
      let y = verticalScale(extent, in: frame)
      if !isWide {
        canvas.text(
          shortened(panel.title, to: frame.width, size: 13.5), frame.x, frame.y - above + 13,
          "panel")
      }
      let isWhole = panel.axis == .degree || panel.axis == .epochs
      canvas.horizontalAxis(
        x, in: frame, title: panel.axis.title, tickCount: isWide && !layout.isNarrow ? 8 : 5,
        wholeNumbers: isWhole)
      canvas.verticalAxis(
        y, in: frame, title: column == 0 ? axisTitle : nil, tickCount: tickCount,
        hasNumbers: column == 0, titleOffset: numbers + 22)
      canvas.rectangle(frame.x, frame.y, frame.width, frame.height, "frame")
      let drawing = PanelDrawing(
        panel: panel, frame: frame, x: x, y: y, id: "\(id)-\(index)",
        isWide: isWide && !layout.isNarrow)
      if namesCurves, column == columns - 1 || index == panels.count - 1 {
        drawing.drawNames(on: &canvas)
      }
      drawing.draw(on: &canvas)
      bottom = frame.bottom + below
    }
    return bottom
  }

  private func plotHeight(columns: Int) -> Double {
    if panels.count == 1 { return layout.isNarrow ? 260 : 330 }
    return columns < 3 ? 210 : 190
  }

  /// Room for the marks above the curves included.
  private func verticalScale(_ extent: ErrorExtent, in frame: Frame) -> Scale {
    Scale(
      extent.kind, from: extent.low, to: extent.high, pixels: frame.bottom - 6,
      frame.y + PanelDrawing.headroom(panels))
  }

  private var margin: Double { layout.isNarrow ? 4 : 20 }

  private var axisTitle: String { metricTitle(metric) }

  var subtitle: String {
    var axes: [Axis] = []
    for panel in panels where !axes.contains(panel.axis) { axes.append(panel.axis) }
    let against = axes.map(\.title).joined(separator: " or ")
    var text = "\(metricTitle(metric)) against \(against)"
    if panels.count == 1, let panel = panels.first, !panel.title.isEmpty {
      text += ", \(panel.title)"
    }
    if folds > 1 { text += "; mean of \(folds) folds" }
    return text
  }

  private var notes: [String] {
    if droppedPanels == 0 { return [] }
    return [
      "\(panels.count) of \(panels.count + droppedPanels) combinations shown: those with the best"
        + " validation \(metric)"
    ]
  }

  private var description: String {
    let curves = panels.map { panel in
      var text = panel.title
      for selection in PanelDrawing.selections(panel) {
        let rules = selection.rules.map(ruleTitle).joined(separator: " and ")
        text += ", \(rules) at \(placeText(panel.axis, selection.sample.x))"
        if let mean = panel.estimate(.validation, selection.sample)?.mean {
          text += " (validation \(readable(mean)))"
        }
      }
      return text
    }
    return subtitle + ". " + curves.joined(separator: "; ") + "."
  }

  /// The panels with the best validation mean, in their own order.
  private static func best(_ panels: [CurvePanel], count: Int, metric: String) -> [CurvePanel] {
    if panels.count <= count { return panels }
    let bests = panels.map(\.best)
    let ranked = panels.indices.sorted { first, second in
      guard let best = bests[first] else { return false }
      guard let other = bests[second] else { return true }
      return best == other ? first < second : isBetter(best, than: other, metric: metric)
    }
    return ranked.prefix(count).sorted().map { panels[$0] }
  }
}
