/// The looks of every picture: Okabe and Ito's palette, told apart by dash and mark too.
///
/// Colours stand in classes, not attributes, so that one sheet serves white paper and dark screens;
/// each picture carries its own background and is readable where style sheets are ignored.
enum PictureStyle {
  static let fontFamily = "Helvetica, Arial, 'Liberation Sans', sans-serif"

  /// The eight colours for unordered lines: (on white, on dark).
  static let wheel: [(light: String, dark: String)] = [
    ("#0072B2", "#56B4E9"), ("#D55E00", "#E69F00"), ("#009E73", "#2CC295"),
    ("#CC79A7", "#E3A1C5"), ("#A87900", "#F0E442"), ("#3A8FC4", "#8CCBF2"),
    ("#5B4B9A", "#A99BE3"), ("#333333", "#E8E8E8"),
  ]

  static var sheet: String {
    """
    \(rules)
    \(colours(dark: false))
    @media (prefers-color-scheme: dark) {
    \(colours(dark: true))
    }
    @media print {
    \(colours(dark: false))
    }
    """
  }

  private static let rules = """
    .chart text { font-family: \(fontFamily); font-size: 13px; }
    .chart text.title { font-size: 18px; font-weight: bold; }
    .chart text.panel { font-weight: bold; }
    .chart text.small { font-size: 12px; }
    .chart tspan.sup { font-size: 9.5px; }
    .chart .frame, .chart .grid, .chart .tick, .chart .line, .chart .mark-line { fill: none; }
    .chart .grid { stroke-width: 1; }
    .chart .frame, .chart .tick { stroke-width: 1; }
    .chart .line { stroke-width: 2.2; stroke-linejoin: round; stroke-linecap: round; }
    .chart .train.line { stroke-dasharray: 7 4; }
    .chart .test.line { stroke-dasharray: 1.5 4; }
    .chart .faint.line { stroke-width: 1; }
    .chart .leader { stroke-width: 0.8; fill: none; }
    .chart .band { stroke: none; fill-opacity: 0.2; }
    .chart .dot { stroke-width: 1.4; }
    .chart .outside { stroke-width: 2; fill: none; stroke-linecap: round; }
    .chart .mark-line { stroke-width: 1.4; }
    .chart .mark-line.se { stroke-dasharray: 5 3; }
    .chart .trouble { stroke-width: 2; fill: none; stroke-linecap: round; }
    .chart text.halo { paint-order: stroke; stroke-width: 4px; stroke-linejoin: round; }
    .chart .hit { fill: transparent; stroke: none; }
    """

  private static func colours(dark: Bool) -> String {
    let ink = dark ? "#E8E8E8" : "#222222"
    let muted = dark ? "#A9AFB8" : "#595959"
    let faint = dark ? "#4A515C" : "#C4C4C4"
    let grid = dark ? "#2B3038" : "#EBEBEB"
    let paper = dark ? "#15181D" : "#FFFFFF"
    let trouble = dark ? "#FF8A80" : "#B00020"
    var lines = [
      ".chart .paper { fill: \(paper); }",
      ".chart text { fill: \(ink); }",
      ".chart text.halo { stroke: \(paper); }",
      ".chart text.muted { fill: \(muted); }",
      ".chart .frame, .chart .tick { stroke: \(muted); }",
      ".chart .grid { stroke: \(grid); }",
      ".chart .mark-line { stroke: \(ink); }",
      ".chart .leader { stroke: \(muted); }",
      ".chart .faint.line { stroke: \(faint); }",
      ".chart .trouble { stroke: \(trouble); }",
      ".chart text.trouble-text { fill: \(trouble); }",
    ]
    for (name, index) in [("train", 0), ("validation", 1), ("test", 2)] {
      let colour = dark ? wheel[index].dark : wheel[index].light
      lines.append(contentsOf: classes(name, colour: colour, paper: paper))
    }
    for (index, pair) in wheel.enumerated() {
      lines.append(
        contentsOf: classes("hue\(index)", colour: dark ? pair.dark : pair.light, paper: paper))
    }
    return lines.joined(separator: "\n")
  }

  private static func classes(_ name: String, colour: String, paper: String) -> [String] {
    [
      ".chart .\(name).line { stroke: \(colour); }",
      ".chart .\(name).band { fill: \(colour); }",
      ".chart .\(name).dot { fill: \(colour); stroke: \(colour); }",
      ".chart .\(name).hollow { fill: \(paper); }",
      ".chart .\(name).outside { stroke: \(colour); }",
      ".chart text.\(name) { fill: \(colour); }",
    ]
  }
}
