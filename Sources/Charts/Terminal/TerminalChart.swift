package import Results
import Tables

/// How a terminal can be written to.
package struct TerminalStyle: Sendable {
  /// Braille lines and round marks; without it plain ASCII.
  package var isUnicode: Bool
  package var hasColor: Bool
  /// Columns, held between 40 and 120.
  package var width: Int

  package init(isUnicode: Bool, hasColor: Bool, width: Int = 80) {
    self.isUnicode = isUnicode
    self.hasColor = hasColor
    self.width = max(40, min(120, width))
  }
}

/// The curve that holds the winner, for the end of `sweep run`; empty when nothing can be drawn.
///
/// Training and validation error with different marks, numbers on both axes, the selected place
/// under the axis. `winner` is the number of the point; without it the first curve is drawn. Lines end in a newline, none in a space.
package func terminalChart(
  _ table: CurveTable, metric: String, winner: Int?, style: TerminalStyle
) -> String {
  let panels = table.panels(metric: metric)
  let panel = panels.first { panel in
    panel.samples.contains { $0.point.point == winner }
  }
  guard let panel = panel ?? panels.first, panel.best != nil, panel.samples.count > 1 else {
    return ""
  }
  return TerminalChart(panel: panel, winner: winner, style: style).text()
}

private struct TerminalChart {
  let panel: CurvePanel
  let winner: Int?
  let style: TerminalStyle
  let rows = 14
  let columns: Int
  let gutter: Int
  let x: Scale
  let y: Scale

  init(panel: CurvePanel, winner: Int?, style: TerminalStyle) {
    self.panel = panel
    self.winner = winner
    self.style = style
    let extent = ErrorExtent(of: [panel])
    y = Scale(
      extent.kind, from: extent.low, to: extent.high, pixels: Double(rows * 4) - 1, 0)
    let widest = y.ticks(count: 5).compactMap { $0.label?.plainText(style.isUnicode).count }.max()
    gutter = (widest ?? 1) + 2
    columns = style.width - gutter - 2
    // The scale's own inset in dots: pixels are dots here.
    x = horizontalScale(
      panel.axis, values: panel.samples.map(\.x),
      in: Frame(x: -6, y: 0, width: Double(columns * 2) + 11, height: 0))
  }

  func text() -> String {
    var lines = [legend]
    lines.append(contentsOf: plot())
    lines.append(contentsOf: axis())
    return lines.map { $0.trimmingEnd() + "\n" }.joined()
  }

  private func mark(_ part: Part) -> Character {
    switch part {
    case .train: style.isUnicode ? "○" : "o"
    case .validation: style.isUnicode ? "●" : "*"
    case .test: style.isUnicode ? "△" : "t"
    }
  }

  private func coloured(_ text: String, _ part: Part) -> String {
    guard style.hasColor else { return text }
    let code =
      switch part {
      case .train: 34
      case .validation: 33
      case .test: 32
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }

  private var legend: String {
    let names = panel.parts.map { coloured("\(mark($0)) \($0.title)", $0) }
    let title = panel.title.isEmpty ? "" : ", \(ascii(panel.title))"
    return String(repeating: " ", count: gutter) + ascii(metricTitle(panel.metric)) + title
      + "   " + names.joined(separator: "  ")
  }

  private func plot() -> [String] {
    var lines = DotGrid(columns: columns, rows: rows)
    var marks: [Int: (character: Character, part: Part?)] = [:]
    for part in panel.parts {
      var last: (x: Double, y: Double)?
      for sample in panel.samples {
        guard let mean = panel.estimate(part, sample)?.mean else {
          last = nil
          continue
        }
        let place = (x: x.position(sample.x), y: height(mean))
        if let last { lines.line(from: last, to: place) }
        last = sample.x == 0 && x.zeroPosition != nil ? nil : place
        let row = max(0, min(rows - 1, Int(place.y / 4)))
        if place.y > -4 && place.y < Double(rows * 4) + 4 {
          marks[row * columns + column(sample.x)] = (mark(part), part)
        }
      }
    }
    for sample in panel.samples where PanelDrawing.isTrouble(sample.point) {
      marks[column(sample.x)] = (style.isUnicode ? "×" : "x", nil)
    }
    let labels = verticalLabels()
    return (0..<rows).map { row in
      let label = labels[row] ?? ""
      var text = String(repeating: " ", count: gutter - 2 - label.count) + label
      text += style.isUnicode ? (label.isEmpty ? " │" : " ┤") : (label.isEmpty ? " |" : " +")
      for column in 0..<columns {
        text += cell(row, column, lines, marks[row * columns + column])
      }
      return text
    }
  }

  private func cell(
    _ row: Int, _ column: Int, _ lines: DotGrid, _ mark: (character: Character, part: Part?)?
  ) -> String {
    if let mark {
      return mark.part.map { coloured(String(mark.character), $0) } ?? String(mark.character)
    }
    if !lines.isEmpty(column: column, row: row) {
      return style.isUnicode ? String(lines.character(column: column, row: row)) : "."
    }
    if selectedColumn == column { return style.isUnicode ? "┊" : ":" }
    return " "
  }

  private func column(_ value: Double) -> Int {
    max(0, min(columns - 1, Int(x.position(value) / 2)))
  }

  private func height(_ value: Double) -> Double {
    y.kind == .logarithmic && value <= 0 ? 1e5 : max(-1e5, min(1e5, y.position(value)))
  }

  private func verticalLabels() -> [Int: String] {
    var labels: [Int: String] = [:]
    for tick in y.ticks(count: 5) {
      let row = Int(y.position(tick.value) / 4)
      if let label = tick.label, row >= 0, row < rows, labels[row] == nil {
        labels[row] = label.plainText(style.isUnicode)
      }
    }
    return labels
  }

  private var selected: CurvePanel.Sample? {
    panel.samples.first { $0.point.point == winner }
      ?? panel.samples.first { $0.point.selectedBy.contains("min") }
  }

  private var selectedColumn: Int? { selected.map { column($0.x) } }

  private func axis() -> [String] {
    let indent = String(repeating: " ", count: gutter - 1)
    var ruler = Array(repeating: Character(style.isUnicode ? "─" : "-"), count: columns)
    var numbers = Array(repeating: Character(" "), count: columns + gutter)
    var places: [(column: Int, label: String)] = []
    if x.zeroPosition != nil { places.append((column(0), "0")) }
    for tick in x.ticks(count: 7, wholeNumbers: panel.axis == .degree) {
      if let label = tick.label {
        places.append((column(tick.value), label.plainText(style.isUnicode)))
      }
    }
    if x.zeroPosition != nil {
      let gap = Int((x.position(0) + x.start) / 4)
      ruler.replaceSubrange(gap..<(gap + 2), with: style.isUnicode ? "╱╱" : "//")
    }
    var free = 0
    for (column, label) in places {
      let start = max(0, column + gutter - label.count / 2)
      guard start >= free, start + label.count <= numbers.count else { continue }
      ruler[column] = style.isUnicode ? "┬" : "+"
      numbers.replaceSubrange(start..<(start + label.count), with: Array(label))
      free = start + label.count + 1
    }
    var lines = [indent + (style.isUnicode ? "└" : "+") + String(ruler), String(numbers)]
    guard let selected, let place = selectedColumn else { return lines }
    let rules = selected.point.selectedBy.map(ruleTitle).joined(separator: ", ")
    let name = placeText(panel.axis, selected.x)
    let text = ascii(rules.isEmpty ? name : "\(name) (\(rules))")
    let pointer = style.isUnicode ? "▲" : "^"
    let isLeft = place + gutter + text.count + 2 > style.width
    let line = isLeft ? "\(text) \(pointer)" : "\(pointer) \(text)"
    let start = isLeft ? place + gutter - text.count - 1 : place + gutter
    lines.append(String(repeating: " ", count: max(0, start)) + line)
    return lines
  }

  /// Greek letters and superscripts spelled out where only ASCII may be written.
  private func ascii(_ text: String) -> String {
    style.isUnicode ? text : asciiText(text)
  }
}

extension NumberLabel {
  fileprivate func plainText(_ isUnicode: Bool) -> String {
    if isUnicode { return text }
    guard let exponent else { return body.replacing("−", with: "-") }
    let mantissa = body.replacing("−", with: "-").replacing("×10", with: "")
    return (mantissa == "10" ? "1" : mantissa) + "e\(exponent)"
  }
}

extension String {
  fileprivate func trimmingEnd() -> String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
