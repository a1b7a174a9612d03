import Charts
import FoundationEssentials
import Glibc
import Journal
import Platform
import Results
import Sweeping
import Tables

/// Reruns the spec in memory and holds it against its gates and its baseline.
func performCheck(_ options: CheckOptions) throws -> ExitStatus {
  Interruption.install()
  let spec = try options.spec.load()
  let folder = options.baseline ?? "results/\(spec.name)"
  let baseline = try ResultFolder.readCurve(folder)
  var request = RunRequest(
    spec: spec, output: nil, workers: options.workers ?? Processors.available)
  request.progress = options.common.progressStyle
  let run = try SweepRun(request, log: options.common.log)
  try run.checkMemory()
  guard let outcome = try run.perform() else { return .internalError }
  let report = compare(
    baseline: baseline, current: try outcome.curveTable(), gates: spec.gates,
    metric: spec.selectionMetric, rule: spec.selectionRule, name: spec.name,
    specPath: options.spec.path, baselineName: folder, currentName: "this run")

  if let junit = options.junit { try WholeFile.write(junitXML([report]), to: junit) }
  try appendStepSummary(report)
  let isOnGitHub = ProcessInfo.processInfo.environment["GITHUB_ACTIONS"] == "true"
  switch options.common.format {
  case .json: try Terminal.print(JSONText.encode(report.json(command: "check")))
  case .github: try Terminal.print(report.text() + githubAnnotations([report]))
  case .text:
    if !options.common.isQuiet || report.exitStatus != 0 { try Terminal.print(report.text()) }
    if isOnGitHub { try Terminal.print(githubAnnotations([report])) }
  }
  if report.exitStatus == 0, outcome.hasFailed { return .jobsFailed }
  return ExitStatus(rawValue: report.exitStatus) ?? .internalError
}

/// Adds the report to the page of the job, where GitHub says there is one.
private func appendStepSummary(_ report: ComparisonReport) throws {
  guard let path = ProcessInfo.processInfo.environment["GITHUB_STEP_SUMMARY"], !path.isEmpty
  else { return }
  let before = (try? WholeFile.read(path)) ?? []
  try WholeFile.write(before + Array(report.markdown().utf8), to: path)
}
