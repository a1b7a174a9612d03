import Charts
import Results
import TestSupport
import Testing

@Suite struct CurveFigureTests {
  private let manySettings = gridTable(
    solvers: ["gd", "sgd"], etas: [0.001, 0.01, 0.1], batchSizes: [1, 32],
    lambdas: [0, 0.001, 0.01, 0.1, 1, 10],
    isDiverged: { $0[.learningRate] == .number(0.1) && $0[.lambda] == .number(10) })

  @Test func `the picture is well-formed and has a title and a description`() throws {
    let picture = try #require(SVGInspector(svg(try ridgeTable(), title: "ridge")))
    #expect(picture.ids.starts(with: ["title", "desc"]))
    #expect(picture.labels.contains { $0.text == "ridge" })
    #expect(picture.labels.contains { $0.text == "effective degrees of freedom" })
  }

  @Test func `the same table gives the same bytes`() throws {
    let first = svg(try ridgeTable(), title: "a")
    let second = svg(try ridgeTable(), title: "a")
    #expect(first == second)
  }

  @Test func `the selected point is named with its value`() throws {
    let picture = try #require(SVGInspector(svg(try ridgeTable(), title: "ridge")))
    #expect(
      picture.labels.contains { $0.text.hasPrefix("min and one standard error: λ = ") })
  }

  @Test func `no two labels overlap`() throws {
    for text in [
      svg(try ridgeTable(), title: "ridge"), svg(manySettings, title: "many"),
      svg(gridTable(lambdas: [0, 0.1]), title: "two"),
      svg(gridTable(lambdas: [0.25]), title: "one"),
    ] {
      let picture = try #require(SVGInspector(text))
      #expect(picture.overlappingLabels == [])
    }
  }

  @Test func `the legend has the marks of what lies outside, in their colours and directions`()
    throws
  {
    // Errors at the ends of the grid far above, and far below, the best one.
    let text = ridgeCSV().replacing(/(?m)^0,(.*),ok,5,[^,]*,20,[^,]*,/) { match in
      "0,\(match.1),ok,5,1e-9,20,9e9,"
    }
    let picture = svg(try ridgeTable(text), title: "outside")
    var marks: [String: Int] = [:]
    for match in picture.matches(of: /class="(\w+) outside" d="[^l]*l4 (-?)6/) {
      marks["\(match.1)\(match.2)", default: 0] += 1
    }
    #expect(marks == ["train": 2, "validation-": 2])
  }

  @Test func `text from outside is escaped and cleaned`() throws {
    let text = svg(try ridgeTable(), title: "a<b> & \"c\" \u{1}\u{FFFF}d")
    let picture = try #require(SVGInspector(text))
    #expect(picture.labels.first?.text == "a<b> & \"c\" d")
  }

  @Test func `a diverged point is a cross and moves no axis`() throws {
    let whole = svg(try ridgeTable(), title: "r")
    let spoiled = svg(try ridgeTable(ridgeCSV(diverged: [0])), title: "r")
    #expect(SVGInspector(whole)?.count(ofClass: "trouble") == 0)
    // One in the plot, one in the legend.
    #expect(SVGInspector(spoiled)?.count(ofClass: "trouble") == 2)
  }

  @Test func `a huge error is an arrow at the edge and leaves the axis alone`() throws {
    var table = try ridgeTable()
    table.points[0].estimates[Measure(.validation, "mse")] = Estimate(1e30, standardError: 1e29)
    let picture = try #require(SVGInspector(svg(table, title: "r")))
    #expect(picture.labels.contains { $0.text == "outside the picture" })
    #expect(!picture.labels.contains { $0.text.contains("10") && $0.text.contains("30") })
  }

  @Test func `zero has its own tick left of a break`() throws {
    let picture = try #require(
      SVGInspector(svg(gridTable(lambdas: [0, 0.001, 0.01, 0.1, 1]), title: "r")))
    let zero = try #require(picture.labels.first { $0.text == "0" })
    let first = try #require(picture.labels.first { $0.text == "10−3" })
    #expect(zero.right < first.left)
  }

  @Test func `every combination has a panel, up to twelve`() throws {
    let picture = try #require(SVGInspector(svg(manySettings, title: "r")))
    #expect(picture.count(ofClass: "panel") == 12)
    let more = gridTable(etas: (1...15).map { Double($0) / 1000 }, lambdas: [0.01, 0.1, 1, 10])
    let capped = try #require(SVGInspector(svg(more, title: "r")))
    #expect(capped.count(ofClass: "panel") == 12)
    #expect(capped.labels.contains { $0.text.hasPrefix("12 of 15 combinations shown") })
    #expect(!capped.labels.contains { $0.text == "η 0.015" })
  }

  @Test func `a title leaves out the epochs that differ along with a learning rate`() throws {
    var table = gridTable(etas: [0.001, 0.01], lambdas: [0.01, 0.1, 1, 10])
    for index in table.points.indices {
      let isSmall = table.points[index].setting[.learningRate] == .number(0.001)
      table.points[index].setting[.epochs] = .number(isSmall ? 500 : 50)
    }
    let picture = try #require(SVGInspector(svg(table, title: "r")))
    #expect(picture.labels.contains { $0.text == "η 0.001" })
    for index in table.points.indices { table.points[index].setting[.learningRate] = .number(0.01) }
    let alike = try #require(SVGInspector(svg(table, title: "r")))
    #expect(alike.labels.contains { $0.text == "epochs 500" })
  }

  @Test func `a sweep over training size is a learning curve`() throws {
    var table = gridTable(lambdas: [1])
    let point = table.points[0]
    table.points = [20.0, 40, 80].enumerated().map { index, size in
      var copy = point
      copy.point = index
      copy.setting[.trainSize] = .number(size)
      return copy
    }
    let picture = try #require(SVGInspector(svg(table, title: "r")))
    #expect(picture.labels.contains { $0.text == "training rows" })
  }

  @Test func `a grid of lambda and training size also shows the best lambda at each size`() throws {
    var table = gridTable(etas: [0.01, 0.02, 0.03], lambdas: [0.01, 0.1, 1, 10])
    for index in table.points.indices {
      table.points[index].setting[.trainSize] = .number(20 + Double(index / 4) * 40)
      table.points[index].setting[.learningRate] = nil
    }
    let text = svg(table.folder)
    let picture = try #require(SVGInspector(text))
    #expect(picture.labels.contains { $0.text == "training rows" })
    #expect(text.contains("<title>n = 60\nλ 0.1\n"))
    #expect(picture.overlappingLabels == [])
  }

  @Test func `a table without a single number is still a picture`() throws {
    let table = gridTable(lambdas: [0.1, 1, 10], isDiverged: { _ in true })
    #expect(SVGInspector(svg(table, title: "r")) != nil)
    #expect(!svg(table, title: "r").contains("nan"))
  }
}

extension CurveTable {
  fileprivate var folder: ResultFolder { ResultFolder(path: "results/r", curve: self) }
}
