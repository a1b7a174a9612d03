import Sweeping
import Synchronization
import TestSupport
import Testing

/// LIBSVM files, whose rows are kept as sparse as they are.
struct EngineSparseTests {
  private static let squared = """
    "split": {"k_fold": 3, "test": 0.1},
    "grid": [
      {"solver": ["normal", "min_norm"], "lambda": [1e-3, 1]},
      {"solver": "gd", "eta": 0.05, "epochs": 9, "lambda": [0, 0.1]},
      {"solver": "sgd", "eta": 0.01, "batch_size": [1, 8], "epochs": 3, "lambda": [0.01, 1]}],
    "metrics": ["mse", "mae", "r2"], "outputs": ["coefficients", "history", "predictions"]
    """

  private static let logistic = """
    "split": {"k_fold": 3}, "model": {"loss": "logistic"},
    "grid": [
      {"solver": "newton", "lambda": [1e-2, 1]},
      {"solver": "gd", "eta": 0.3, "epochs": 5, "lambda": [1e-3, 0.1]},
      {"solver": "sgd", "eta": 0.05, "batch_size": [1, 16], "epochs": 3, "lambda": [1e-3, 0.1]}],
    "metrics": ["log_loss", "error_rate", "auc"],
    "outputs": ["coefficients", "history", "predictions"]
    """

  /// 90 rows of 24 columns, of which about every fourteenth element is not zero.
  private static let rows: [(target: Int, elements: [(column: Int, value: Int)])] = {
    var generator = SeededGenerator(seed: 8)
    return (0..<90).map { row in
      let columns = (1...24).filter { (5 * row + 7 * $0) % 14 == 0 }
      let elements = columns.map { ($0, Int.random(in: 1...9, using: &generator)) }
      let sum = elements.reduce(0) { $0 + ($1.0 % 2 == 0 ? $1.1 : -$1.1) }
      return (sum + Int.random(in: -3...3, using: &generator) > 0 ? 1 : -1, elements)
    }
  }()

  @Test(arguments: [squared, logistic])
  func `zeros may be written or left out`(members: String) throws {
    let fixture = try SweepFixture()
    let names = (1...24).map { "x\($0)" }
    let lines = Self.rows.map { row in
      var cells = [String](repeating: "0", count: 24)
      for (column, value) in row.elements { cells[column - 1] = "\(value)" }
      return (cells + ["\(row.target)"]).joined(separator: ",")
    }
    try fixture.folder.write(
      ([(names + ["y"]).joined(separator: ",")] + lines).joined(separator: "\n"), to: "d.csv")
    let sparse = Self.rows.map { row in
      (["\(row.target)"] + row.elements.map { "\($0.column):\($0.value)" }).joined(separator: " ")
    }
    try fixture.folder.write(sparse.joined(separator: "\n"), to: "d.svm")
    try fixture.run("{\"data\": {\"csv\": \"d.csv\", \"target\": \"y\"}, \(members)}", into: "csv")
    try fixture.run("{\"data\": {\"libsvm\": \"d.svm\"}, \(members)}", into: "svm", workers: 1)
    let (written, leftOut) = (try fixture.tables("csv"), try fixture.tables("svm"))
    #expect(written.keys.contains("coefficients.csv") && written.keys.contains("history.csv"))
    #expect(written == leftOut)
  }

  private func wide(_ members: String, columns: Int = 400_000) throws -> SweepRun {
    let fixture = try SweepFixture()
    try fixture.folder.write("1 1:1 \(columns):2\n-1 2:1\n1 3:1\n-1 1:3\n", to: "d.svm")
    let spec = try fixture.spec(
      "{\"data\": {\"libsvm\": \"d.svm\"}, \"split\": {\"k_fold\": 2}, \(members)}")
    return try SweepRun(RunRequest(spec: spec, output: nil, workers: 2)) { messages.append($0) }
  }

  private let messages = Messages()

  @Test func `products of all pairs that do not fit in memory are refused`() throws {
    let grid = "\"grid\": {\"solver\": \"normal\", \"lambda\": [1]}"
    let error = try #require(throws: SpecErrors.self) { try wide(grid).checkMemory() }
    #expect(error.description.contains("limits.max_memory_gb: the plan needs about 10000 GB"))
    let newton = try #require(throws: SpecErrors.self) {
      try wide(
        """
        "model": {"loss": "logistic"}, "grid": [
          {"solver": "gd", "eta": 0.1, "epochs": 1, "lambda": [1]},
          {"solver": "newton", "lambda": [1]}]
        """
      ).checkMemory()
    }
    #expect(newton.description.contains("limits.max_memory_gb: the plan needs about 10000 GB"))
  }

  /// With their zeros the rows would take 320 MB.
  @Test func `zeros that are left out take no memory`() throws {
    let fixture = try SweepFixture()
    let lines = (0..<2000).map { "\($0 % 2 == 0 ? 1 : -1) \($0 % 7 + 1):1" } + ["1 20000:1"]
    try fixture.folder.write(lines.joined(separator: "\n"), to: "d.svm")
    let spec = try fixture.spec(
      """
      {"data": {"libsvm": "d.svm"}, "split": {"k_fold": 2}, "model": {"loss": "logistic"},
       "grid": {"solver": "gd", "eta": 0.1, "epochs": 1, "lambda": [1]},
       "limits": {"max_memory_gb": 0.1}}
      """)
    try SweepRun(RunRequest(spec: spec, output: nil, workers: 2)) { _ in }.checkMemory()
  }

  @Test func `a long list of constant features is cut short`() throws {
    let outcome = try wide(
      """
      "model": {"loss": "logistic"},
      "grid": {"solver": "gd", "eta": 0.1, "epochs": 1, "lambda": [1]}
      """, columns: 5000
    ).perform()
    #expect(outcome?.hasFailed == false)
    // Two folds, one line.
    #expect(messages.all.count == 1)
    // Two rows a fold have two columns or three.
    #expect(messages.all.allSatisfy { $0.hasSuffix(" more") && $0.count < 220 })
    #expect(messages.all.allSatisfy { $0.contains("x10 (2 folds), x11 (2 folds)") })
  }
}

/// What a run says, from any thread.
private final class Messages: Sendable {
  private let texts = Mutex<[String]>([])

  func append(_ text: String) { texts.withLock { $0.append(text) } }
  var all: [String] { texts.withLock { $0 } }
}
