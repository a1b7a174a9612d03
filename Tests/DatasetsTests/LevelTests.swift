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
