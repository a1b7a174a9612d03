import Datasets
import Tables
import Testing

@Suite struct CSVChunkTests {
  /// A table with all that makes cutting hard, from a seed.
  private static func wildTable(_ generator: inout Scrambler, rowCount: Int) -> String {
    var text = "a,note,s,y" + (generator.below(2) == 0 ? "\n" : "\r\n")
    for _ in 0..<rowCount {
      let number = Double.random(in: -1000...1000, using: &generator)
      let notes = [
        "", "plain", "\"\"", "\"two\nlines\"", "\"crlf\r\nin, a \"\"cell\"\"\"", "\"\n\n\"",
        "\"\"\"\"", "a longer text than most of the others",
      ]
      let cell = generator.below(3) == 0 ? "\"\(number)\"" : "\(number)"
      text += "\(cell),\(notes[generator.below(notes.count)]),g\(generator.below(3)),"
      text += "\(generator.below(100))"
      text += ["\n", "\r\n", "\n\n", "\n\r\n"][generator.below(4)]
    }
    return text
  }

  @Test(arguments: 1...12)
  func `any chunk size and any number of workers read the same rows`(seed: Int) throws {
    var generator = Scrambler(state: UInt64(seed))
    let text = Self.wildTable(&generator, rowCount: 12)
    let table = try CSVTable(Array(text.utf8), path: "t.csv")
    try withFiles(["d.csv": text]) { folder in
      let source = CSVSource(path: folder + "/d.csv", target: "y", drop: ["note"])
      var hashes: Set<String> = []
      for size in [1, 2, 3, 5, 7, 11, 16, 33, 64, 100, 255, 1 << 20] {
        for workers in 1...3 {
          let dataset = try CSVLoader(
            source, labelColumn: "s", workers: workers, chunkByteCount: size
          ).load()
          #expect(dataset.rows.map { $0[0] } == table.rows.map { Double($0.cells[0]) })
          #expect(dataset.splitLabels == table.rows.map { $0.cells[2] })
          #expect(dataset.target == table.rows.compactMap { Double($0.cells[3]) })
          hashes.insert(dataset.contentHash)
        }
      }
      #expect(hashes.count == 1)
    }
  }

  /// Records of every length, one of them longer than several windows.
  @Test(arguments: [1, 3])
  func `any window size reads the same rows`(workers: Int) throws {
    var generator = Scrambler(state: 7)
    let long = "1,\"" + String(repeating: "line\n\"\"x\"\"", count: 300_000) + "\",g1,5\n"
    let rows = Self.wildTable(&generator, rowCount: 30_000)
    let text = rows + long + rows.drop { $0 != "\n" && $0 != "\r\n" }.dropFirst()
    try withFiles(["d.csv": text]) { folder in
      let source = CSVSource(path: folder + "/d.csv", target: "y", drop: ["note"])
      let datasets = try [1 << 20, 2 << 20, 1 << 30].map { size in
        try CSVLoader(source, labelColumn: "s", workers: workers, windowSize: size).load()
      }
      #expect(datasets[0].rowCount == 60_001)
      for dataset in datasets.dropFirst() {
        #expect(dataset.target == datasets[0].target)
        #expect(dataset.rows == datasets[0].rows)
        #expect(dataset.splitLabels == datasets[0].splitLabels)
        #expect(dataset.contentHash == datasets[0].contentHash)
      }
    }
  }

  @Test(arguments: [true, false])
  func `a first record longer than a window is read whole`(hasHeader: Bool) throws {
    let count = 100_000
    let names = (0..<count).map { "a column with a long name, number \($0)" }
    let header = names.map { "\"\($0)\"" }.joined(separator: ",") + ",y\n"
    let row = String(repeating: "1.25,", count: count) + "3\n"
    let text = hasHeader ? "\n" + header + row + row : row + row
    try withFiles(["d.csv": text]) { folder in
      let source = CSVSource(
        path: folder + "/d.csv", target: hasHeader ? "y" : "c100001", hasHeader: hasHeader)
      // As a user reads it, with names longer than the usual window, and as rows of a longer file.
      let size = hasHeader ? nil : 1 << 18
      let dataset = try CSVLoader(source, workers: 1, windowSize: size).load()
      #expect(dataset.rowCount == 2)
      #expect(dataset.featureNames.count == count)
      if hasHeader { #expect(dataset.featureNames == names) }
      #expect(dataset.target == [3, 3])
    }
  }

  @Test(arguments: [1, 4, 9, 50, 1000])
  func `problems are the same for any chunk size`(size: Int) throws {
    let text =
      "a,y\n1,\"2\n\"\n\n\"x\ny\",1\n3\n4,5\n,6\n" + String(repeating: "1,1\n", count: 40)
      + "9,z\n1,1\"1\n7,bad\n"
    try withFiles(["d.csv": text]) { folder in
      let error = #expect(throws: DatasetError.self) {
        try CSVLoader(
          CSVSource(path: folder + "/d.csv", target: "y"), workers: 2, chunkByteCount: size
        ).load()
      }
      // A quote out of place ends the list: nothing after it can be trusted.
      #expect(
        message(error, without: folder) == """
          d.csv:2: column 'y': 2 cells are not numbers ('2\\n', 'z'); the target must be numbers or \
          exactly two texts; write "missing_values" with what stands for a missing value
          d.csv:5: column 'a': 1 cell is not a number ('x\\ny'); 1 cell is missing (empty); \
          write "categorical": ["a"] to make each text a level, or "drop": ["a"] to leave the column \
          out, or "missing_values" with what stands for a missing value, \
          or "missing": "drop_rows" to leave out the rows with missing cells
          d.csv:7: found 1 cell, 2 are needed
          d.csv:51: a quote inside a cell; quote the whole cell and double the quote
          """)
    }
  }

  @Test(arguments: 1...15)
  func `a hundred broken files each are read or refused`(seed: Int) throws {
    var generator = Scrambler(state: UInt64(seed) << 8)
    for _ in 0..<100 {
      var bytes = Array(Self.wildTable(&generator, rowCount: 1 + generator.below(8)).utf8)
      for _ in 0..<1 + generator.below(6) {
        let place = generator.below(bytes.count)
        let special = Array("\",\n\r .e-+0\u{FEFF}".utf8) + [0, 0xFF, 0xC3]
        switch generator.below(4) {
        case 0: bytes[place] = special[generator.below(special.count)]
        case 1: bytes.insert(special[generator.below(special.count)], at: place)
        case 2: bytes.remove(at: place)
        default: bytes.removeSubrange(place...)
        }
        if bytes.isEmpty { break }
      }
      try withFiles(["d.csv": bytes]) { folder in
        let source = CSVSource(
          path: folder + "/d.csv", target: "y",
          categorical: generator.below(2) == 0 ? ["note"] : [],
          missing: generator.below(2) == 0 ? .error : .dropRows)
        func read(_ size: Int) -> String {
          do {
            let dataset = try CSVLoader(source, labelColumn: "s", workers: 2, chunkByteCount: size)
              .load()
            return "\(dataset.featureNames) \(dataset.rows) \(dataset.target)"
          } catch {
            return "\(error)"
          }
        }
        // Whatever it is, it is the same however the file is cut.
        #expect(read(1 << 20) == read(1 + generator.below(40)))
      }
    }
  }
}
