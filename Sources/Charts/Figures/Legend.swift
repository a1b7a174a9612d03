import Results

/// What the lines and marks of the error curves mean, in rows that fit the width.
struct Legend {
  enum Entry {
    case line(Part)
    case band
    case hollow
    case trouble(String)
    /// The colours and directions that there are.
    case outside([Outside])

    var text: String {
      switch self {
      case .line(let part): part.title
      case .band: "± 1 standard error"
      case .hollow: "not converged"
      case .trouble(let status): statusTitle(status)
      case .outside: "outside the picture"
      }
    }

    var sampleWidth: Double {
      switch self {
      case .line, .band: 28
      case .hollow, .trouble: 12
      case .outside(let marks): Double(marks.count) * 12
      }
    }
  }

  struct Outside: Hashable {
    let part: Part
    let isAbove: Bool
  }
  let entries: [Entry]

  /// - Parameter y: the vertical scale of every panel's frame.
  init(_ panels: [CurvePanel], y: Scale, in frame: Frame) {
    let samples = panels.flatMap(\.samples)
    var entries: [Entry] = (panels.first?.parts ?? []).map { .line($0) }
    if samples.contains(where: { $0.point.estimates.values.contains { $0.standardError != nil } }) {
      entries.append(.band)
    }
    if samples.contains(where: { $0.point.status != "ok" && !$0.point.estimates.isEmpty }) {
      entries.append(.hollow)
    }
    for status in ["diverged", "singular", "failed", "not_converged"]
    where samples.contains(where: {
      $0.point.status == status && PanelDrawing.isTrouble($0.point)
    }) {
      entries.append(.trouble(status))
    }
    let outside = Self.outside(panels, y, frame)
    if !outside.isEmpty { entries.append(.outside(outside)) }
    self.entries = entries
  }

  /// What the panels draw at the upper and lower edges of their frames.
  private static func outside(_ panels: [CurvePanel], _ y: Scale, _ frame: Frame) -> [Outside] {
    var found: Set<Outside> = []
    for panel in panels {
      for sample in panel.samples {
        for part in panel.parts {
          guard let mean = panel.estimate(part, sample)?.mean,
            let isAbove = PanelDrawing.isAbove(mean, y, frame)
          else { continue }
          found.insert(Outside(part: part, isAbove: isAbove))
        }
      }
    }
    return Part.allCases.flatMap { part in
      [true, false].map { Outside(part: part, isAbove: $0) }.filter { found.contains($0) }
    }
  }

  /// Draws from the top left corner; returns the height used.
  func draw(on canvas: inout Canvas, x left: Double, y top: Double, width: Double) -> Double {
    var x = left
    var y = top + 13
    for entry in entries {
      let sampleWidth = entry.sampleWidth
      let entryWidth = sampleWidth + 6 + textWidth(entry.text, size: 13) + 18
      if x + entryWidth > left + width && x > left {
        x = left
        y += 20
      }
      drawSample(entry, x, y - 4.5, &canvas)
      canvas.text(entry.text, x + sampleWidth + 6, y, "legend")
      x += entryWidth
    }
    return entries.isEmpty ? 0 : y - top + 7
  }

  private func drawSample(_ entry: Entry, _ x: Double, _ y: Double, _ canvas: inout Canvas) {
    switch entry {
    case .line(let part):
      canvas.line(x, y, x + 28, y, "\(part.rawValue) line")
      canvas.dot(part, x + 14, y)
    case .band: canvas.rectangle(x, y - 6, 28, 12, "validation band")
    case .hollow: canvas.dot(.validation, x + 6, y, isHollow: true)
    case .trouble(let status): canvas.trouble(status, x + 6, y)
    case .outside(let marks):
      for (index, mark) in marks.enumerated() {
        canvas.outside(
          mark.part, x + 6 + Double(index) * 12, mark.isAbove ? y - 3 : y + 3, isAbove: mark.isAbove
        )
      }
    }
  }
}
