import LinearModels
import ModelSelection
import Results

/// What a finished sweep leaves behind.
package struct SweepOutcome: Sendable {
  let results: SweepResults
  let refits: [Int: JobRecord]
  /// Jobs whose records came from the journal.
  package let reusedCount: Int
  /// The names of the files that were written.
  package var files: [String] = []

  package var hasFailed: Bool { failure != nil }

  /// What makes the outcome useless: a job that failed, no point that is `ok`, or none with a value of the
  /// metric that is selected on; else `nil`.
  package var failure: String? {
    let failed = results.records.count { $0.status == .failed }
    if failed > 0 { return "\(counted(failed, "job")) failed" }
    if results.overall.min != nil { return nil }
    return results.points.contains { $0.status == .ok }
      ? "no point has a value of \(results.plan.spec.selectionMetric.rawValue)" : "no point is ok"
  }
}
