import Charts
import ModelSelection
import Platform
import Results
import Sweeping
import Tables

/// Single tables of results.
struct TableFuzz: Reader {
  static let name = "table"
  static let share = 7
  private let kept: [(name: String, bytes: [UInt8])]
  private let mutation = Mutation(resultTokens)

  init(_ corpus: Corpus) throws {
    kept = try ["squared", "logistic"].flatMap { try corpus.files("results/\($0)") }
      .filter { $0.name.hasSuffix(".csv") }.map { ($0.name, $0.bytes.firstLines(40)) }
  }

  mutating func read(_ draw: inout Draw) throws -> Bool {
    var (name, bytes) = draw.pick(kept)
    if draw.chance(75) { mutation(&bytes, &draw, other: draw.pick(kept).bytes) }
    if draw.chance(5) { name = draw.pick(kept).name }
    do {
      switch name {
      case "curve.csv":
        let table = try CurveTable(csv: bytes, path: name)
        _ = table.varyingAxes
        try show(bytes, name, table, &draw)
      case "coefficients.csv": _ = try CoefficientTable(csv: bytes, path: name)
      case "history.csv": _ = try HistoryTable(csv: bytes, path: name)
      case "spectrum.csv": _ = try SpectrumTable(csv: bytes, path: name)
      default: _ = try CSVTable(bytes, path: name)
      }
      return true
    } catch let error as ResultError {
      guard !error.description.isEmpty else { throw Finding("an error without a text") }
      return false
    } catch let error as CSVError {
      guard !error.description.isEmpty else { throw Finding("an error without a text") }
      return false
    }
  }
}

/// The table as `sweep show` prints it, in some form.
private func show(
  _ bytes: [UInt8], _ name: String, _ curve: CurveTable, _ draw: inout Draw
) throws {
  var request = PointListing.Request()
  if draw.chance(30) { request.top = draw.below(5) }
  request.isLong = draw.chance(30)
  request.isForReader = draw.chance(50)
  let table = try CSVTable(bytes, path: name)
  let listing = try PointListing(table, metric: curve.metrics[0], request: request)
  guard listing.rows.allSatisfy({ $0.count == listing.columns.count }) else {
    throw Finding("a row of another length")
  }
  if !request.isForReader, !request.isLong, request.top == nil {
    let again = try CSVTable(Array(listing.csv.utf8), path: name)
    guard again.header == table.header, again.rows.map(\.cells) == table.rows.map(\.cells) else {
      throw Finding("a table that is printed otherwise")
    }
  }
  _ = (listing.text, listing.markdown, JSONText.encode(listing.json))
}

/// Whole result folders, read, drawn, reported and compared.
struct FolderFuzz: Reader {
  static let name = "folder"
  static let share = 2
  private let corpus: Corpus
  private let kept: [[(name: String, bytes: [UInt8])]]
  private let whole: [ResultFolder]
  private let tree: TreeMutation
  private let mutation = Mutation(resultTokens)

  init(_ corpus: Corpus) throws {
    self.corpus = corpus
    kept = try ["squared", "logistic"].map { try corpus.files("results/\($0)") }
    tree = TreeMutation(kept.joined().filter { $0.name.hasSuffix(".json") }.map(\.bytes))
    whole = try kept.map { files in
      try Folder.create(corpus.path("folder"))
      for (name, bytes) in files { _ = try corpus.write(bytes, "folder/" + name) }
      return try ResultFolder.read(corpus.path("folder"))
    }
  }

  mutating func read(_ draw: inout Draw) throws -> Bool {
    let index = draw.below(kept.count)
    let names = [
      "curve.csv", "coefficients.csv", "history.csv", "spectrum.csv", "best.json", "run.json",
    ]
    for name in names {
      var bytes = kept[index].first { $0.name == name }?.bytes ?? []
      if draw.chance(15) { mutation(&bytes, &draw, other: draw.pick(kept[index]).bytes) }
      if name.hasSuffix(".json"), draw.chance(30) { bytes = tree(bytes, &draw) }
      if draw.chance(5) { bytes = Array("{}".utf8) }
      _ = try corpus.write(bytes, "folder/" + name)
    }
    let folder: ResultFolder
    do throws(ResultError) {
      folder = try ResultFolder.read(corpus.path("folder"))
    } catch {
      return false
    }
    switch draw.below(3) {
    case 0: _ = report(folder)
    case 1: _ = svg(folder)
    default:
      let comparison = compare(
        baseline: whole[index].curve, current: folder.curve, gates: [], metric: .mse, rule: .min,
        name: "fuzz", specPath: "s.json", baselineName: "old", currentName: "new")
      _ = comparison.markdown() + comparison.text() + junitXML([comparison])
      _ = githubAnnotations([comparison]) + JSONText.encode(comparison.json(command: "diff"))
    }
    return true
  }
}

private let resultTokens = [
  "point", "solver", "normal", "gd", "inverse_time(0.1)", "constant", "min", "one_standard_error",
  "ok", "diverged", "validation_mse", "train_mse_se", "lambda", "(intercept)", "\"selected\": null",
  "\"coefficients\": {}", "[1, 2]", "{}", "x^2", ",,", "\n1,normal,1", "shrinkage", "epoch",
]

extension [UInt8] {
  fileprivate func firstLines(_ count: Int) -> [UInt8] {
    var left = count
    return Array(
      prefix { byte in
        if byte == UInt8(ascii: "\n") { left -= 1 }
        return left > 0
      })
  }
}
