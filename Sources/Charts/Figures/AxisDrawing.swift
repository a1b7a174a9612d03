import Results
import Tables

extension Canvas {
  /// Gridlines, ticks and numbers below the frame; a break where zero stands apart.
  mutating func horizontalAxis(
    _ scale: Scale, in frame: Frame, title: String?, tickCount: Int, wholeNumbers: Bool = false
  ) {
    var lastEnd = -Double.infinity
    if let zero = scale.zeroPosition {
      line(zero, frame.bottom, zero, frame.bottom + 5, "tick")
      text("0", zero, frame.bottom + 18, "small", anchor: .middle)
      lastEnd = zero + 8
      let gap = (zero + scale.start) / 2
      rectangle(gap - 3, frame.bottom - 2, 6, 4, "paper")
      line(gap - 5, frame.bottom + 5, gap - 1, frame.bottom - 5, "tick")
      line(gap + 1, frame.bottom + 5, gap + 5, frame.bottom - 5, "tick")
    }
    for tick in scale.ticks(count: tickCount, wholeNumbers: wholeNumbers) {
      let x = scale.position(tick.value)
      guard x >= frame.x - 0.5, x <= frame.right + 0.5 else { continue }
      line(x, frame.bottom, x, frame.bottom + (tick.label == nil ? 3 : 5), "tick")
      guard let label = tick.label else { continue }
      line(x, frame.y, x, frame.bottom, "grid")
      let half = textWidth(label.text, size: 12) / 2
      if x - half < lastEnd + 4 { continue }
      number(label, x, frame.bottom + 18, "small", anchor: .middle)
      lastEnd = x + half
    }
    if let title {
      text(title, frame.x + frame.width / 2, frame.bottom + 37, "axis", anchor: .middle)
    }
  }

  /// Gridlines, ticks and numbers left of the frame.
  mutating func verticalAxis(
    _ scale: Scale, in frame: Frame, title: String?, tickCount: Int, hasNumbers: Bool = true,
    titleOffset: Double = 48
  ) {
    for tick in scale.ticks(count: tickCount) {
      let y = scale.position(tick.value)
      guard y >= frame.y - 0.5, y <= frame.bottom + 0.5 else { continue }
      line(frame.x - (tick.label == nil ? 3 : 5), y, frame.x, y, "tick")
      guard let label = tick.label else { continue }
      line(frame.x, y, frame.right, y, "grid")
      if hasNumbers { number(label, frame.x - 8, y + 4, "small", anchor: .end) }
    }
    if let title {
      text(
        title, frame.x - titleOffset, frame.y + frame.height / 2, "axis", anchor: .middle,
        rotated: true)
    }
  }

  /// The widest number that `verticalAxis` writes.
  static func widestNumber(_ scale: Scale, tickCount: Int) -> Double {
    scale.ticks(count: tickCount).compactMap(\.label)
      .map { textWidth($0.text, size: 12) }.max() ?? 0
  }

  /// The mark of a point: training a square, validation a circle, test a triangle.
  mutating func dot(_ part: Part, _ x: Double, _ y: Double, isHollow: Bool = false) {
    let style = "\(part.rawValue) dot" + (isHollow ? " hollow" : "")
    switch part {
    case .train:
      path(
        "M\(fixed(x - 2.6)) \(fixed(y - 2.6))h5.2v5.2h-5.2z", style)
    case .validation:
      path(
        "M\(fixed(x - 3.3)) \(fixed(y))a3.3 3.3 0 1 0 6.6 0a3.3 3.3 0 1 0 -6.6 0z", style)
    case .test:
      path("M\(fixed(x)) \(fixed(y - 3.8))l3.6 6.4h-7.2z", style)
    }
  }

  /// A chevron at the edge of the frame: the point of the curve of this colour lies beyond it.
  mutating func outside(_ part: Part, _ x: Double, _ y: Double, isAbove: Bool) {
    path(
      "M\(fixed(x - 4)) \(fixed(isAbove ? y + 6 : y - 6))l4 \(isAbove ? "-6" : "6")"
        + "l4 \(isAbove ? "6" : "-6")", "\(part.rawValue) outside")
  }

  /// The mark of a point without numbers: a cross for `diverged`, a plus for every other reason.
  mutating func trouble(_ status: String, _ x: Double, _ y: Double) {
    let (left, top) = (fixed(x - 4), fixed(y - 4))
    if status == "diverged" {
      path("M\(left) \(top)l8 8m0 -8l-8 8", "trouble")
    } else {
      path("M\(fixed(x)) \(top)v8M\(left) \(fixed(y))h8", "trouble")
    }
  }
}
