import Foundation
import Sweeping
import Tables
import TestSupport
import Testing

/// A scratch folder in which specs are run and their tables read.
struct SweepFixture {
  let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  /// The data that the repository ships.
  static let dataFolder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("experiments/data")

  static func shipped(_ name: String) -> String { dataFolder.appendingPathComponent(name).path }

  func path(_ name: String) -> String { folder.url.appendingPathComponent(name).path }

  func spec(_ text: String) throws -> SweepSpec {
    try SpecReader.read(text: Array(text.utf8), path: path("s.json"))
  }

  private func sweep(
    _ text: String, _ output: String?, workers: Int, shard: Shard?, startsFresh: Bool
  ) throws -> SweepRun {
    var request = RunRequest(spec: try spec(text), output: output.map(path), workers: workers)
    request.shard = shard
    request.startsFresh = startsFresh
    return try SweepRun(request) { _ in }
  }

  /// Runs a spec; `nil` for a shard that has done its part.
  @discardableResult
  func run(
    _ text: String, into output: String? = "out", workers: Int = 2, shard: Shard? = nil,
    startsFresh: Bool = false
  ) throws -> SweepOutcome? {
    try sweep(text, output, workers: workers, shard: shard, startsFresh: startsFresh).perform()
  }

  func jobCount(_ text: String) throws -> Int {
    try sweep(text, nil, workers: 1, shard: nil, startsFresh: false).jobCount
  }

  @discardableResult
  func merge(_ text: String, into output: String = "out") throws -> SweepOutcome {
    try sweep(text, output, workers: 2, shard: nil, startsFresh: false).merge()
  }

  /// Every file of a finished run but `run.json`, which tells the time, by name.
  func tables(_ output: String = "out") throws -> [String: String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: path(output))
    var tables: [String: String] = [:]
    for name in names where name.hasSuffix(".csv") || name == "best.json" {
      tables[name] = try folder.text(of: output + "/" + name)
    }
    return tables
  }

  func table(_ name: String, of output: String = "out") throws -> ResultRows {
    let text = try folder.text(of: "\(output)/\(name).csv")
    return ResultRows(try CSVTable(Array(text.utf8), path: name))
  }

  func json(_ name: String, of output: String = "out") throws -> JSONNode {
    try JSONReader.node(Array(folder.text(of: "\(output)/\(name).json").utf8))
  }

  /// The jobs that the last run fitted itself. Not inlined: the optimiser of Swift 6.3.1 fails on
  /// tests in which a node's enum is taken apart inside `#expect(try …)`.
  @inline(never)
  func jobsRun() throws -> Int {
    let node = try json("run")
    return try Int(#require(node["jobs_run"]?.number))
  }
}

/// The rows of a result table with their cells by column name.
struct ResultRows {
  let rows: [[String: String]]

  init(_ table: CSVTable) {
    rows = table.rows.map { row in
      Dictionary(zip(table.header, row.cells), uniquingKeysWith: { first, _ in first })
    }
  }

  private init(_ rows: [[String: String]]) { self.rows = rows }

  /// The rows whose cells are these.
  func filtered(_ cells: [String: String]) -> ResultRows {
    ResultRows(rows.filter { row in cells.allSatisfy { row[$0.key] == $0.value } })
  }

  func cells(_ column: String) -> [String] { rows.map { $0[column] ?? "no column \(column)" } }

  /// The numbers of a column, `nan` where a cell is no number.
  func numbers(_ column: String) -> [Double] { cells(column).map { Double($0) ?? .nan } }
}
