package import Results
import Tables

/// A result folder as one HTML file that needs nothing else: `sweep report`.
///
/// The question, the answer in sentences, warnings, curves, a table, the winner's coefficients and
/// where the numbers come from. It reads without JavaScript; with it, values show on hover or by
/// arrow keys, and the table sorts. The same folder gives the same bytes.
package func report(_ folder: ResultFolder) -> String {
  let panels = folder.curve.panels(metric: folder.metric)
  let answer = Answer(folder, panels)
  let script = ReportScript.text
  let sections = [
    header(folder, answer), warningSection(folder, panels), curveSection(folder, panels),
    tableSection(folder),
    coefficientSection(folder), provenanceSection(folder),
  ]
  return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
    style-src 'unsafe-inline'; script-src 'sha256-\(SHA256.base64(Array(script.utf8)))'; img-src data:">
    <meta name="color-scheme" content="light dark">
    <link rel="icon" href="data:,">
    <title>\(escaped(folder.name)): \(escaped(answer.headline))</title>
    <style>
    \(ReportStyle.sheet)
    \(PictureStyle.sheet)
    </style>
    </head>
    <body>
    <main>
    \(sections.filter { !$0.isEmpty }.joined(separator: "\n"))
    </main>
    <div id="tip" role="status" hidden></div>
    <script>\(script)</script>
    </body>
    </html>

    """
}

private func header(_ folder: ResultFolder, _ answer: Answer) -> String {
  var lines = ["<header>", "<h1>\(escaped(folder.name))</h1>"]
  if let question = folder.question, !question.isEmpty {
    lines.append("<p class=\"question\">\(escaped(excerpt(question, limit: 10_000)))</p>")
  }
  lines += ["</header>", "<section aria-labelledby=\"answer\">"]
  lines.append("<h2 id=\"answer\">\(escaped(answer.headline))</h2>")
  lines += (answer.sentences + [folder.classSentence].compactMap { $0 })
    .map { "<p>\(escaped($0))</p>" }
  lines.append("</section>")
  return lines.joined(separator: "\n")
}

private func warningSection(_ folder: ResultFolder, _ panels: [CurvePanel]) -> String {
  let warnings = folder.warnings(panels)
  if warnings.isEmpty { return "" }
  let items = warnings.map { "<li>\(escaped($0))</li>" }.joined(separator: "\n")
  return """
    <section class="warnings" aria-labelledby="warnings">
    <h2 id="warnings">Before you trust it</h2>
    <ul>
    \(items)
    </ul>
    </section>
    """
}

private func curveSection(_ folder: ResultFolder, _ panels: [CurvePanel]) -> String {
  let winner = folder.winner?.point
  let folds = folder.folds
  var lines = ["<section aria-labelledby=\"curves\">", "<h2 id=\"curves\">Curves</h2>"]
  let winning = panels.first { panel in
    panel.samples.contains { $0.point.point == winner }
  }
  if let panel = winning ?? panels.first {
    let name = panel.title.isEmpty ? folder.name : "\(folder.name), \(panel.title)"
    let figure = { (id: String, narrow: Bool) in
      CurveFigure(
        panel: panel, folds: folds, title: name, id: id, layout: .embedded(narrow: narrow))
    }
    lines.append(
      responsiveFigure(id: "curve", caption: figure("curve", false).subtitle, figure))
  }
  for (index, panel) in folder.profiles.enumerated() {
    let figure = { (id: String, narrow: Bool) in
      CurveFigure(
        panel: panel, folds: folds, title: "\(folder.name), \(panel.title)", id: id,
        layout: .embedded(narrow: narrow))
    }
    let id = "profile\(index)"
    lines.append(responsiveFigure(id: id, caption: figure(id, false).subtitle, figure))
  }
  if panels.count > 1 {
    let figure = { (id: String, narrow: Bool) in
      CurveFigure(
        best: panels, folds: folds, metric: folder.metric,
        title: "\(folder.name), every combination", id: id, layout: .embedded(narrow: narrow))
    }
    let all = figure("all", false)
    let count = all.droppedPanels > 0 ? "The best \(all.panels.count)" : "All \(panels.count)"
    lines.append("<h3>\(count) combinations on one scale</h3>")
    lines.append(responsiveFigure(id: "all", caption: all.subtitle, figure))
  }
  for (index, drawing) in folder.furtherFigures(panels).enumerated() {
    lines += [
      "<figure class=\"scroll\">", embeddedSVG(drawing, id: "further\(index)") + "</figure>",
    ]
  }
  return (lines + ["</section>"]).joined(separator: "\n")
}

/// The figure for a wide window and for a narrow one; the style sheet shows one of them.
private func responsiveFigure(
  id: String, caption: String, _ figure: (_ id: String, _ narrow: Bool) -> CurveFigure
) -> String {
  let wide = embeddedSVG(figure(id, false).drawing(), id: id)
  let narrow = embeddedSVG(figure("\(id)-n", true).drawing(), id: "\(id)-n")
  return """
    <figure tabindex="0" aria-label="Curve; arrow keys read its values">
    <figcaption>\(escaped(caption))</figcaption>
    <div class="wide">\(wide)</div>
    <div class="narrow">\(narrow)</div>
    </figure>
    """
}

private func provenanceSection(_ folder: ResultFolder) -> String {
  let entries = provenance(folder)
  if entries.isEmpty { return "" }
  let items = entries.prefix(100).map { entry in
    "<dt>\(escaped(excerpt(entry.name)))</dt><dd>\(escaped(excerpt(entry.value, limit: 2000)))</dd>"
  }
  var lines = [
    "<section aria-labelledby=\"provenance\">",
    "<h2 id=\"provenance\">Where the numbers come from</h2>", "<dl>",
  ]
  lines += items + ["</dl>"]
  if let text = folder.run?["spec"]?.string {
    lines.append(
      "<details><summary>The experiment as it was written</summary><pre>\(escaped(excerpt(text, limit: 500_000)))</pre></details>"
    )
  }
  return (lines + ["</section>"]).joined(separator: "\n")
}
