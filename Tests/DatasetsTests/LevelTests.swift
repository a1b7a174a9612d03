import Datasets
import Testing

/// Levels and classes come from the rows that are learned from.
@Suite struct LevelTests {
  @Test func `a level that only a test row has moves nothing`() throws {
    let rows = "k,a,y\nb,1,1\nc,2,2\nb,3,3\n"
    try withFiles(["plain.csv": rows + "b,4,4\n", "other.csv": rows + "a,4,4\n"]) { folder in
      func load(_ name: String) throws -> Dataset {
        try Dataset.load(
          .csv(CSVSource(path: folder + "/" + name, target: "y", categorical: ["k"])),
          testRows: { _, _ in [3] }, workers: 2)
      }
      let (plain, other) = (try load("plain.csv"), try load("other.csv"))
      #expect(other.featureNames == ["k=c", "a"])
      #expect(other.featureNames == plain.featureNames)
      #expect(other.rows == plain.rows)
      #expect(plain.remarks.isEmpty)
      #expect(
        other.remarks == [
          "column 'k': only test rows or rows of split.files have the level 'a', encoded as zeros"
        ])
    }
  }

  @Test func `a level that only another file has is zero everywhere`() throws {
    try withFiles(["a.csv": "k,y\nu,1\nv,2\n", "b.csv": "k,y\na,3\nv,4\nw,5\n"]) { folder in
      let dataset = try Dataset.load(
        .csv(CSVSource(path: folder + "/a.csv", target: "y", categorical: ["k"])),
        extraFiles: [("validation", folder + "/b.csv")], workers: 2)
      #expect(dataset.featureNames == ["k=v"])
      #expect(dataset.rows == [[0], [1], [0], [1], [0]])
      #expect(
        dataset.remarks == [
          "column 'k': only test rows or rows of split.files have the levels 'a', 'w', "
            + "encoded as zeros"
        ])
    }
  }

  /// Rows 0 to 7 are learned from; levels a 3, b 2, c 1, d 2; e and c stand in the others.
  private static let rows = "k,y\na,1\nb,2\nc,3\na,4\nd,5\na,6\nb,7\nd,8\n" + "e,9\nc,0\n"

  private static func load(
    _ column: CategoricalColumn, _ text: String = rows
  ) throws -> Dataset {
    try withFiles(["d.csv": text]) { folder in
      try Dataset.load(
        .csv(CSVSource(path: folder + "/d.csv", target: "y", categorical: [column])),
        testRows: { count, _ in [Int32(count - 2), Int32(count - 1)] }, workers: 2)
    }
  }

  @Test func `all levels have a column when asked for`() throws {
    let dataset = try Self.load(CategoricalColumn("k", levels: .all))
    #expect(dataset.featureNames == ["k=a", "k=b", "k=c", "k=d"])
    #expect(
      dataset.rows == [
        [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [1, 0, 0, 0], [0, 0, 0, 1], [1, 0, 0, 0],
        [0, 1, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0], [0, 0, 1, 0],
      ])
    #expect(dataset.levelGroups == [0..<4])
  }

  @Test func `rare levels are one, which takes unseen ones too`() throws {
    let dataset = try Self.load(CategoricalColumn("k", minimumCount: 2))
    #expect(dataset.featureNames == ["k=b", "k=d", "k=other"])
    #expect(dataset.rows[1] == [1, 0, 0])
    #expect(dataset.rows[2] == [0, 0, 1])
    #expect(dataset.rows[8] == [0, 0, 1])
    #expect(dataset.rows[9] == [0, 0, 1])
    #expect(
      dataset.remarks == [
        "column 'k': fewer than 2 rows have the level 'c'; it is 'k=other'",
        "column 'k': only test rows or rows of split.files have the level 'e', encoded as "
          + "'k=other'",
      ])
  }

  @Test func `the first of the levels that are left is dropped`() throws {
    // Of a to d, b is the first that three rows have.
    let text = "k,y\na,1\nb,2\nb,3\nb,4\nc,5\nc,6\nd,7\nd,8\nd,9\n" + "a,1\na,2\n"
    let dataset = try Self.load(CategoricalColumn("k", minimumCount: 3), text)
    #expect(dataset.featureNames == ["k=d", "k=other"])
    #expect(dataset.rows.map { $0[1] } == [1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1])
    let all = try Self.load(CategoricalColumn("k", levels: .all, minimumCount: 4), text + "a,3\n")
    #expect(all.featureNames == ["k=other"])
    let mixed = "n,k,y\n1,a,1\n2,b,2\n3,a,3\n" + "4,a,4\n5,b,5\n"
    let none = try Self.load(CategoricalColumn("k", minimumCount: 3), mixed)
    #expect(none.featureNames == ["n"])
    #expect(
      none.remarks == [
        "column 'k': fewer than 3 rows have the levels 'a', 'b'; they are 'k=other', the only "
          + "level, so no feature"
      ])
    let one = try Self.load("k", mixed.replacing("b", with: "a"))
    #expect(one.remarks == ["column 'k': there is one level 'a', so no feature"])
  }

  @Test func `without a rare level an unseen one is zero everywhere`() throws {
    let text = "k,y\na,1\nb,2\na,3\nb,4\nc,5\nb,6\n"
    let dataset = try Self.load(CategoricalColumn("k", levels: .all, minimumCount: 2), text)
    #expect(dataset.featureNames == ["k=a", "k=b"])
    #expect(dataset.rows[4] == [0, 0])
    #expect(
      dataset.remarks == [
        "column 'k': only test rows or rows of split.files have the level 'c', encoded as zeros"
      ])
  }

  @Test(arguments: CategoricalColumn.Levels.allCases)
  func `a level of the name of the rare ones is an error that names both`(
    levels: CategoricalColumn.Levels
  ) throws {
    let column = CategoricalColumn("k", levels: levels, minimumCount: 2)
    // Also where it is the level that is dropped.
    for first in ["other", "a"] {
      let text = "k,y\n\(first),1\n\(first),2\nother,3\nother,4\nx,5\nx,6\ny,7\nx,8\ny,9\n"
      let error = #expect(throws: DatasetError.self) { try Self.load(column, text) }
      #expect(
        "\(error, default: "")".contains(
          ": the level 'other' of the column 'k' and the rare levels of the column 'k' are both "
            + "called 'k=other'; rename the level, or write a smaller \"min_count\""))
    }
    // One that is rare itself is one of them.
    let merged = try Self.load(column, "k,y\nx,1\nx,2\nz,3\nz,4\nother,5\ny,6\nx,7\nx,8\n")
    #expect(merged.featureNames.suffix(2) == ["k=z", "k=other"])
    #expect(merged.rows[4].last == 1 && merged.rows[5].last == 1)
  }

  @Test func `how columns become levels is part of the content`() throws {
    let plain = try Self.load("k").contentHash
    #expect(try Self.load(CategoricalColumn("k", levels: .dropFirst)).contentHash == plain)
    let others = [
      CategoricalColumn("k", levels: .all), CategoricalColumn("k", minimumCount: 2),
      CategoricalColumn("k", minimumCount: 3),
    ]
    #expect(Set(try others.map { try Self.load($0).contentHash } + [plain]).count == 4)
  }

  @Test func `a class that only another file has is told with that file`() throws {
    try withFiles(["a.csv": "a,y\n1,no\n2,yes\n", "b.csv": "a,y\n1,Yes\n2,no\n3,Yes\n"]) { folder in
      let error = #expect(throws: DatasetError.self) {
        try Dataset.load(
          .csv(CSVSource(path: folder + "/a.csv", target: "y")),
          extraFiles: [("validation", folder + "/b.csv")], workers: 2)
      }
      #expect(
        message(error, without: folder)
          == "b.csv: column 'y': 2 rows have the class 'Yes', which no row to learn from has; "
          + "the classes are 'no', 'yes'")
    }
  }
}
