import LinearModels
import ModelSelection
import Results

/// What a record in the journal is to a plan.
enum JournalRecord {
  case whole(JobRecord)
  /// A job's record, without something that this spec asks for.
  case lacking
  /// Not of the shape of this plan's records: their sets, features and history. A checksum says only
  /// that the bytes are as they were written.
  case misshapen
}

extension SweepPlan {
  func record(
    _ payload: ArraySlice<UInt8>, of point: Point, isRefit: Bool = false
  ) -> JournalRecord {
    guard var record = JobRecord(decoding: payload), hasShape(record, of: point) else {
      return .misshapen
    }
    if record.status == .failed { return .whole(record) }
    var wanted = contents
    if isRefit { wanted.coefficients = true }
    guard !record.lacks(wanted) else { return .lacking }
    // What was kept for another spec's tables.
    if !wanted.history { record.history = nil }
    return .whole(record)
  }

  private func hasShape(_ record: JobRecord, of point: Point) -> Bool {
    let kindCount = record.means.means.count
    let partCount = data.folds.testRows.isEmpty ? 2 : 3
    let valueCount = record.hasResult ? partCount * kindCount : 0
    guard record.means.values.count == valueCount,
      record.history?.allSatisfy({ $0.means.values.count == 2 * kindCount }) ?? true
    else { return false }
    guard let coefficients = record.coefficients else { return true }
    let count = featureCount(degree: point.degree)
    return coefficients.weights.count == count && coefficients.standardizedWeights.count == count
  }
}
