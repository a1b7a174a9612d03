import Datasets
import Testing

@Suite struct DialectPropertyTests {
  private static func dialect(_ generator: inout Scrambler) -> CSVDialect {
    func pick<Choice>(_ choices: [Choice]) -> Choice { choices[generator.below(choices.count)] }
    while true {
      let dialect = CSVDialect(
        delimiter: pick([",", ";", "\t", "|", " ", "§", "→", "\u{1}", .whitespace, .whitespace]),
        decimal: pick([.point, .comma]),
        thousands: pick([nil, nil, ",", ".", "'", " ", "\u{A0}", "\u{2019}", "_"]),
        comment: pick([nil, "#", "//", "%", "--", ";", "§§"]),
        skippedLineCount: pick([0, 0, 1, 3]), encoding: pick([.utf8, .latin1]))
      if dialect.conflicts.isEmpty { return dialect }
    }
  }

  /// However small the pieces and the windows are, and however many read them.
  @Test(arguments: 1...60)
  func `a table in any dialect has the numbers and texts of the plain one`(seed: Int) throws {
    var generator = Scrambler(state: UInt64(seed) << 20)
    let table = DialectTable(&generator, rowCount: 12)
    let dialect = Self.dialect(&generator)
    let bytes = table.bytes(in: dialect, &generator)
    try withFiles(["d.csv": bytes]) { folder in
      let source = CSVSource(path: folder + "/d.csv", target: "y", dialect: dialect)
      let sizes: [(piece: Int, window: Int?)] = [
        (1, nil), (2, 64), (3, 65), (5, 71), (17, 100), (64, 128), (100, 333), (1 << 20, nil),
      ]
      for (index, size) in sizes.enumerated() {
        let dataset = try CSVLoader(
          source, labelColumn: "note", workers: 1 + index % 3, chunkByteCount: size.piece,
          windowSize: size.window
        ).load()
        #expect(dataset.featureNames == ["length", "ö"], "\(dialect) \(size)")
        #expect(dataset.rows == table.numbers.map { Array($0[..<2]) }, "\(dialect) \(size)")
        #expect(dataset.target == table.numbers.map { $0[2] }, "\(dialect) \(size)")
        #expect(dataset.splitLabels == table.texts, "\(dialect) \(size)")
      }
    }
  }

  /// As a user reads them: windows of whole blocks, of a file that has several.
  @Test(arguments: 1...3)
  func `a file of many windows is read in any dialect`(seed: Int) throws {
    var generator = Scrambler(state: UInt64(seed))
    let table = DialectTable(&generator, rowCount: 40_000)
    var dialect = Self.dialect(&generator)
    dialect.comment = dialect.delimiter == ";" ? "#" : ";"
    if dialect.thousands == ";" { dialect.thousands = nil }
    let bytes = table.bytes(in: dialect, &generator)
    try withFiles(["d.csv": bytes]) { folder in
      let source = CSVSource(path: folder + "/d.csv", target: "y", dialect: dialect)
      let datasets = try [1 << 20, 1 << 30].map { window in
        try CSVLoader(source, labelColumn: "note", workers: seed, windowSize: window).load()
      }
      #expect(datasets[0].target == table.numbers.map { $0[2] })
      #expect(datasets[0].splitLabels == table.texts)
      #expect(datasets[0].rows == datasets[1].rows)
      #expect(datasets[0].contentHash == datasets[1].contentHash)
    }
  }
}
