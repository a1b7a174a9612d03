import Datasets
import Testing

@Suite struct MissingCellTests {
  private static func load(
    _ text: String, _ configure: (inout CSVSource) -> Void = { _ in }
  ) throws -> Dataset {
    try withFiles(["d.csv": text]) { folder in
      var source = CSVSource(path: folder + "/d.csv", target: "y", missing: .dropRows)
      configure(&source)
      return try Dataset.load(.csv(source), workers: 2)
    }
  }

  @Test(arguments: CSVSource.defaultMissingValues + [" ", " NA ", "\"?\"", "\" NaN\""])
  func `a mark is missing in a number, a category, a target and a class`(mark: String) throws {
    let number = try Self.load("a,b,y\n1,\(mark),3\n4,5,6\n")
    #expect(number.rows == [[4, 5]])
    let category = try Self.load("a,k,y\n1,u,3\n2,\(mark),4\n3,v,5\n") { $0.categorical = ["k"] }
    #expect(category.featureNames == ["a", "k=v"])
    #expect(category.rows == [[1, 0], [3, 1]])
    let target = try Self.load("a,y\n1,\(mark)\n2,3\n")
    #expect(target.target == [3])
    let classes = try Self.load("a,y\n1,yes\n2,\(mark)\n3,no\n")
    #expect(classes.textClasses == ["no", "yes"])
    #expect(classes.target == [1, 0])
    #expect(classes.droppedRowCount == 1)
  }

  @Test func `a list of marks replaces the default and may hold numbers`() throws {
    let text = "a,k,y\n-999,u,1\n2,NA,2\n3,-999,3\n-999.0,v,4\n5,v,x\n"
    let dataset = try Self.load(text) {
      $0.categorical = ["k"]
      $0.missingValues = ["-999", "x"]
    }
    #expect(dataset.featureNames == ["a", "k=v"])
    #expect(dataset.rows == [[2, 0], [-999, 1]])
    #expect(dataset.target == [2, 4])
    #expect(dataset.droppedRowCount == 3)
    let error = #expect(throws: DatasetError.self) {
      try Self.load("a,y\nNA,1\n2,2\n") { $0.missingValues = ["-999"] }
    }
    #expect("\(error, default: "")".contains("1 cell is not a number ('NA')"))
  }

  @Test func `what is missing is told as missing where rows are not dropped`() throws {
    let error = #expect(throws: DatasetError.self) {
      try Self.load("a,k,y\n1,?,yes\n2,u,NA\n3,v,no\n") {
        $0.categorical = ["k"]
        $0.missing = .error
      }
    }
    let lines = "\(error, default: "")".split(separator: "\n")
    #expect(lines.count == 2)
    #expect(
      lines[0].contains("d.csv:2: column 'k': 1 cell is missing ('?'); write \"drop\": [\"k\"]"))
    #expect(lines[1].contains("d.csv:3: column 'y': 1 cell is missing ('NA'); write \"missing\": "))
  }

  @Test func `text in a number is an error whatever is dropped`() throws {
    let error = #expect(throws: DatasetError.self) { try Self.load("a,y\n?,1\nx,2\n3,3\n") }
    #expect("\(error, default: "")".contains("d.csv:3: column 'a': 1 cell is not a number ('x')"))
  }

  @Test func `rows keep their place in the file`() throws {
    try withFiles(["a.csv": "a,y\n\n?,1\n2,2\n\n3,?\n4,4\n", "b.csv": "a,y\n1,1\n?,2\n3,3\n"]) {
      folder in
      let dataset = try CSVLoader(
        CSVSource(path: folder + "/a.csv", target: "y", missing: .dropRows),
        extraFiles: [("validation", folder + "/b.csv")], workers: 2, chunkByteCount: 5
      ).load()
      #expect(dataset.target == [2, 4, 1, 3])
      #expect((0..<4).map { dataset.origins.number(of: $0) } == [1, 3, 0, 2])
      #expect(
        (0..<4).map { dataset.origins.path(of: $0).hasSuffix("/b.csv") } == [
          false, false, true, true,
        ])
      #expect(
        dataset.remarks == [
          "3 of 7 rows have missing cells and were left out (by column: 'a' 2, 'y' 1)"
        ])
    }
  }
}
