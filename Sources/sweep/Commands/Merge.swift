import Sweeping

func performMerge(_ options: MergeOptions) throws -> ExitStatus {
  let spec = try options.spec.load(options.common)
  let output = options.output ?? "results/\(spec.name)"
  if !options.replaces { try spec.checkOwner(of: output) }
  let request = RunRequest(spec: spec, output: output, workers: Processors.available)
  let outcome = try SweepRun(request, log: options.common.log).merge()
  try options.common.print(outcome, of: "merge", folder: output)
  return outcome.hasFailed ? .jobsFailed : .done
}
