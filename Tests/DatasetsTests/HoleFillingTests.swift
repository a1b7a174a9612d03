import Datasets
import Numerics
import Testing

@Suite struct HoleFillingTests {
  /// The fills of the features `a, b, c` of a file, whose `b` is a median and whose others are means.
  private static func fills(_ text: String, of rows: [Int32], workers: Int = 2) throws -> [Double] {
    let dataset = try withFiles(["d.csv": text]) { folder in
      try Dataset.load(
        .csv(
          CSVSource(
            path: folder + "/d.csv", target: "y",
            missing: MissingRules(.mean, named: [.init("b", .median)]))), workers: workers)
    }
    return HoleFilling(dataset.holes, of: dataset.features, workers: workers).fills(of: rows)
  }

  private static let text = """
    a,b,c,y
    1,10,,0
    ,30,,0
    4,,7,0
    8,20,9,0
    100,1000,1000,0
    ,,,0
    """

  @Test func `a mean and a median are those of the rows alone`() throws {
    #expect(try Self.fills(Self.text, of: [0, 1, 2, 3]) == [13.0 / 3, 20, 8])
    #expect(try Self.fills(Self.text, of: [3, 2, 1, 0, 5]) == [13.0 / 3, 20, 8])
    #expect(try Self.fills(Self.text, of: [2, 3, 4]) == [112.0 / 3, 510, 1016.0 / 3])
  }

  @Test(
    arguments: [
      ([0, 1], 20), ([0, 1, 3], 20), ([0, 1, 3, 4], 25), ([4], 1000), ([0, 2], 10),
    ] as [([Int32], Double)])
  func `the median of an even count is the midpoint`(rows: [Int32], median: Double) throws {
    #expect(try Self.fills(Self.text, of: rows)[1] == median)
  }

  @Test func `rows without any value give zero`() throws {
    #expect(try Self.fills(Self.text, of: [0, 1]) == [1, 20, 0])
    #expect(try Self.fills(Self.text, of: [5]) == [0, 0, 0])
  }

  @Test func `sums beyond all numbers have a mean and a midpoint`() throws {
    let text = "a,b,c,y\n1.6e308,1.6e308,1,0\n1.2e308,1.2e308,,0\n,,1,0\n"
    let fills = try Self.fills(text, of: [0, 1])
    #expect(abs(fills[0] / 1.4e308 - 1) < 1e-15)
    #expect(abs(fills[1] / 1.4e308 - 1) < 1e-15)
  }

  @Test func `a mean keeps the digits of values far from zero`() throws {
    let values = (0..<1000).map { "1000000000.\($0 % 10)" }
    let text = "a,b,c,y\n" + values.map { "\($0),1,1,0\n" }.joined() + ",1,1,0\n"
    let fills = try Self.fills(text, of: (0..<1000).map { $0 })
    // Σ 0.0 … 0.9 over ten is 0.45; decimals are rounded to 2⁻²³ when they are read.
    #expect(abs(fills[0] - 1_000_000_000.45) <= 0x1p-23)
  }

  @Test func `columns without a missing cell are not filled`() throws {
    let dataset = try withFiles(["d.csv": "a,b,y\n1,2,3\n4,,6\n"]) { folder in
      try Dataset.load(
        .csv(CSVSource(path: folder + "/d.csv", target: "y", missing: MissingRules(.mean))),
        workers: 1)
    }
    #expect(dataset.holes.columns.map(\.index) == [1])
    #expect(dataset.holes.columns.map(\.count) == [1])
  }
}

/// Fills of rows that count more or less than once.
@Suite struct WeightedFillTests {
  private static func fills(_ rows: [(value: String, weight: String)]) throws -> [Double] {
    let text =
      "a,b,w,y\n" + rows.map { "\($0.value),\($0.value),\($0.weight),0\n" }.joined() + ",,1,0\n"
    let dataset = try withFiles(["d.csv": text]) { folder in
      try Dataset.load(
        .csv(
          CSVSource(
            path: folder + "/d.csv", target: "y", weightColumn: "w",
            missing: MissingRules(.mean, named: [.init("b", .median)]))), workers: 1)
    }
    return HoleFilling(
      dataset.holes, of: dataset.features, weights: dataset.weights?.ofLearnedRows, workers: 1
    ).fills(of: (0..<Int32(dataset.rowCount)).map { $0 })
  }

  @Test(
    arguments: [
      ([("1", "1"), ("2", "1"), ("7", "3")], 4.8, 7),
      ([("1", "2"), ("4", "1"), ("7", "1")], 3.25, 2.5),
      ([("7", "0.3"), ("1", "0.1"), ("4", "0.2")], 5, 5.5),
      ([("1", "4"), ("100", "3")], 304.0 / 7, 1),
      ([("9", "0"), ("1", "2"), ("3", "2")], 2, 2),
    ] as [([(value: String, weight: String)], Double, Double)])
  func `a mean and a median weigh their rows`(
    rows: [(value: String, weight: String)], mean: Double, median: Double
  ) throws {
    let fills = try Self.fills(rows)
    #expect(abs(fills[0] - mean) < 1e-14 * 50)
    #expect(fills[1] == median)
  }
}
