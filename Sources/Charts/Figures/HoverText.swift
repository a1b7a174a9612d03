import Results
import Tables

/// `λ = 0.1`, `radius = 3`: a point's place on an axis.
func placeText(_ axis: Axis, _ value: Double) -> String {
  "\(axis.symbol) = \(readable(value))"
}

/// What a reader sees when pointing at a sample.
func hoverText(_ sample: CurvePanel.Sample, in panel: CurvePanel) -> String {
  var lines = [placeText(panel.axis, sample.x)]
  if panel.isProfile {
    lines.append(sample.point.setting.text(of: [.lambda, .radius], isRounded: true))
  }
  for part in panel.parts.reversed() {
    guard let estimate = panel.estimate(part, sample) else { continue }
    var line = "\(part.title) \(panel.metric) \(readable(estimate.mean))"
    if let error = estimate.standardError { line += " ± \(readable(error, digits: 2))" }
    lines.append(line)
  }
  if let df = sample.point.effectiveDF { lines.append("effective df \(readable(df))") }
  if sample.point.status != "ok" { lines.append(statusTitle(sample.point.status)) }
  if !sample.point.selectedBy.isEmpty {
    lines.append("selected: " + sample.point.selectedBy.map(ruleTitle).joined(separator: ", "))
  }
  return lines.joined(separator: "\n")
}

func statusTitle(_ status: String) -> String { excerpt(status).replacing("_", with: " ") }

func ruleTitle(_ rule: String) -> String { excerpt(rule).replacing("_", with: " ") }
