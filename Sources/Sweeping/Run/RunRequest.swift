import Platform

/// What `sweep run`, `merge` and `check` are asked to do with a spec.
package struct RunRequest: Sendable {
  package var spec: SweepSpec
  /// The folder for journal and tables; `nil` keeps everything in memory.
  package var output: String?
  package var workers: Int
  /// Forget what the journal holds.
  package var startsFresh = false
  package var shard: Shard?
  package var progress = ProgressStyle.none

  package init(spec: SweepSpec, output: String?, workers: Int) {
    self.spec = spec
    self.output = output
    self.workers = workers
  }
}

extension RunRequest {
  /// Fewer workers where so many threads cannot be started, with a remark.
  mutating func limitWorkers(log: (String) -> Void) {
    guard workers > 1 else { return }
    let count = max(1, min(workers, startableThreadCount(upTo: workers)))
    guard count < workers else { return }
    log(
      "only \(count) of \(workers) workers, as no more threads can be started "
        + "(ulimit -u, or a control group's limit of processes)")
    workers = count
  }
}

/// Why a run gave no tables although nothing was wrong with what the user wrote.
package enum RunStop: Error, CustomStringConvertible {
  case interrupted(done: Int, jobs: Int)
  case incomplete(done: Int, jobs: Int, missingShards: [String])

  package var description: String {
    switch self {
    case .interrupted(let done, let jobs):
      return "interrupted with \(done) of \(jobs) jobs done; the same command goes on from there"
    case .incomplete(let done, let jobs, let missing):
      let names = missing.isEmpty ? "" : "; missing: " + missing.joined(separator: ", ")
      return "\(done) of \(jobs) jobs are done\(names)"
    }
  }
}
