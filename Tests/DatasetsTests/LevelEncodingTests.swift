import Datasets
import TestSupport
import Testing

/// Random small files against the encoding written down plainly.
@Suite struct LevelEncodingTests {
  /// The columns that a category becomes, from the texts of all rows and whether each teaches.
  private static func encoded(
    _ column: CategoricalColumn, _ cells: [String], learning: [Bool]
  ) -> [(name: String, values: [Double])] {
    var counts: [String: Int] = [:]
    for (cell, teaches) in zip(cells, learning) where teaches { counts[cell, default: 0] += 1 }
    let kept = counts.filter { $0.value >= column.minimumCount }.keys
    let sorted =
      kept.allSatisfy { Double($0) != nil }
      ? kept.sorted { Double($0) ?? 0 < Double($1) ?? 0 }
      : kept.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    var levels: [(name: String, has: (String) -> Bool)] = sorted.map { level in
      ("\(column.name)=\(level)", { $0 == level })
    }
    if kept.count < counts.count {
      levels.append(("\(column.name)=other", { !sorted.contains($0) }))
    }
    if column.levels == .dropFirst, !levels.isEmpty { levels.removeFirst() }
    return levels.map { level in (level.name, cells.map { level.has($0) ? 1 : 0 }) }
  }

  @Test(arguments: 0..<8)
  func `levels of random files are those of a plain encoding`(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let alphabets = [["u", "B", "a", "é", "z z", "B2"], ["10", "9", "-1", "2.5"], ["x"]]
    for _ in 0..<40 {
      let rowCount = Int.random(in: 1...30, using: &generator)
      let heldOut = Int.random(in: 0..<rowCount, using: &generator)
      let learning = (0..<rowCount).map { $0 < rowCount - heldOut }
      let columns = (0..<3).map { index in
        CategoricalColumn(
          "k\(index)", levels: Bool.random(using: &generator) ? .all : .dropFirst,
          minimumCount: Int.random(in: 1...6, using: &generator))
      }
      let cells = alphabets.map { levels in
        (0..<rowCount).map { _ in levels.randomElement(using: &generator) ?? "" }
      }
      var expected: [(name: String, values: [Double])] = [
        ("n", (0..<rowCount).map { Double($0) })
      ]
      for (column, cells) in zip(columns, cells) {
        expected += Self.encoded(column, cells, learning: learning)
      }
      let lines = (0..<rowCount).map { row in
        "\(row)," + cells.map { $0[row] }.joined(separator: ",") + ",1\n"
      }
      try withFiles(["d.csv": "n,k0,k1,k2,y\n" + lines.joined()]) { folder in
        let dataset = try CSVLoader(
          CSVSource(path: folder + "/d.csv", target: "y", categorical: columns),
          testRows: { count, _ in (Int32(count - heldOut)..<Int32(count)).map { $0 } },
          workers: 2, chunkByteCount: 64
        ).load()
        #expect(dataset.featureNames == expected.map(\.name))
        #expect(dataset.rows == (0..<rowCount).map { row in expected.map { $0.values[row] } })
      }
    }
  }
}
