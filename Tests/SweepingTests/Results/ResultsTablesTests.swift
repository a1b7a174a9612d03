import Foundation
import LinearModels
import ModelSelection
import Results
import Sweeping
import Tables
import TestSupport
import Testing

/// Every table and document against its declaration: what is written is what is declared, and reads back.
struct ResultsTablesTests {
  /// What a run writes into its tables: an example for each shape that they have.
  struct Example: Sendable, CustomTestStringConvertible {
    let name: String
    let shape: TableShape
    let spec: String

    var testDescription: String { name }
  }

  private static let examples = [
    Example(
      name: "numbers, folds, a test set, a point without a result",
      shape: TableShape(metrics: ["mse", "r2"], parts: Part.allCases, conditions: []),
      spec: """
        {"data": {"csv": "d.csv", "target": "y", "categorical": ["c"]}, "metrics": ["mse", "r2"], "seed": 3,
         "split": {"k_fold": 3, "repeats": 2, "test": 0.2}, "training": {"epochs": 3},
         "grid": [{"solver": "normal", "lambda": [0, 0.5]}, {"solver": "gd", "eta": [0.1, 1e9],
                   "lambda": 0.5}],
         "outputs": ["coefficients", "history", "spectrum", "predictions"]}
        """),
    Example(
      name: "classes",
      shape: TableShape(
        metrics: ["log_loss", "auc"], parts: [.train, .validation], conditions: [.classes]),
      spec: """
        {"data": {"csv": "d.csv", "target": "c"}, "metrics": ["log_loss", "auc"], "seed": 3,
         "model": {"loss": "logistic"}, "split": {"k_fold": 3}, "training": {"epochs": 3},
         "grid": [{"solver": "newton", "lambda": [0.1, 1]}, {"solver": "sgd", "eta": 0.1,
                   "batch_size": 4, "schedule": {"inverse_time": 0.5}, "lambda": 0.1}],
         "outputs": ["coefficients", "history", "predictions"]}
        """),
    Example(
      name: "files of a split",
      shape: TableShape(
        metrics: ["mse"], parts: [.train, .validation], conditions: [.fileSplit]),
      spec: """
        {"data": {"csv": "d.csv", "target": "y", "categorical": ["c"]}, "metrics": ["mse"],
         "split": {"files": {"validation": "v.csv"}},
         "grid": {"solver": "min_norm", "lambda": 0}, "outputs": ["spectrum", "predictions"]}
        """),
  ]

  private func run(_ example: Example) throws -> (fixture: SweepFixture, outcome: SweepOutcome) {
    let fixture = try SweepFixture()
    func rows(_ range: Range<Int>) -> String {
      range.map { i in
        let (a, b) = (Double(i % 7) / 3, Double(i * i % 11))
        return "\(a),\(b),\(a + b / 8 + Double(i % 3)),\(i % 5 < 3 ? "\"no, never\"" : "yes")"
      }.joined(separator: "\n")
    }
    let header = "\"a, \"\"b\"\"\",b,y,c\n"
    try fixture.folder.write(header + rows(0..<40) + "\n", to: "d.csv")
    try fixture.folder.write(header + rows(40..<60) + "\n", to: "v.csv")
    let outcome = try #require(try fixture.run(example.spec))
    return (fixture, outcome)
  }

  @Test(arguments: examples)
  func `every table has the columns that are declared, and reads back as it was written`(
    example: Example
  ) throws {
    let (fixture, outcome) = try run(example)
    for columns in ResultFile.tables where outcome.files.contains(columns.file.name) {
      try readBack(columns, fixture, example.shape)
    }
    let asked = Output.allCases.filter { example.spec.contains("\"\($0.rawValue)\"") }
    #expect(
      outcome.files == ["curve.csv", "jobs.csv"] + asked.map { $0.rawValue + ".csv" }
        + ["best.json", "run.json"])
  }

  @Test(arguments: ResultFile.tables.map { $0.file.name })
  func `every table has rows`(name: String) {
    let fields = ResultFile.tables.first { $0.file.name == name }
    let hasRows = (fields as? any SweepTable.Type) != nil
    #expect(hasRows)
  }

  @Test(arguments: examples)
  func `the curve in memory is the one that is written`(example: Example) throws {
    let (fixture, outcome) = try run(example)
    #expect(try ResultFolder.readCurve(fixture.path("out")) == outcome.curve)
  }

  /// Reads every cell as what its column holds and writes it again.
  private func readBack<Columns: ResultField>(
    _: Columns.Type, _ fixture: SweepFixture, _ shape: TableShape
  ) throws {
    let text = try fixture.folder.text(of: "out/" + Columns.file.name)
    let table = try CSVTable(Array(text.utf8), path: Columns.file.name)
    #expect(table.header == Columns.header(in: shape))
    #expect(!table.rows.isEmpty, "\(Columns.file.name)")
    var writer = CSVWriter()
    writer.row(table.header)
    for row in table.rows {
      var cells = row.cells[...]
      for column in Columns.allCases {
        for _ in column.names(in: shape) {
          let cell = cells.removeFirst()
          let place = Comment(rawValue: "\(Columns.file.name):\(row.line) \(column): '\(cell)'")
          if cell.isEmpty {
            #expect(column.declaration.emptyWhen != nil, place)
            writer.emptyCell()
            continue
          }
          switch column.declaration.value {
          case .count: writer.cell(try #require(Int(cell), place))
          case .number, .measures:
            let number = Double(cell)
            #expect(number != nil, place)
            writer.cell(number)
          case .status:
            writer.cell(try #require(FitStatus(rawValue: cell), place).rawValue)
          case .rules:
            let rules = cell.split(separator: " ").map { SelectionRule(rawValue: String($0)) }
            #expect(rules.allSatisfy { $0 != nil }, place)
            writer.cell(rules.compactMap(\.?.rawValue).joined(separator: " "))
          case .axes:
            switch try #require(AxisValue(cell: cell), place) {
            case .number(let number): writer.cell(number)
            case .word(let word): writer.cell(word)
            }
          case .text: writer.cell(cell)
          }
        }
      }
      writer.endRow()
    }
    #expect(String(decoding: writer.bytes, as: UTF8.self) == text)
  }

  @Test(arguments: examples)
  func `every document has the members that are declared`(example: Example) throws {
    let (fixture, _) = try run(example)
    let (best, run) = (try fixture.json("best"), try fixture.json("run"))
    check(best, BestMember.self, example.shape)
    check(run, RunMember.self, example.shape)
    check(try #require(best["selected"]), WinnerMember.self, example.shape)
  }

  private func check<Member: ResultField>(
    _ document: JSONNode, _: Member.Type, _ shape: TableShape
  ) {
    #expect(document.members?.map(\.key) == Member.header(in: shape))
    for member in Member.allCases where document[member]?.value == .null {
      #expect(member.declaration.emptyWhen != nil, "\(member)")
    }
  }

  @Test(arguments: TableReference.files.map { $0.file.name })
  func `every column has a sentence, an example and a place in the page`(name: String) throws {
    let fields = try #require(TableReference.files.first { $0.file.name == name })
    func check<Field: ResultField>(_: Field.Type) {
      for field in Field.allCases {
        let declaration = field.declaration
        #expect(declaration.text.hasSuffix("."), "\(field)")
        #expect(!declaration.example.isEmpty || field.rawValue == "axes", "\(field)")
      }
      let all = TableShape(
        metrics: ["M"], parts: Part.allCases, conditions: [.classes, .fileSplit])
      let section = TableReference.text.components(separatedBy: "\n## ").first {
        $0.hasPrefix(name + "\n")
      }
      for column in Field.header(in: all) {
        #expect(section?.contains("`\(column)`") == true, "\(column)")
      }
    }
    check(fields)
  }
}
