import Results
import Tables

/// One error curve inside a frame: ribbons, lines, marks, selections, degrees of freedom.
struct PanelDrawing {
  let panel: CurvePanel
  let frame: Frame
  let x: Scale
  let y: Scale
  /// Unique in the document: names the clip path.
  let id: String
  /// Wide panels spell out what narrow ones abbreviate.
  let isWide: Bool

  /// The height above the curves that selections and troubles need.
  static func headroom(_ panels: [CurvePanel]) -> Double {
    let rows = panels.map { selections($0).count }.max() ?? 0
    let hasTrouble = panels.contains { $0.samples.contains { isTrouble($0.point) } }
    return Double(rows) * 17 + (hasTrouble ? 18 : 6)
  }

  func draw(on canvas: inout Canvas) {
    drawDegreesOfFreedom(&canvas)
    canvas.clipped(to: frame, id: id) { canvas in
      for part in panel.parts { drawBand(part, &canvas) }
      for part in panel.parts { drawLine(part, &canvas) }
    }
    for part in panel.parts { drawDots(part, &canvas) }
    drawTroubles(&canvas)
    drawSelections(&canvas)
    drawHits(&canvas)
  }

  /// Names at the right end of the curves, in their colours.
  func drawNames(on canvas: inout Canvas) {
    var names: [(part: Part, x: Double, y: Double)] = []
    for part in panel.parts {
      guard let last = panel.samples.last(where: { panel.estimate(part, $0) != nil }),
        let estimate = panel.estimate(part, last)
      else { continue }
      let height = max(frame.y + 6, min(frame.bottom - 6, position(estimate.mean)))
      names.append((part, x.position(last.x), height))
    }
    let heights = spread(
      names.map(\.y), spacing: 16, within: frame.y + 6, frame.bottom - 6)
    for (name, height) in zip(names, heights) {
      if abs(height - name.y) > 5 || frame.right - name.x > 30 {
        canvas.line(name.x + 5, name.y, frame.right + 5, height, "leader")
      }
      canvas.text(name.part.title, frame.right + 8, height + 4, name.part.rawValue)
    }
  }

  private func position(_ value: Double) -> Double { Self.position(value, y, frame) }

  private static func position(_ value: Double, _ y: Scale, _ frame: Frame) -> Double {
    y.kind == .logarithmic && value <= 0 ? frame.bottom + 1e5 : y.position(value)
  }

  /// Whether a value lies above the frame, or below it; `nil` inside.
  static func isAbove(_ value: Double, _ y: Scale, _ frame: Frame) -> Bool? {
    let height = position(value, y, frame)
    return height < frame.y - 0.5 ? true : height > frame.bottom + 0.5 ? false : nil
  }

  /// Runs of neighbours that have a value; the place of zero stands apart, and a hole that is no
  /// wider than two pixels is none.
  private func runs(_ part: Part) -> [[(x: Double, estimate: Estimate)]] {
    var runs: [[(x: Double, estimate: Estimate)]] = [[]]
    var isBroken = false
    for sample in panel.samples {
      guard let estimate = panel.estimate(part, sample) else {
        isBroken = true
        continue
      }
      let place = x.position(sample.x)
      if isBroken, let last = runs[runs.count - 1].last?.x, place - last > 2 { runs.append([]) }
      isBroken = false
      runs[runs.count - 1].append((place, estimate))
      if sample.x == 0 && x.zeroPosition != nil { runs.append([]) }
    }
    return runs.filter { !$0.isEmpty }
  }

  private func drawBand(_ part: Part, _ canvas: inout Canvas) {
    for run in runs(part) {
      let known = run.filter { $0.estimate.standardError != nil }
      guard !known.isEmpty else { continue }
      func edge(_ sign: Double) -> [(x: Double, y: Double)] {
        known.flatMap { sample -> [(x: Double, y: Double)] in
          let height = position(
            sample.estimate.mean + sign * (sample.estimate.standardError ?? 0))
          if known.count > 1 { return [(sample.x, height)] }
          return [(sample.x - 3, height), (sample.x + 3, height)]
        }
      }
      let outline = thinned(edge(1)) + thinned(edge(-1)).reversed()
      canvas.path(Canvas.commands(outline) + "z", "\(part.rawValue) band")
    }
  }

  private func drawLine(_ part: Part, _ canvas: inout Canvas) {
    for run in runs(part) {
      canvas.polyline(
        run.map { ($0.x, position($0.estimate.mean)) }, "\(part.rawValue) line")
    }
  }

  private func drawDots(_ part: Part, _ canvas: inout Canvas) {
    let isCrowded = panel.samples.count > (isWide ? 60 : 40)
    var marks = MarkThinning(count: panel.samples.count)
    for sample in panel.samples {
      guard let estimate = panel.estimate(part, sample) else { continue }
      let height = position(estimate.mean)
      let place = x.position(sample.x)
      let kind = sample.point.selectedBy.isEmpty ? part.rawValue : "selected"
      guard marks.takes(kind, place, max(frame.y - 9, min(frame.bottom + 9, height))) else {
        continue
      }
      if let isAbove = Self.isAbove(estimate.mean, y, frame) {
        let edge = isAbove ? frame.y + 2 : frame.bottom - 2
        canvas.outside(part, place, edge, isAbove: isAbove)
      } else if !isCrowded || sample.point.status != "ok" || !sample.point.selectedBy.isEmpty
        || sample.x == 0
      {
        canvas.dot(part, place, height, isHollow: sample.point.status != "ok")
      }
    }
  }

  private func drawTroubles(_ canvas: inout Canvas) {
    var marks = MarkThinning(count: panel.samples.count)
    for sample in panel.samples where Self.isTrouble(sample.point) {
      guard marks.takes(sample.point.status, x.position(sample.x)) else { continue }
      canvas.trouble(sample.point.status, x.position(sample.x), troubleHeight)
    }
  }

  /// Below the selections' labels, above the curves.
  private var troubleHeight: Double {
    frame.y + Double(Self.selections(panel).count) * 17 + 10
  }

  private func drawSelections(_ canvas: inout Canvas) {
    for (row, selection) in Self.selections(panel).enumerated() {
      let place = x.position(selection.sample.x)
      let baseline = frame.y + 13 + Double(row) * 17
      let isRule = selection.rules != ["min"]
      canvas.line(
        place, baseline - 10, place, frame.bottom, isRule ? "mark-line se" : "mark-line")
      let names = selection.rules.map { rule in
        rule == "one_standard_error" && !isWide ? "1 SE" : ruleTitle(rule)
      }.joined(separator: " and ")
      let text = "\(names): \(placeText(panel.axis, selection.sample.x))"
      let width = textWidth(text, size: 12)
      let fitsRight = place + 6 + width < frame.right - 2
      let start = fitsRight ? place + 6 : max(frame.x + 4, place - 6 - width)
      canvas.text(text, start, baseline, "small halo")
    }
  }

  private func drawHits(_ canvas: inout Canvas) {
    // Of samples at one place the selected one.
    var marks = MarkThinning(count: panel.samples.count)
    let ranked =
      panel.samples.filter { !$0.point.selectedBy.isEmpty }
      + panel.samples.filter { $0.point.selectedBy.isEmpty }
    let samples = ranked.filter { marks.takes("", x.position($0.x)) }.sorted { $0.x < $1.x }
    let places = samples.map { x.position($0.x) }
    for (index, sample) in samples.enumerated() {
      let left = index == 0 ? frame.x : (places[index - 1] + places[index]) / 2
      let right =
        index == places.count - 1 ? frame.right : (places[index] + places[index + 1]) / 2
      canvas.rectangle(
        left, frame.y, right - left, frame.height, "hit", title: hoverText(sample, in: panel))
    }
  }

  /// Numbers above the frame: effective degrees of freedom at the places that the axis below labels.
  private func drawDegreesOfFreedom(_ canvas: inout Canvas) {
    let known = panel.samples.compactMap { sample in
      sample.point.effectiveDF.map { (x: x.position(sample.x), value: $0) }
    }
    guard known.count > 1 else { return }
    var places = x.ticks(count: isWide ? 8 : 5).filter { $0.label != nil }
      .map { x.position($0.value) }
    if let zero = x.zeroPosition { places.insert(zero, at: 0) }
    var lastEnd = -Double.infinity
    for place in places {
      guard let value = interpolated(known, at: place) else { continue }
      let text = readable(value, digits: value >= 100 ? 3 : 2)
      let half = textWidth(text, size: 12) / 2
      if place - half < lastEnd + 6 || place < frame.x || place > frame.right { continue }
      canvas.line(place, frame.y - 5, place, frame.y, "tick")
      canvas.text(text, place, frame.y - 9, "small muted", anchor: .middle)
      lastEnd = place + half
    }
    if isWide {
      canvas.text(
        "effective degrees of freedom", frame.x + frame.width / 2, frame.y - 27,
        "muted", anchor: .middle)
    } else {
      canvas.text("df", frame.x - 8, frame.y - 9, "small muted", anchor: .end)
    }
  }

  private func interpolated(_ known: [(x: Double, value: Double)], at place: Double) -> Double? {
    for (left, right) in zip(known, known.dropFirst())
    where place >= left.x - 0.5 && place <= right.x + 0.5 {
      if right.x - left.x < 1e-9 { return left.value }
      let fraction = max(0, min(1, (place - left.x) / (right.x - left.x)))
      return left.value + fraction * (right.value - left.value)
    }
    return nil
  }

  /// A point without any number to draw.
  static func isTrouble(_ point: CurvePoint) -> Bool {
    point.status != "ok" && point.estimates.isEmpty
  }

  /// The selected samples, `min` first.
  static func selections(
    _ panel: CurvePanel
  ) -> [(sample: CurvePanel.Sample, rules: [String])] {
    let selected = panel.samples.filter { !$0.point.selectedBy.isEmpty }.prefix(mostSelections)
    return selected.map { (sample: $0, rules: $0.point.selectedBy) }
      .sorted { first, second in
        first.rules.contains("min") && !second.rules.contains("min")
      }
  }

  /// There are as many as rules; a table with more was not written by a sweep.
  private static let mostSelections = 8
}
