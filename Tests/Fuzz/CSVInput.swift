import Datasets

/// A CSV file and a way to read it: mostly a table that is right, then perhaps damaged.
struct CSVInput {
  var bytes: [UInt8]
  var source: CSVSource
  var labelColumn: String?
  var allowedLabels: [String]?

  private static let words = ["u", "v", "w", "other", "é", "e\u{301}", "a,b", "x\"y", "two\nlines"]
  private static let missing = ["", "NA", "?", "NaN", " ", "null"]

  private enum Kind: CaseIterable { case number, word, truth, label, fold, weight }

  init(_ draw: inout Draw) {
    source = CSVSource(path: "", target: "y", dialect: CSVDialect(&draw))
    let dialect = source.dialect
    source.hasHeader = !draw.chance(10)
    if draw.chance(50) { source.missing = .dropRows }
    if draw.chance(10) { source.missingValues = draw.pick([[], ["-999"], ["", "1"], ["x"]]) }
    let hole = draw.chance(60) ? 0 : 5
    let lineEnd = draw.pick(["\n", "\n", "\r\n"])
    var columns: [(name: String, kind: Kind)] = (0..<1 + draw.below(4)).map { index in
      (draw.chance(5) ? "" : "a\(index)", draw.chance(60) ? .number : draw.pick(Kind.allCases))
    }
    let targetKind: Kind = draw.pick([.number, .number, .word, .truth])
    columns.insert(("y", targetKind), at: draw.below(columns.count + 1))
    if !source.hasHeader {
      for index in columns.indices {
        if columns[index].name == "y" { source.target = "c\(index + 1)" }
        columns[index].name = "c\(index + 1)"
      }
    }
    for column in columns where column.name != source.target {
      if column.kind == .weight, source.weightColumn == nil, draw.chance(80) {
        source.weightColumn = column.name
        continue
      }
      let splits = column.kind == .label || column.kind == .fold
      if splits, labelColumn == nil, draw.chance(50) {
        labelColumn = column.name
        if column.kind == .label { allowedLabels = ["train", "validation", "test"] }
      } else if splits || column.kind == .word, draw.chance(90) {
        source.categorical.append(
          CategoricalColumn(
            column.name, levels: draw.chance(30) ? .all : .dropFirst,
            minimumCount: draw.chance(40) ? 1 + draw.below(5) : 1))
      }
    }
    if draw.chance(10) { source.drop = [draw.pick(columns).name] }
    if draw.chance(10) { source.features = [draw.pick(columns).name, draw.pick(columns).name] }
    if draw.chance(5) { source.target = draw.pick(["z", "", "Y", columns[0].name]) }

    let target = source.target
    var text = draw.chance(10) ? "\u{FEFF}" : ""
    for _ in 0..<min(max(dialect.skippedLineCount, 0), 9) { text += dialect.junk(&draw) + lineEnd }
    if source.hasHeader {
      text += dialect.line(columns.map(\.name), &draw) + lineEnd
    }
    for _ in 0..<draw.below(draw.chance(5) ? 300 : 12) {
      let cells = columns.map { column -> String in
        if draw.chance(hole) { return draw.pick(Self.missing) }
        let count = column.name == target ? 2 : Self.words.count
        let cell = Self.cell(column.kind, count, &draw)
        return column.kind == .number ? dialect.number(cell, &draw) : cell
      }
      text += dialect.line(cells, &draw) + lineEnd
      if draw.chance(3), let comment = dialect.comment {
        text += comment + dialect.junk(&draw) + lineEnd
      }
      if draw.chance(3) { text += lineEnd }
    }
    if draw.chance(20), text.hasSuffix(lineEnd) { text.removeLast(lineEnd.count) }
    bytes = dialect.bytes(text)
  }

  private static func cell(_ kind: Kind, _ wordCount: Int, _ draw: inout Draw) -> String {
    switch kind {
    case .number:
      switch draw.below(4) {
      case 0: "\(draw.below(20))"
      case 1: "-\(draw.below(1000)).\(draw.below(1000))"
      case 2: "\(Double(draw.below(1 << 40)) / 1024)e\(draw.below(40) - 20)"
      default: "\(Double(bitPattern: draw.bits() & 0x3FFF_FFFF_FFFF_FFFF))"
      }
    case .weight: draw.chance(3) ? draw.pick(["-1", "1e-300", "true"]) : "\(draw.below(8))"
    case .word: words[draw.below(wordCount)]
    case .truth: draw.pick(["true", "false", "TRUE", "False"])
    case .label: draw.pick(["train", "train", "validation", "test"])
    case .fold: "\(draw.below(3))"
    }
  }
}
