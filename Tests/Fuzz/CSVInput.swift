import Datasets

/// A CSV file and a way to read it: mostly a table that is right, then perhaps damaged.
struct CSVInput {
  var bytes: [UInt8]
  var source: CSVSource
  var labelColumn: String?
  var allowedLabels: [String]?

  private static let words = ["u", "v", "w", "other", "é", "e\u{301}", "a,b", "x\"y", "two\nlines"]
  private static let missing = ["", "NA", "?", "NaN", " ", "null"]
  private static let delimiters = [",", ",", ",", ";", "\t", "|", " "]

  private enum Kind: CaseIterable { case number, word, truth, label, fold, weight }

  init(_ draw: inout Draw) {
    let delimiter = draw.pick(Self.delimiters)
    source = CSVSource(path: "", target: "y")
    source.dialect.delimiter = .character(delimiter.unicodeScalars.first ?? ",")
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
    if source.hasHeader {
      text += columns.map { Self.quoted($0.name, delimiter, &draw) }.joined(separator: delimiter)
      text += lineEnd
    }
    for _ in 0..<draw.below(draw.chance(5) ? 300 : 12) {
      let cells = columns.map { column -> String in
        if draw.chance(hole) { return draw.pick(Self.missing) }
        let count = column.name == target ? 2 : Self.words.count
        return Self.quoted(Self.cell(column.kind, count, &draw), delimiter, &draw)
      }
      text += cells.joined(separator: delimiter) + lineEnd
      if draw.chance(3) { text += lineEnd }
    }
    if draw.chance(20), text.hasSuffix(lineEnd) { text.removeLast(lineEnd.count) }
    bytes = Array(text.utf8)
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

  private static func quoted(_ text: String, _ delimiter: String, _ draw: inout Draw) -> String {
    let needs = text.contains { "\"\n\r ".contains($0) } || text.contains(delimiter)
    guard needs || draw.chance(10) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
