import Results
import Tables

/// The points as a table that sorts by any column.
func tableSection(_ folder: ResultFolder) -> String {
  let mostRows = 2000
  let curve = folder.curve
  let axes = curve.varyingAxes.isEmpty ? [Axis.solver] : curve.varyingAxes
  let shown = rows(folder, count: mostRows)
  let winner = folder.winner?.point
  let measures = curve.metrics.flatMap { metric in
    curve.parts(of: metric).map { Measure($0, metric) }
  }
  let hasDF = curve.points.contains { $0.effectiveDF != nil }
  let hasNorm = curve.points.contains { $0.weightNorm != nil }

  var heads = axes.map { axis in
    let isNumber = curve.points.contains { $0.setting[axis]?.number != nil }
    return head(axis.symbol, isNumber: isNumber)
  }
  heads += measures.map { head("\($0.part.title) \($0.metric)", isNumber: true) }
  if hasNorm { heads.append(head("‖w‖", isNumber: true)) }
  if hasDF { heads.append(head("df", isNumber: true)) }
  heads += [head("status", isNumber: false), head("selected", isNumber: false)]
  let body = shown.map { point in
    var cells = axes.map { cell(point.setting[$0]) }
    cells += measures.map { measure in
      let estimate = point.estimates[measure]
      return cell(estimate.map { estimateText($0) } ?? "", key: estimate?.mean)
    }
    if hasNorm {
      cells.append(cell(point.weightNorm.map { readable($0) } ?? "", key: point.weightNorm))
    }
    if hasDF {
      cells.append(cell(point.effectiveDF.map { readable($0) } ?? "", key: point.effectiveDF))
    }
    cells.append("<td>\(escaped(statusTitle(point.status)))</td>")
    cells.append("<td>\(escaped(point.selectedBy.map(ruleTitle).joined(separator: ", ")))</td>")
    let isWinner = point.point == winner
    return "<tr\(isWinner ? " class=\"winner\"" : "")>\(cells.joined())</tr>"
  }
  let note =
    shown.count < curve.points.count
    ? "<p>The \(shown.count) points with the best validation \(folder.metric) of \(curve.points.count).</p>"
    : ""
  return """
    <section aria-labelledby="points">
    <h2 id="points">Every point</h2>
    \(note)
    <div class="scroll" tabindex="0" role="region" aria-labelledby="points">
    <table class="sortable">
    <thead><tr>\(heads.joined())</tr></thead>
    <tbody>
    \(body.joined(separator: "\n"))
    </tbody>
    </table>
    </div>
    </section>
    """
}

/// What a page of five megabytes has room for beside everything else.
private let mostCoefficients = 5000

/// The winner's coefficients, largest first, with bars.
func coefficientSection(_ folder: ResultFolder) -> String {
  let (values, isRefit) = folder.winnerCoefficients
  if values.isEmpty { return "" }
  let ranked = values.indices.filter { !values[$0].isIntercept }.sorted {
    values[$0].size == values[$1].size ? $0 < $1 : values[$0].size > values[$1].size
  }
  let largest = ranked.first.map { values[$0].size } ?? 0
  let intercept = values.indices.filter { values[$0].isIntercept }
  let hasStandardized = isRefit && values.contains { $0.standardized != nil }

  func row(_ index: Int) -> String {
    let weight = values[index]
    let share = largest > 0 ? min(1, weight.size / largest) : 0
    let sign = (weight.standardized ?? weight.value) < 0 ? " negative" : ""
    let bar = "<span class=\"bar\(sign)\" style=\"width:\(fixed(share * 100))%\"></span>"
    var text = "<tr><th scope=\"row\">\(escaped(excerpt(weight.feature)))</th>"
    text += cell(readable(weight.value), key: weight.value)
    if hasStandardized {
      text += cell(weight.standardized.map { readable($0) } ?? "", key: weight.standardized)
    }
    return text
      + "<td class=\"bars\" aria-hidden=\"true\">\(weight.isIntercept ? "" : bar)</td></tr>"
  }
  func table(_ rows: some Sequence<Int>) -> String {
    var heads = [
      head("feature", isNumber: false),
      head(isRefit ? "coefficient" : "standardised coefficient", isNumber: true),
    ]
    if hasStandardized { heads.append(head("standardised", isNumber: true)) }
    let cells = heads.joined() + "<td></td>"
    return "<table class=\"coefficients\"><thead><tr>\(cells)</tr></thead><tbody>\n"
      + rows.map(row).joined(separator: "\n") + "\n</tbody></table>"
  }

  let first = 20
  var lines = [
    "<section aria-labelledby=\"coefficients\">",
    "<h2 id=\"coefficients\">The winner's coefficients</h2>",
    isRefit
      ? "<p>Refitted on all training and validation rows.</p>"
      : "<p>Standardised, mean over folds.</p>",
    table(intercept + ranked.prefix(first)),
  ]
  if ranked.count > first {
    let smaller = ranked.dropFirst(first)
    let shown = smaller.prefix(mostCoefficients)
    let rest = smaller.count - shown.count
    lines.append(
      "<details><summary>\(smaller.count) smaller ones</summary>\n" + table(shown)
        + (rest > 0 ? "\n<p>… and \(rest) more in best.json</p>" : "") + "\n</details>")
  }
  return (lines + ["</section>"]).joined(separator: "\n")
}

/// The points in their order; of very many, the best.
private func rows(_ folder: ResultFolder, count: Int) -> [CurvePoint] {
  let points = folder.curve.points
  if points.count <= count { return points }
  let metric = folder.metric
  let means = points.map { $0.mean(.validation, metric) }
  let ranked = points.indices.sorted { first, second in
    guard let a = means[first] else { return false }
    guard let b = means[second] else { return true }
    return a == b ? first < second : isBetter(a, than: b, metric: metric)
  }
  return ranked.prefix(count).sorted().map { points[$0] }
}

private func cell(_ value: AxisValue?) -> String {
  switch value {
  case .number(let number): cell(shortest(number), key: number)
  case .word(let word): "<td>\(escaped(excerpt(word)))</td>"
  case nil: "<td></td>"
  }
}

/// A cell that sorts by its exact number and shows a rounded one.
private func cell(_ text: String, key: Double?) -> String {
  guard let key else { return "<td class=\"n\">\(escaped(text))</td>" }
  return "<td class=\"n\" data-v=\"\(shortest(key))\">\(escaped(text))</td>"
}

private func head(_ text: String, isNumber: Bool) -> String {
  "<th scope=\"col\"\(isNumber ? " class=\"n\"" : "")>\(escaped(text))</th>"
}
