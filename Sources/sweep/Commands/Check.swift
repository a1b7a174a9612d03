import Charts
import FoundationEssentials
import Journal
import Platform
import Results
import Sweeping
import Tables

/// Reruns the spec in memory and holds it against its gates and its baseline.
func performCheck(_ options: CheckOptions) throws -> ExitStatus {
  Interruption.install()
  let spec = try options.spec.load(options.common)
  let folder = options.baseline ?? "results/\(spec.name)"
  let baseline: CurveTable
  do {
    baseline = try ResultFolder.readCurve(folder)
  } catch {
    let report = incomparable(
      reason: error.description, metric: spec.selectionMetric, rule: spec.selectionRule,
      name: spec.name, specPath: options.spec.path, baselineName: folder)
    return options.publish(report)
  }
  var request = RunRequest(
    spec: spec, output: nil, workers: options.workers ?? Processors.available)
  request.progress = options.common.progressStyle
  let run = try SweepRun(request, log: options.common.log)
  try run.checkMemory()
  guard let outcome = try run.perform() else { return .internalError }
  var report = compare(
    baseline: baseline, current: try outcome.curveTable(), gates: spec.gates,
    metric: spec.selectionMetric, rule: spec.selectionRule, allowsMissing: options.allowsMissing,
    name: spec.name, specPath: options.spec.path, baselineName: folder, currentName: "this run")
  if let failure = outcome.failure { report.addFailedJobs(failure) }
  return options.publish(report)
}

extension CheckOptions {
  /// Says the verdict wherever it is wanted, on stdout first: that a file cannot be written is told
  /// besides, and decides the exit status only where nothing else does.
  func publish(_ report: ComparisonReport) -> ExitStatus {
    let environment = ProcessInfo.processInfo.environment
    var failures: [Failure] = []
    func attempt(_ write: () throws -> Void) {
      do { try write() } catch { failures.append(Failure(describing: error)) }
    }
    attempt { try printVerdict(report) }
    if let junit {
      attempt {
        try Folder.create(containing: junit)
        try WholeFile.write(junitXML([report]), to: junit)
      }
    }
    if let page = environment["GITHUB_STEP_SUMMARY"], !page.isEmpty {
      attempt { try AppendedFile.append(report.markdown(), to: page) }
    }
    for failure in failures { failure.tell(as: common.format) }
    let verdict = ExitStatus(rawValue: report.exitStatus) ?? .internalError
    return verdict == .done ? failures.first?.status ?? .done : verdict
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
