import Platform

guard let options = Options(Array(CommandLine.arguments.dropFirst())) else {
  print(Options.help)
  ThisProcess.exit(CommandLine.arguments.contains("--help") ? 0 : 64)
}

let workers = Machine.current.processorCount
let peaks = MachinePeaks(workers: workers, rounds: options.rounds)
var report = Report(peaks: peaks)
if !options.isJSON { print(Report.heading(peaks), terminator: "") }

let sections: [(title: String, benchmarks: () throws -> [Benchmark])] = [
  ("kernels", { KernelBenchmarks.all() }), ("solvers", { SolverBenchmarks.all() }),
  ("sweeps", { try SweepBenchmarks.all(workers: workers) }),
]
for section in sections {
  let chosen = try section.benchmarks().filter { options.selects($0.name, in: section.title) }
  if !options.isJSON, !chosen.isEmpty { print(Report.title(section.title)) }
  var measurements: [Measurement] = []
  for benchmark in chosen {
    let measurement = try Measurement(
      benchmark, rounds: options.rounds, sampleSeconds: options.sampleSeconds)
    measurements.append(measurement)
    if !options.isJSON { print(Report.line(measurement, peaks: peaks)) }
  }
  report.add(section.title, measurements)
}
if options.isJSON { print(report.json) }
