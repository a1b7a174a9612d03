import Sweeping
import Tables
import Testing

/// What a message says beyond what is wrong: what to write, where, and what is only remarkable.
struct SpecRemedyTests {
  private func spec(_ parts: String...) -> String {
    let data = #""data": {"csv": "d.csv", "target": "y"}"#
    return "{" + ([data] + parts).joined(separator: ", ") + "}"
  }

  private func errors(_ text: String, path: String = "s.json") -> SpecErrors? {
    do {
      _ = try SpecReader.read(text: Array(text.utf8), path: path)
      return nil
    } catch {
      return error
    }
  }

  private let grid = #""grid": {"solver": "normal", "lambda": [0.1, 1]}"#

  @Test(arguments: [
    (#""grid": {"solver": "normal", "lambda": {"logspace": [-6, 3], "count": 4}}"#, "[1e-6, 1000]"),
    (#""grid": {"solver": "normal", "lambda": {"logspace": [1, 3], "num": 4}}"#, "'count'"),
    (#""grid": {"solver": "normal", "C": 1}"#, "write \"lambda\""),
    (#""grid": {"solver": "normal", "lambda": 1}, "outputs": ["coefs"]"#, "'coefficients'"),
    (
      #""grid": {"solver": "normal", "lambda": 1}, "gates": [{"count": "ok", "maximum": 1}]"#,
      "'max'"
    ),
    (
      #""grid": {"solver": "normal", "lambda": 1}, "select": {"metric": "validation_mse"}"#, "'mse'"
    ),
    (
      #""grid": {"solver": "normal", "lambda": 1}, "gates": [{"metric": "mse", "max": 1}]"#,
      "'validation_mse'"
    ),
    (
      #""grid": {"solver": "normal", "lambda": 1}, "limits": {"max_jobs": 9007199254740995}"#,
      "at most 9007199254740992"
    ),
  ])
  func `a common mistake is told with what to write`(part: String, remedy: String) {
    let text = errors(spec(part))?.description ?? ""
    #expect(text.contains(remedy))
  }

  @Test(arguments: [
    ("s.yaml", "data:\n  csv: d.csv\n", "YAML"), ("s.json", "---\ndata: 3\n", "YAML"),
    ("s.json", "# mine\nname: x\n", "YAML"), ("s.toml", "[data]\ncsv = 'd'\n", "TOML"),
    ("s.json", "seed = 3\n", "TOML"), ("d.csv", "a,b\n1,2\n", "a CSV file"),
  ])
  func `another format is named`(path: String, text: String, format: String) {
    let message = errors(text, path: path)?.description ?? ""
    #expect(message.hasPrefix("\(path):1:1: this is \(format), a spec is JSON"))
    #expect(!message.contains("\n"))
  }

  @Test func `a spec from standard input needs a name and is called by a dash`() {
    let nameless = errors(spec(grid), path: "-")
    #expect(nameless?.description.hasPrefix("-:1:1: 'name' is missing") == true)
    #expect(errors(spec(grid, #""name": "x""#), path: "-") == nil)
  }

  @Test(arguments: [
    (#""grid": {"solver": "normal", "lambda": 1, "eta": 0.1}"#, "grid.eta: no solver of this grid"),
    (
      #""grid": [{"solver": "normal", "lambda": 1}, {"solver": "gd", "eta": 1, "lambda": 1, "radius": 1}]"#,
      "grid.1.radius: no solver of this grid uses 'radius'"
    ),
    (
      #""grid": {"solver": "gd", "eta": 1, "lambda": 1}, "gates": [{"count": "singular", "max": 0}]"#,
      "gates.0: this gate can never fail: no fit of this spec can end as 'singular'"
    ),
    (
      #""grid": {"solver": "normal", "lambda": 1}, "gates": [{"metric": "train_mse", "min": 0}]"#,
      "gates.0: this gate can never fail: mse is never below 0"
    ),
    (
      #""grid": {"solver": "normal", "lambda": [1, 10]}, "gates": [{"best": "lambda", "within_decades": 1}]"#,
      "gates.0: this gate can never fail: the grid's 'lambda' spans 1 decades"
    ),
    (
      #""metrics": ["r2"], "grid": {"solver": "normal", "lambda": 1}, "gates": [{"metric": "train_r2", "max": 1}]"#,
      "gates.0: this gate can never fail: r2 is never above 1"
    ),
  ])
  func `what is allowed and hardly meant gets a remark`(part: String, remark: String) throws {
    let spec = try SpecReader.read(text: Array(spec(part).utf8), path: "s.json")
    #expect(spec.remarks.count == 1)
    #expect(spec.remarks.first?.hasPrefix("s.json:1:") == true)
    #expect(spec.remarks.first?.contains(remark) == true)
  }

  @Test(arguments: [
    #"{"count": "singular", "max": 0}"#, #"{"metric": "train_mse", "min": 0.1}"#,
    #"{"best": "lambda", "within_decades": 0.9}"#, #"{"count": "ok", "max": 1}"#,
    #"{"metric": "train_mse", "min": 0, "max": 4}"#,
  ])
  func `a gate that can fail gets none`(gate: String) throws {
    let grid = #""grid": {"solver": "normal", "lambda": [1, 10]}, "gates": [\#(gate)]"#
    #expect(try SpecReader.read(text: Array(spec(grid).utf8), path: "s.json").remarks == [])
  }

  @Test func `a terminal sees the line and a caret below the column`() throws {
    let text = "{\n\t\"data\": 3,\n  \"gird\": {}\n}"
    let found = try #require(errors(text))
    let excerpts = found.problems.map { found.excerpt(of: $0, width: 80) }
    #expect(excerpts.contains(["    \"gird\": {}", "    ^"]))
    #expect(excerpts.contains(["   \"data\": 3,", "           ^"]))
  }

  @Test func `of a long line the part around the place is shown`() throws {
    let long = String(repeating: "x", count: 5000)
    let text = "{\"description\": \"\(long)\", \"gird\": 1, \"name\": \"\(long)\u{1B}\"}"
    let found = try #require(errors(text))
    for problem in found.problems {
      let lines = found.excerpt(of: problem, width: 60)
      #expect(lines.allSatisfy { $0.count <= 70 && !$0.contains("\u{1B}") })
    }
    let gird = try #require(found.problems.first { $0.path == "gird" })
    let lines = found.excerpt(of: gird, width: 60)
    let caret = try #require(lines[1].firstIndex(of: "^"))
    let offset = lines[1].distance(from: lines[1].startIndex, to: caret)
    #expect(lines[0].dropFirst(offset).hasPrefix("\"gird\""))
  }
}
