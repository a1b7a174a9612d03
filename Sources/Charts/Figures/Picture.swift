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
    width="\(fixed(width))" height="\(fixed(height))" role="img" aria-labelledby="title desc">
    <title id="title">\(escaped(title))</title>
    <desc id="desc">\(escaped(description))</desc>
    <style>
    \(PictureStyle.sheet)
    </style>
    \(canvas.body)</svg>

    """
}

/// The error curves of a sweep as an SVG document.
///
/// - Parameters:
///   - metric: the metric to draw; by default the first of the table.
///   - title: the experiment's name.
package func svg(_ table: CurveTable, metric: String? = nil, title: String) -> String {
  let metric = metric ?? table.metrics.first ?? ""
  return svgDocument([CurveFigure(table, metric: metric, title: title).drawing()])
}
