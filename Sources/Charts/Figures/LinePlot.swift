/// Named lines in a frame: what learning curves, coefficient paths and spectra share.
struct LinePlot {
  struct Line {
    var name: String?
    var style: String
    var points: [(x: Double, y: Double)]
  }
  enum NameSide { case left, right }

  var lines: [Line]
  var x: Scale
  var y: Scale
  var frame: Frame
  var xTitle: String
  var yTitle: String
  /// Where the names stand; the numbers of the vertical axis stand on the other side.
  var nameSide: NameSide
  var marker: (x: Double, text: String)?
  var id: String
  var wholeNumbers = false
  var hasNumbers = true
  var tickCount = 7

  func draw(on canvas: inout Canvas) {
    canvas.horizontalAxis(
      x, in: frame, title: xTitle, tickCount: tickCount, wholeNumbers: wholeNumbers)
    switch nameSide {
    case .right:
      canvas.verticalAxis(
        y, in: frame, title: yTitle, tickCount: 6, hasNumbers: hasNumbers, titleOffset: 46)
    case .left: canvas.rightAxis(y, in: frame, title: yTitle, tickCount: 6)
    }
    canvas.rectangle(frame.x, frame.y, frame.width, frame.height, "frame")
    canvas.clipped(to: frame, id: id) { canvas in
      for line in lines {
        canvas.polyline(line.points.map { (x.position($0.x), y.position($0.y)) }, line.style)
      }
    }
    if let marker {
      let place = x.position(marker.x)
      canvas.line(place, frame.y, place, frame.bottom, "mark-line se")
      let width = textWidth(marker.text, size: 12)
      let fitsRight = place + 6 + width < frame.right
      canvas.text(
        marker.text, fitsRight ? place + 6 : place - 6 - width, frame.y + 14, "small halo")
    }
    drawNames(on: &canvas)
  }

  private func drawNames(on canvas: inout Canvas) {
    let named = lines.compactMap {
      line -> (line: Line, name: String, end: (x: Double, y: Double))? in
      guard let name = line.name, let end = nameSide == .left ? line.points.first : line.points.last
      else { return nil }
      return (line, name, end)
    }
    let wanted = named.map { max(frame.y + 6, min(frame.bottom - 6, y.position($0.end.y))) }
    let heights = spread(wanted, spacing: 15.5, within: frame.y + 6, frame.bottom - 6)
    for (index, item) in named.enumerated() {
      let height = heights[index]
      let hue = item.line.style.split(separator: " ").first.map(String.init) ?? ""
      let start = x.position(item.end.x)
      switch nameSide {
      case .right:
        canvas.line(start + 2, wanted[index], frame.right + 12, height, "leader")
        canvas.text(item.name, frame.right + 15, height + 4, "\(hue) small")
      case .left:
        canvas.line(start - 2, wanted[index], frame.x - 12, height, "leader")
        canvas.text(
          shortened(item.name, to: frame.x - 35, size: 12), frame.x - 15, height + 4,
          "\(hue) small", anchor: .end)
      }
    }
  }
}

extension Canvas {
  /// The vertical axis on the right of the frame.
  fileprivate mutating func rightAxis(
    _ scale: Scale, in frame: Frame, title: String, tickCount: Int
  ) {
    for tick in scale.ticks(count: tickCount) {
      let y = scale.position(tick.value)
      guard y >= frame.y - 0.5, y <= frame.bottom + 0.5 else { continue }
      line(frame.right, y, frame.right + 5, y, "tick")
      guard let label = tick.label else { continue }
      line(frame.x, y, frame.right, y, "grid")
      number(label, frame.right + 8, y + 4, "small")
    }
    text(
      title, frame.right + 58, frame.y + frame.height / 2, "axis", anchor: .middle, rotated: true)
  }
}
