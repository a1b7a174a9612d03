package import Results

/// Figures one below the other as one SVG document with its own background and style sheet.
func svgDocument(_ figures: [Drawing]) -> String {
  let width = figures.map(\.width).max() ?? 0
  let height = figures.map(\.height).reduce(0, +)
  let title = figures.first?.title ?? ""
  let description = figures.map(\.description).joined(separator: " ")
  var canvas = Canvas()
  canvas.rectangle(0, 0, width, height, "paper")
  var y = 0.0
  for figure in figures {
    canvas.place(figure, atY: y)
    y += figure.height
  }
  return """
    <?xml version="1.0" encoding="UTF-8"?>
    <svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 \(fixed(width)) \(fixed(height))" \
    width="\(fixed(width))" height="\(fixed(height))" style="max-width:100%;height:auto" role="img" aria-labelledby="title desc">
    <title id="title">\(escaped(title))</title>
    <desc id="desc">\(escaped(description))</desc>
    <style>
    \(PictureStyle.sheet)
    </style>
    \(canvas.body)</svg>

    """
}

/// The same inside an HTML page: no prolog, and the page has the style sheet.
func embeddedSVG(_ figure: Drawing, id: String) -> String {
  """
  <svg class="chart" viewBox="0 0 \(fixed(figure.width)) \(fixed(figure.height))" role="img" \
  aria-labelledby="\(id)-title \(id)-desc">
  <title id="\(id)-title">\(escaped(figure.title))</title>
  <desc id="\(id)-desc">\(escaped(figure.description))</desc>
  <rect class="paper" width="\(fixed(figure.width))" height="\(fixed(figure.height))"/>
  \(figure.body)</svg>

  """
}

/// The error curves of a sweep as an SVG document.
///
/// - Parameters:
///   - metric: the metric to draw; by default the first of the table.
///   - title: the experiment's name.
package func svg(_ table: CurveTable, metric: String? = nil, title: String) -> String {
  let metric = metric ?? table.metrics.first ?? ""
  let folds = table.points.map(\.folds).max() ?? 1
  return svgDocument([
    CurveFigure(best: table.panels(metric: metric), folds: folds, metric: metric, title: title)
      .drawing()
  ])
}

/// Everything a result folder has to show, one figure below the other: `sweep plot`.
package func svg(_ folder: ResultFolder) -> String {
  let panels = folder.curve.panels(metric: folder.metric)
  let curve = CurveFigure(
    best: panels, folds: folder.folds, metric: folder.metric, title: folder.name
  ).drawing()
  let profiles = folder.profiles.enumerated().map { index, panel in
    CurveFigure(
      panel: panel, folds: folder.folds, title: folder.name, id: "profile\(index)", layout: .page
    ).drawing()
  }
  return svgDocument([curve] + profiles + folder.furtherFigures(panels))
}

extension ResultFolder {
  /// The winner's solver against its other axes; see `CurveTable.profiles`.
  var profiles: [CurvePanel] {
    curve.profiles(metric: metric, solver: winner?.setting[.solver])
  }

  var folds: Int { curve.points.map(\.folds).max() ?? 1 }

  /// The figures of the optional tables that are there.
  func furtherFigures(_ panels: [CurvePanel]) -> [Drawing] {
    var figures: [Drawing] = []
    if let history, let figure = HistoryFigure.drawing(history, curve: curve) {
      figures.append(figure)
    }
    if let coefficients, let winner = winner?.point,
      let figure = CoefficientFigure.drawing(
        coefficients, panels: panels, winner: winner)
    {
      figures.append(figure)
    }
    if let spectrum,
      let figure = SpectrumFigure.drawing(spectrum, selected: winner?.lambdaMean)
    {
      figures.append(figure)
    }
    return figures
  }
}
