import LinearModels

/// What a finished sweep leaves behind.
package struct SweepOutcome: Sendable {
  let results: SweepResults
  let refits: [Int: JobRecord]
  /// Jobs whose records came from the journal.
  package let reusedCount: Int
  /// The names of the files that were written.
  package var files: [String] = []

  /// Whether a job failed, or no point is `ok` with a value of the metric that is selected on.
  package var hasFailed: Bool {
    results.records.contains { $0.status == .failed } || results.overall.min == nil
  }
}
