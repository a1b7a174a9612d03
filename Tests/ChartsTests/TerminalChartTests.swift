import Charts
import Results
import TestSupport
import Testing

@Suite struct TerminalChartTests {
  private func chart(
    _ table: CurveTable, unicode: Bool = true, color: Bool = false, width: Int = 72
  ) -> String {
    terminalChart(
      table, metric: "mse", winner: table.points.first { $0.selectedBy.contains("min") }?.point,
      style: TerminalStyle(isUnicode: unicode, hasColor: color, width: width))
  }

  @Test func `the winner's place stands under the axis`() throws {
    let text = chart(try ridgeTable())
    #expect(text.contains("● validation"))
    #expect(text.contains("λ = 1 (min, one standard error)"))
  }

  @Test(arguments: [40, 60, 72, 100])
  func `no line is wider than asked`(width: Int) throws {
    for line in chart(try ridgeTable(), width: width).split(separator: "\n").dropFirst() {
      #expect(line.count <= width)
    }
  }

  @Test func `plain terminals get ASCII only`() throws {
    let text = chart(try ridgeTable(ridgeCSV(diverged: [1])), unicode: false)
    #expect(text.allSatisfy { $0.isASCII })
    #expect(text.contains("lambda = 1"))
    #expect(text.contains("x"))
  }

  @Test func `colour only when it is allowed`() throws {
    let table = try ridgeTable()
    #expect(!chart(table).contains("\u{1B}"))
    #expect(chart(table, color: true).contains("\u{1B}[33m●"))
  }

  @Test func `a single point or no number is no curve`() {
    #expect(chart(gridTable(lambdas: [1])) == "")
    #expect(chart(gridTable(lambdas: [1, 2, 3], isDiverged: { _ in true })) == "")
  }

  @Test func `lines end without spaces`() throws {
    let text = chart(try ridgeTable())
    #expect(!text.contains(" \n"))
  }
}
