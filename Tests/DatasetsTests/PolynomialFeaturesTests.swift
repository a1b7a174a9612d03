import Datasets
import Numerics
import Testing

@Suite struct PolynomialFeaturesTests {
  @Test func `monomials come degree by degree in the order of combinations`() throws {
    let features = try PolynomialFeatures(degree: 3, featureNames: ["a", "b"])
    #expect(
      features.names == ["a", "b", "a^2", "a*b", "b^2", "a^3", "a^2*b", "b^2*a", "b^3"])
    #expect(features.count == 9)
  }

  @Test func `a name has the highest power first`() throws {
    let features = try PolynomialFeatures(degree: 4, featureNames: ["age", "sex", "bmi"])
    #expect(features.names.contains("bmi^2*age"))
    #expect(features.names.contains("age*sex*bmi"))
    #expect(features.names.contains("age^2*bmi^2"))
    #expect(features.names.contains("bmi^3*sex"))
    #expect(Set(features.names).count == features.count)
  }

  @Test(arguments: [(1, 10, 10), (2, 10, 65), (3, 10, 285), (12, 1, 12), (2, 0, 0), (5, 4, 125)])
  func `the count is known beforehand`(degree: Int, columns: Int, count: Int) throws {
    #expect(PolynomialFeatures.count(degree: degree, inputCount: columns) == count)
    let names = (0..<columns).map { "x\($0)" }
    #expect(try PolynomialFeatures(degree: degree, featureNames: names).count == count)
  }

  @Test func `a count beyond all numbers is none`() {
    #expect(PolynomialFeatures.count(degree: 100, inputCount: 100) == nil)
    #expect(PolynomialFeatures.count(degree: .max, inputCount: .max) == nil)
    // C(66, 33) − 1 is the last of the middle that fits.
    #expect(PolynomialFeatures.count(degree: 33, inputCount: 33) == 7_219_428_434_016_265_739)
  }

  @Test func `too many features are refused`() {
    let names = (0..<100).map { "x\($0)" }
    let error = #expect(throws: DatasetError.self) {
      try PolynomialFeatures(degree: 50, featureNames: names)
    }
    #expect(
      error?.description
        == "features.polynomial: degree 50 of 100 columns makes too many features")
  }

  @Test func `what rounding takes off a monomial is told`() throws {
    let features = try PolynomialFeatures(degree: 3, featureNames: ["a", "b"])
    let matrix = try features.expand(Matrix(rows: [[0.1, 3]]), workers: 1)
    var rests = [Double](repeating: -1, count: 9)
    var span = rests.mutableSpan
    #expect(matrix.writeRests(ofRow: 0, to: &span))
    let square = 0.1 * 0.1
    let rest = (-square).addingProduct(0.1, 0.1)
    #expect(rests[0] == 0 && rests[1] == 0)
    #expect(rests[2] == rest && rests[4] == 0 && rests[8] == 0)
    // a³ is the rounded product of the rounded a² and a: both roundings are in its rest.
    let cube = square * 0.1
    #expect(abs(rests[5] - ((-cube).addingProduct(square, 0.1) + rest * 0.1)) < 1e-34)
    var plain = [5.0, 5]
    var plainSpan = plain.mutableSpan
    #expect(!Matrix(rows: [[1, 2]]).writeRests(ofRow: 0, to: &plainSpan))
    #expect(plain == [5, 5])
  }

  @Test(arguments: [1, 2, 3])
  func `each value is the product its name says`(workers: Int) throws {
    let rows = (0..<500).map { row in [Double(row % 7) - 3, 0.5 * Double(row % 5), 1.1] }
    let features = try PolynomialFeatures(degree: 3, featureNames: ["a", "b", "c"])
    let matrix = try features.expand(Matrix(rows: rows), workers: workers)
    #expect(matrix.rowCount == 500 && matrix.columnCount == features.count)
    for row in [0, 17, 499] {
      let (a, b, c) = (rows[row][0], rows[row][1], rows[row][2])
      let expected = [
        "a": a, "c": c, "a^2": a * a, "b*c": b * c, "a^3": a * a * a, "a^2*b": a * a * b,
        "a*b*c": a * b * c, "c^2*a": a * c * c, "c^3": c * c * c,
      ]
      for (name, value) in expected {
        let column = try #require(features.names.firstIndex(of: name))
        #expect(matrix[row, column] == value, "\(name)")
      }
    }
  }

  @Test func `degree one is the matrix itself`() throws {
    let matrix = Matrix(rows: [[1, 2], [3, 4]])
    let features = try PolynomialFeatures(degree: 1, featureNames: ["a", "b"])
    #expect(try features.expand(matrix, workers: 2) === matrix)
  }

  @Test func `an overflow names the feature and the row`() throws {
    let matrix = Matrix(rows: [[1, 2], [3, 1e200]])
    let features = try PolynomialFeatures(degree: 2, featureNames: ["a", "b"])
    let error = #expect(throws: DatasetError.self) { try features.expand(matrix, workers: 2) }
    #expect(
      error?.description
        == "features.polynomial: the feature 'b^2' of row 2 (from 1) is beyond the largest number; "
        + "scale the columns or lower the degree")
  }

  @Test func `levels of one column are neither squared nor multiplied with each other`() throws {
    let features = try PolynomialFeatures(
      degree: 3, featureNames: ["c=b", "c=d", "x"], levelGroups: [0..<2])
    #expect(
      features.names == [
        "c=b", "c=d", "x", "c=b*x", "c=d*x", "x^2", "x^2*c=b", "x^2*c=d", "x^3",
      ])
    let two = try PolynomialFeatures(
      degree: 2, featureNames: ["a=1", "b=1", "b=2"], levelGroups: [0..<1, 1..<3])
    #expect(two.names == ["a=1", "b=1", "b=2", "a=1*b=1", "a=1*b=2"])
    let rows = try two.expand(
      Matrix(rows: [[1, 0, 1], [0, 1, 0]]), workers: 1)
    #expect((0..<5).map { rows[0, $0] } == [1, 0, 1, 0, 1])
    // Levels alone have no higher powers, however high the degree is.
    #expect(
      try PolynomialFeatures(degree: 1_000_000, featureNames: ["a=1"], levelGroups: [0..<1]).names
        == ["a=1"])
  }

  @Test(arguments: [
    (1, 0, [2]), (2, 1, [2]), (3, 2, [1, 3]), (4, 3, [2, 2, 2]), (5, 0, [1, 1, 1]), (3, 0, [4, 4]),
  ])
  func `the count is that of the names`(degree: Int, plainCount: Int, levelCounts: [Int]) throws {
    var names: [String] = []
    var groups: [Range<Int>] = []
    for (column, count) in levelCounts.enumerated() {
      groups.append(names.count..<names.count + count)
      names += (0..<count).map { "l\(column)=\($0)" }
    }
    names += (0..<plainCount).map { "p\($0)" }
    let features = try PolynomialFeatures(
      degree: degree, featureNames: names, levelGroups: groups)
    #expect(
      PolynomialFeatures.count(
        degree: degree, inputCount: names.count, levelCounts: levelCounts) == features.count)
    #expect(Set(features.names).count == features.count)
  }

  @Test(arguments: [
    (
      ["x", "x^2"], 2,
      "the column 'x^2' and the monomial of 'x' and 'x' are both called 'x^2'; rename a column, "
        + "or leave one out"
    ),
    (
      ["a", "b", "a*b"], 2,
      "the column 'a*b' and the monomial of 'a' and 'b' are both called 'a*b'; rename a column, "
        + "or leave one out"
    ),
    (
      ["a*b", "c", "a", "b*c"], 2,
      "the monomial of 'a*b' and 'c' and the monomial of 'a' and 'b*c' are both called 'a*b*c'; "
        + "rename a column, or leave one out"
    ),
  ])
  func `a monomial with the name of another feature is refused`(
    names: [String], degree: Int, expected: String
  ) {
    let error = #expect(throws: DatasetError.self) {
      try PolynomialFeatures(degree: degree, featureNames: names)
    }
    #expect(error?.description == "features.polynomial: " + expected)
  }
}

/// Indicators of missing cells, and rows that are made when they are read.
@Suite struct PolynomialIndicatorTests {
  @Test func `indicators are in no monomial`() throws {
    let features = try PolynomialFeatures(
      degree: 3, featureNames: ["a", "k=u", "k=v", "a missing", "b missing"],
      levelGroups: [1..<3], indicatorCount: 2)
    #expect(
      features.names == [
        "a", "k=u", "k=v", "a missing", "b missing", "a^2", "a*k=u", "a*k=v", "a^3", "a^2*k=u",
        "a^2*k=v",
      ])
    #expect(
      PolynomialFeatures.count(degree: 3, inputCount: 5, levelCounts: [2], indicatorCount: 2)
        == features.count)
  }

  @Test(arguments: [1, 2, 4])
  func `a view reads as the expanded matrix, with its rests`(degree: Int) throws {
    let features = try PolynomialFeatures(
      degree: degree, featureNames: ["a", "b", "a missing"], indicatorCount: 1)
    let rows = (0..<9).map { (row: Int) -> [Double] in
      [0.1 * Double(row), 1 / Double(row + 3), Double(row % 2)]
    }
    let matrix = Matrix(rows: rows)
    let (view, expanded) = (features.view(of: matrix), try features.expand(matrix, workers: 1))
    #expect(view.columnCount == features.count)
    for row in rows.indices {
      #expect(view.row(row) == expanded.row(row))
      #expect(rests(of: view, row) == rests(of: expanded, row))
    }
  }

  private func rests(of matrix: Matrix, _ row: Int) -> [Double] {
    var rests = [Double](repeating: 0, count: matrix.columnCount)
    var span = rests.mutableSpan
    _ = matrix.writeRests(ofRow: row, to: &span)
    return rests
  }

  @Test func `the clash of a monomial behind indicators names its columns`() {
    let error = #expect(throws: DatasetError.self) {
      try PolynomialFeatures(
        degree: 2, featureNames: ["a", "b", "b^2", "a missing"], indicatorCount: 1)
    }
    #expect("\(error, default: "")".contains("the monomial of 'b' and 'b' are both called 'b^2'"))
  }
}
