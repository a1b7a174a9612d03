import Results
import Tables

/// Shrinkage of each principal direction, μ/(μ + λ), for a few λ: what the penalty takes away.
struct SpectrumFigure {
  /// - Parameter selected: the λ of the objective at the winner; it is among the lines.
  static func drawing(_ spectrum: SpectrumTable, selected: Double?) -> Drawing? {
    let count = spectrum.eigenvalues.count
    guard count > 1, !spectrum.lambdas.isEmpty else { return nil }
    let chosen = selected.flatMap { wanted in
      spectrum.lambdas.indices.min {
        abs(spectrum.lambdas[$0] - wanted) < abs(spectrum.lambdas[$1] - wanted)
      }
    }
    let shown = picked(spectrum.lambdas.count, with: chosen)
    let width = 760.0
    let frame = Frame(x: 74, y: 78, width: width - 74 - 150, height: 260)
    let lines = shown.enumerated().map { rank, index in
      let value = readable(spectrum.lambdas[index], digits: 3)
      let isChosen = index == chosen
      return LinePlot.Line(
        name: "λ = \(value)\(isChosen ? " selected" : "")",
        style: "hue\(isChosen ? 1 : [0, 2, 3, 4, 6, 7][rank % 6]) line",
        points: spectrum.shrinkage[index].enumerated().map { (Double($0.offset + 1), $0.element) })
    }
    let plot = LinePlot(
      lines: lines,
      x: Scale(
        .linear, from: 1, to: Double(count), pixels: frame.x + 10, frame.right - 10),
      y: Scale(.linear, from: 0, to: 1, pixels: frame.bottom - 6, frame.y + 8), frame: frame,
      xTitle: "principal direction, largest variance first", yTitle: "shrinkage μ/(μ + λ)",
      nameSide: .right, marker: nil, id: "spectrum", wholeNumbers: true)
    var canvas = Canvas()
    canvas.text("Shrinkage of the spectrum", 20, 30, "title")
    let first = readable(spectrum.eigenvalues.first ?? 0)
    let last = readable(spectrum.eigenvalues.last ?? 0)
    canvas.text(
      "mean over folds; 1 keeps a direction, 0 removes it; eigenvalues from \(first) to \(last)",
      20,
      51, "muted")
    plot.draw(on: &canvas)
    return Drawing(
      title: "Shrinkage of the spectrum",
      description: "\(count) principal directions, eigenvalues from \(first) to \(last).",
      width: width, height: frame.bottom + 56, body: canvas.body)
  }

  /// At most six places, evenly spread, the chosen one among them.
  private static func picked(_ count: Int, with chosen: Int?) -> [Int] {
    if count <= 6 { return Array(0..<count) }
    var places = (0..<6).map { $0 * (count - 1) / 5 }
    if let chosen, !places.contains(chosen) {
      let nearest = places.indices.min { abs(places[$0] - chosen) < abs(places[$1] - chosen) } ?? 0
      places[nearest] = chosen
    }
    return places
  }
}
