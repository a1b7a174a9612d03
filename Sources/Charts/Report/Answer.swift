import Results
import Tables

/// The result of a sweep in sentences, from the winner and the ends of its curve.
struct Answer {
  let headline: String
  let sentences: [String]

  init(_ folder: ResultFolder, _ panels: [CurvePanel]) {
    let curve = folder.curve
    let metric = folder.metric
    guard let winner = folder.winner, winner.mean(.validation, metric) != nil else {
      headline = "No point can be recommended"
      sentences = ["No point of the grid ended with a validation error."]
      return
    }
    let panel = panels.first { $0.samples.contains { $0.point.point == winner.point } }
    if let panel, panel.samples.count > 1, let x = winner.setting[panel.axis]?.number {
      headline = placeText(panel.axis, x)
      sentences =
        [Self.choice(winner, folder)] + Self.sides(panel, winner: winner)
        + Self.solvers(curve, metric: metric, rule: folder.rule)
    } else {
      headline = Self.shortText(winner, folder.curve)
      sentences =
        [Self.choice(winner, folder)] + Self.solvers(curve, metric: metric, rule: folder.rule)
    }
  }

  /// The point by its solver and the axes that tell it from the solver's others.
  private static func shortText(_ point: CurvePoint, _ curve: CurveTable) -> String {
    let peers = curve.points.filter { $0.setting[.solver] == point.setting[.solver] }
    let axes = curve.tellingAxes(among: peers)
    return point.setting.text(
      of: axes.contains(.solver) ? axes : [.solver] + axes, isRounded: true)
  }

  /// Who was chosen, by what, and how good it is.
  private static func choice(_ winner: CurvePoint, _ folder: ResultFolder) -> String {
    let rule =
      folder.rule == "one_standard_error"
      ? "the most regularised point within one standard error of the best"
      : "the best mean on validation rows"
    let place = shortText(winner, folder.curve)
    var text = "\(place) is \(rule): \(metricTitle(folder.metric))"
    text += " \(estimateText(winner.estimates[Measure(.validation, folder.metric)])) on validation"
    text +=
      " and \(estimateText(winner.estimates[Measure(.train, folder.metric)])) on training rows"
    if let test = winner.estimates[Measure(.test, folder.metric)] {
      text += ", \(estimateText(test)) on test rows"
    }
    return text + "."
  }

  /// What happens left and right of the choice.
  private static func sides(_ panel: CurvePanel, winner: CurvePoint) -> [String] {
    guard let first = panel.samples.first(where: { panel.estimate(.validation, $0) != nil }),
      let last = panel.samples.last(where: { panel.estimate(.validation, $0) != nil })
    else { return [] }
    switch panel.axis {
    case .lambda:
      return [
        side(first, word: "below", panel, winner, isWeaker: true),
        side(last, word: "above", panel, winner, isWeaker: false),
      ].compactMap { $0 }
    case .radius, .degree, .epochs:
      return [
        side(first, word: "below", panel, winner, isWeaker: false),
        side(last, word: "above", panel, winner, isWeaker: true),
      ].compactMap { $0 }
    case .trainSize: return [growth(from: first, to: last, panel)]
    default: return []
    }
  }

  /// One end of the curve: over- or underfitting, when the numbers show it.
  private static func side(
    _ end: CurvePanel.Sample, word: String, _ panel: CurvePanel, _ winner: CurvePoint,
    isWeaker: Bool
  ) -> String? {
    let metric = panel.metric
    guard end.point.point != winner.point, let validation = panel.estimate(.validation, end)?.mean,
      let best = winner.mean(.validation, metric)
    else { return nil }
    let place = placeText(panel.axis, end.x)
    var numbers = "validation \(readable(validation))"
    if let training = panel.estimate(.train, end)?.mean {
      numbers = "training \(metricNoun(metric)) \(readable(training)), " + numbers
    }
    let error = winner.estimates[Measure(.validation, metric)]?.standardError ?? 0
    let isWorse =
      isBetter(best, than: validation, metric: metric) && abs(validation - best) > error
    let side = word.prefix(1).uppercased() + word.dropFirst()
    guard isWorse else { return "\(side) it validation changes little: \(numbers) at \(place)." }
    let trainingIsBetter = zipped(
      panel.estimate(.train, end)?.mean, winner.mean(.train, metric)
    ).map { isBetter($0, than: $1, metric: metric) }
    let verdict =
      switch (isWeaker, trainingIsBetter) {
      case (true, true?): "the model overfits"
      case (false, false?): "the model underfits"
      default: "validation gets worse"
      }
    return "\(side) it \(verdict): \(numbers) at \(place)."
  }

  private static func growth(
    from first: CurvePanel.Sample, to last: CurvePanel.Sample, _ panel: CurvePanel
  ) -> String {
    func gap(_ sample: CurvePanel.Sample) -> String {
      "training \(estimateText(panel.estimate(.train, sample)))"
        + " and validation \(estimateText(panel.estimate(.validation, sample)))"
    }
    return
      "With \(readable(first.x)) training rows: \(gap(first)); with \(readable(last.x)): \(gap(last))."
  }

  /// The best of each solver, when there are several.
  private static func solvers(_ curve: CurveTable, metric: String, rule: String) -> [String] {
    let marked = curve.points.filter { $0.selectedBy.contains(rule) }
    guard Set(marked.map { $0.setting[.solver] }).count > 1 else { return [] }
    let told = curve.varyingAxes.filter { ![.solver, .schedule, .epochs].contains($0) }
    let items = marked.prefix(20).map { point in
      "\(point.setting[.solver]?.text ?? "") \(estimateText(point.estimates[Measure(.validation, metric)]))"
        + " (\(point.setting.text(of: told, isRounded: true)))"
    }
    return ["By solver, validation \(metric): \(items.joined(separator: "; "))."]
  }

  private static func metricNoun(_ metric: String) -> String {
    largerIsBetter(metric) ? metric : "error"
  }
}

/// `3051 ± 160`
func estimateText(_ estimate: Estimate?) -> String {
  guard let estimate else { return "unknown" }
  guard let error = estimate.standardError else { return readable(estimate.mean) }
  return "\(readable(estimate.mean)) ± \(readable(error, digits: 2))"
}

private func zipped<A, B>(_ first: A?, _ second: B?) -> (A, B)? {
  if let first, let second { (first, second) } else { nil }
}
