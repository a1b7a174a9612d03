import Foundation
import Results
import Tables
import TestSupport
import Testing

@Suite struct ResultFolderTests {
  @Test func `reads what is there and does without the rest`() throws {
    try withFolder([:]) { folder in
      #expect(folder.name == folder.path.split(separator: "/").last.map(String.init))
      #expect(folder.question == nil)
      #expect(folder.metric == "mse" && folder.rule == "min")
      #expect(folder.winner?.setting[.lambda] == .number(1))
      #expect(folder.coefficients == nil && folder.history == nil && folder.spectrum == nil)
    }
  }

  @Test func `the spec in run.json says name, question, metric and rule`() throws {
    let spec = #"{"name": "r", "description": "Why?", "select": {"rule": "one_standard_error"}}"#
    let run = JSONText.encode(["spec": .string(spec), "seed": 7])
    try withFolder(["run.json": run]) { folder in
      #expect(folder.name == "r" && folder.question == "Why?")
      #expect(folder.rule == "one_standard_error")
    }
  }

  @Test func `coefficients are means over folds, without the intercept`() throws {
    let text = """
      point,repeat,fold,feature,coefficient,standardized_coefficient
      0,0,0,(intercept),5,
      0,0,0,age,9,1
      0,0,0,bmi,9,-4
      0,0,1,age,9,3
      0,0,1,bmi,9,-5
      1,0,0,age,7,

      """
    let table = try CoefficientTable(csv: Array(text.utf8), path: "c")
    #expect(table.features == ["age", "bmi"])
    #expect(table.standardized == [0: [2, -4.5], 1: [7, 0]])
  }

  @Test func `a history keeps the epochs that every fold has`() throws {
    let text = """
      point,repeat,fold,epoch,objective,train_mse,validation_mse,weight_norm
      3,0,0,0,1,10,20,0
      3,0,1,0,1,12,22,0
      3,0,0,1,1,6,8,0
      3,0,1,1,1,8,10,0
      3,0,0,2,1,1,1,0

      """
    let table = try HistoryTable(csv: Array(text.utf8), path: "h")
    #expect(table.steps[3]?.map(\.epoch) == [0, 1])
    #expect(table.steps[3]?[1].errors == [.train: 7, .validation: 9])
  }

  @Test func `a spectrum is averaged over folds, lambda by lambda`() throws {
    let text = """
      repeat,fold,component,eigenvalue,lambda_mean,shrinkage
      0,0,0,10,12,0.5
      0,0,1,1,12,0.1
      0,0,0,10,1,0.9
      0,0,1,1,1,0.5
      0,1,0,30,2,0.7
      0,1,1,3,2,0.7
      0,1,0,30,14,0.5
      0,1,1,3,14,0.3

      """
    let table = try SpectrumTable(csv: Array(text.utf8), path: "s")
    #expect(table.lambdas == [1.5, 13])
    #expect(table.eigenvalues == [20, 2])
    #expect(table.shrinkage == [[0.8, 0.6], [0.5, 0.2]])
  }

  @Test func `a missing folder or table is told from a broken one`() throws {
    let none = #expect(throws: ResultError.self) { try ResultFolder.read("/no/such") }
    #expect(none?.isMissing == true)
    #expect(none?.description.hasPrefix("/no/such: no such folder") == true)
    let root = FileManager.default.temporaryDirectory.path
    let empty = root + "/charts-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: empty) }
    let unfinished = #expect(throws: ResultError.self) { try ResultFolder.readCurve(empty) }
    #expect(unfinished == .noTable(path: empty + "/curve.csv"))
    try "a,b\n1\n".write(toFile: empty + "/curve.csv", atomically: true, encoding: .utf8)
    let broken = #expect(throws: ResultError.self) { try ResultFolder.readCurve(empty) }
    #expect(broken?.isMissing == false)
    #expect(broken?.description.hasSuffix("curve.csv:2: found 1 cell, the header has 2") == true)
  }

  @Test func `broken JSON is an error with its place`() throws {
    let error = #expect(throws: ResultError.self) {
      try withFolder(["best.json": "{\n  \"overall\": nope\n}"]) { _ in }
    }
    #expect(error?.description.contains("best.json:2:14: ") == true)
  }
}
