import Datasets
import Testing

@Suite struct WeightColumnTests {
  private static func load(
    _ text: String, extra: [String: String] = [:], workers: Int = 2,
    chunkByteCount: Int = 1 << 19, testRows: [Int32] = [],
    _ configure: (inout CSVSource) -> Void = { _ in }
  ) throws -> Dataset {
    try withFiles(["d.csv": text].merging(extra) { $1 }) { folder in
      var source = CSVSource(path: folder + "/d.csv", target: "y", weightColumn: "v")
      configure(&source)
      return try CSVLoader(
        source, extraFiles: extra.keys.map { ("validation", folder + "/" + $0) },
        testRows: { _, _ in testRows }, workers: workers, chunkByteCount: chunkByteCount
      ).load()
    }
  }

  private static func message(
    _ text: String, _ configure: (inout CSVSource) -> Void = { _ in }
  ) -> String {
    let error = #expect(throws: DatasetError.self) { try load(text, configure) }
    return "\(error, default: "")"
  }

  @Test func `weights are kept beside the rows in a unit that is a power of two`() throws {
    let dataset = try Self.load("a,v,y\n1,0.5,3\n4,6,6\n7, 1 ,9\n")
    #expect(dataset.featureNames == ["a"])
    #expect(dataset.weights?.values == [0.125, 1.5, 0.25])
    #expect(dataset.weights?.unit == 4)
    #expect(dataset.weights?.ofLearnedRows == [0.125, 1.5, 0.25])
    let larger = try Self.load("a,v,y\n1,2,3\n4,24,6\n7,4,9\n")
    #expect(larger.weights?.values == dataset.weights?.values)
    #expect(larger.weights?.unit == 16)
  }

  @Test func `weights that are equal are no weights`() throws {
    let weights = try #require(Self.load("a,v,y\n1,0.3,3\n4,0.3,6\n").weights)
    #expect(weights.values == [1, 1])
    #expect(weights.unit == 0.3)
    #expect(weights.ofLearnedRows == nil)
    #expect(weights.ofMeasuredRows == nil)
  }

  @Test func `a test row says nothing of the unit`() throws {
    let weights = try #require(
      Self.load("a,v,y\n1,3,3\n4,3,6\n7,6000,9\n", testRows: [2]).weights)
    #expect(weights.unit == 3)
    #expect(weights.ofLearnedRows == nil)
    #expect(weights.ofMeasuredRows == [1, 1, 2000])
  }

  @Test(arguments: [1, 3], [8, 1 << 19])
  func `a row of weight 0 is not there but for its place in the file`(
    workers: Int, chunkByteCount: Int
  ) throws {
    // It has a level, a class, a hole and a text that no other row has.
    let dataset = try Self.load(
      "k,v,a,y\nu,1,1,yes\nw,0,x,maybe\nv,2,,no\nu,0,,5\nv,2,3,no\n", workers: workers,
      chunkByteCount: chunkByteCount
    ) {
      $0.categorical = ["k"]
      $0.missing = .dropRows
    }
    #expect(dataset.featureNames == ["k=v", "a"])
    #expect(dataset.rows == [[0, 1], [1, 3]])
    #expect(dataset.textClasses == ["no", "yes"])
    #expect(dataset.weights?.values == [0.5, 1])
    #expect(dataset.droppedRowCount == 1)
    #expect((0..<2).map { dataset.origins.number(of: $0) } == [0, 4])
    #expect(
      dataset.remarks == [
        "1 of 3 rows have missing cells and were left out (by column: 'a' 1)",
        "2 of 5 rows have the weight 0 in 'v' and count nowhere",
      ])
  }

  @Test func `a row of weight 0 may lack cells where others must not`() throws {
    let dataset = try Self.load("a,v,y\n1,1,3\n,0,\n4,1,6\n")
    #expect(dataset.rows == [[1], [4]])
  }

  @Test(arguments: [
    ("-2", "d.csv:3: column 'v': 1 cell is below zero ('-2'); weights are numbers of at least 0"),
    ("x", "d.csv:3: column 'v': 1 cell is not a number ('x'); weights are numbers of at least 0"),
    ("inf", "d.csv:3: column 'v': 1 cell is not finite ('inf'); weights are numbers of at least 0"),
    (
      "",
      "d.csv:3: column 'v': 1 cell is missing (empty); weights are numbers of at least 0; "
        + "write \"missing\": \"drop_rows\" to leave out the rows with missing cells"
    ),
  ])
  func `what is no weight is an error with its place`(cell: String, text: String) {
    #expect(Self.message("a,v,y\n1,1,3\n4,\(cell),6\n").contains(text))
  }

  @Test func `a missing weight costs its row where rows are dropped`() throws {
    let dataset = try Self.load("a,v,y\n1,1,3\n4,NA,6\n5,2,6\n") { $0.missing = .dropRows }
    #expect(dataset.rows == [[1], [5]])
    #expect(dataset.weights?.values == [0.5, 1])
  }

  @Test func `weights that are all 0 or too far apart are errors`() {
    #expect(
      Self.message("a,v,y\n1,0,3\n4,0.0,6\n").contains(
        "d.csv: column 'v': every weight is 0, so no row counts"))
    #expect(
      Self.message("a,v,y\n1,1e-200,3\n4,5,6\n").contains(
        "d.csv: column 'v': weights from 1e-200 to 5 are too far apart to be added up"))
  }

  @Test func `the column must be there and have no other use`() {
    #expect(
      Self.message("a,w,y\n1,1,3\n").contains("d.csv:1: no column 'v' for the weight column"))
    #expect(
      Self.message("a,v,y\n1,1,3\n") { $0.features = ["a", "v"] }.contains(
        "column 'v' is the weight column and a feature; it can be one of them"))
    #expect(
      Self.message("a,v,y\n1,1,3\n") { $0.weightColumn = "y" }.contains(
        "column 'y' is the target and the weight column"))
  }

  @Test func `every file has weights`() throws {
    let dataset = try Self.load(
      "a,v,y\n1,2,3\n4,2,6\n", extra: ["e.csv": "v,y,a\n8,1,1\n0,2,2\n"])
    #expect(dataset.weights?.values == [1, 1, 4])
    #expect(dataset.weights?.ofLearnedRows == nil)
    #expect(dataset.rows.count == 3)
  }

  @Test func `the hash knows the column`() throws {
    let text = "a,v,w,y\n1,1,1,3\n4,2,2,6\n"
    let hashes = try [nil, "v", "w"].map { name in
      try Self.load(text) {
        $0.weightColumn = name
        $0.features = ["a"]
      }.contentHash
    }
    #expect(Set(hashes).count == 3)
  }
}
