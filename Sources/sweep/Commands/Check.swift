import Charts
import FoundationEssentials
import Journal
import ModelSelection
import Platform
import Results
import Sweeping
import Tables

/// Reruns the spec in memory and holds it against its gates and its baseline.
struct CheckCommand: Command {
  static let declaration = CommandDeclaration(
    operands: [.spec],
    summary: "rerun a spec in memory and hold it against its gates and a baseline",
    details: """
      Without gates every number of the curve must agree with the baseline's within 1e-9 relative.
      Exits with 2 when a gate fails, a result got worse or one of the baseline is gone; an
      improvement never fails.
      """,
    examples: [
      ("sweep check experiments/ridge.json", "against results/ridge"),
      ("sweep check experiments/ridge.json --junit check.xml --format github", "in a CI job"),
    ])

  let spec: SpecArgument
  /// `nil` means `./results/<name>`.
  let baseline: String?
  let allowsMissing: Bool
  let junit: String?
  let workers: Int?
  let common: CommonOptions

  init(_ reader: OptionReader) throws(UsageError) {
    spec = try reader.spec()
    baseline = try reader.path(.baseline)
    allowsMissing = reader.has(.allowMissing)
    junit = try reader.path(.junit)
    workers = try reader.whole(.jobs)
    common = try reader.common()
  }

  func perform() throws -> ExitStatus {
    Interruption.install()
    do {
      return publish(try report())
    } catch let missing as MissingBaseline {
      for failure in publishFiles(missing.report) { failure.tell(as: common.format) }
      if common.annotates { try Terminal.print(githubAnnotations([missing.report])) }
      throw missing.error
    } catch {
      try publishFailure(Failure(describing: error))
      throw error
    }
  }
}

/// There is nothing to compare with: an error like any other, and a report for the pipeline.
private struct MissingBaseline: Error {
  let error: ResultError
  let report: ComparisonReport
}

extension CheckCommand {
  /// How the spec fares.
  fileprivate func report() throws -> ComparisonReport {
    let spec = try spec.load(common)
    let folder = baseline ?? "results/\(spec.name)"
    let table: CurveTable
    do {
      table = try ResultFolder.readCurve(folder)
    } catch {
      throw MissingBaseline(
        error: error,
        report: incomparable(
          "a baseline", reason: error.description, metric: spec.selectionMetric,
          rule: spec.selectionRule, name: spec.name, specPath: self.spec.path,
          baselineName: folder))
    }
    var request = RunRequest(spec: spec, output: nil, workers: workers ?? Processors.available)
    request.progress = common.progressStyle
    let run = try SweepRun(request, log: common.log)
    try run.checkMemory()
    guard let outcome = try run.perform() else {
      throw Failure(.internalError, "a check ended as a shard")
    }
    var report = compare(
      baseline: table, current: try outcome.curveTable(), gates: spec.gates,
      metric: spec.selectionMetric, rule: spec.selectionRule, allowsMissing: allowsMissing,
      name: spec.name, specPath: self.spec.path, baselineName: folder, currentName: "this run")
    if let failure = outcome.failure { report.addFailedJobs(failure) }
    return report
  }

  /// Says where a pipeline looks that nothing could be checked, lest an older report stands for it.
  /// No folder is made for a spec that is wrong.
  fileprivate func publishFailure(_ failure: Failure) throws {
    if common.annotates { try Terminal.print(failure.annotations) }
    guard let junit else { return }
    let name = spec.path.split(separator: "/").last.map(String.init) ?? spec.path
    let report = incomparable(
      "the spec runs", reason: failure.reports.map(\.text).joined(separator: "\n"), metric: .mse,
      rule: .min, name: name, specPath: spec.path, baselineName: "the baseline")
    let folder = junit.lastIndex(of: "/").map { String(junit[..<$0]) } ?? "."
    if folder.isEmpty || Folder.isThere(folder) {
      try WholeFile.write(junitXML([report]), to: junit)
    }
  }

  /// Says the verdict wherever it is wanted, on stdout first: that a file cannot be written is told
  /// besides, and decides the exit status only where nothing else does.
  func publish(_ report: ComparisonReport) -> ExitStatus {
    var failures: [Failure] = []
    do { try printVerdict(report) } catch { failures.append(Failure(describing: error)) }
    failures += publishFiles(report)
    for failure in failures { failure.tell(as: common.format) }
    let verdict = ExitStatus(rawValue: report.exitStatus) ?? .internalError
    return verdict == .done ? failures.first?.status ?? .done : verdict
  }

  /// JUnit's file and the page of the job, as far as they are wanted.
  /// - Returns: why one of them could not be written.
  fileprivate func publishFiles(_ report: ComparisonReport) -> [Failure] {
    var failures: [Failure] = []
    func attempt(_ write: () throws -> Void) {
      do { try write() } catch { failures.append(Failure(describing: error)) }
    }
    if let junit {
      attempt {
        try Folder.create(containing: junit)
        try WholeFile.write(junitXML([report]), to: junit)
      }
    }
    if let page = ProcessInfo.processInfo.environment["GITHUB_STEP_SUMMARY"], !page.isEmpty {
      attempt { try AppendedFile.append(report.markdown(), to: page) }
    }
    return failures
  }

  private func printVerdict(_ report: ComparisonReport) throws {
    if common.format == .json {
      return try Terminal.print(JSONText.encode(report.json(command: "check")))
    }
    let isSilent = common.format == .text && common.isQuiet && report.exitStatus == 0
    if !isSilent { try Terminal.show(report.text()) }
    if common.annotates { try Terminal.print(githubAnnotations([report])) }
  }
}

extension CommonOptions {
  /// Whether what is wrong goes to stdout as GitHub's workflow commands besides.
  var annotates: Bool {
    switch format {
    case .json: false
    case .github: true
    case .text: ProcessInfo.processInfo.environment["GITHUB_ACTIONS"] == "true"
    }
  }
}
