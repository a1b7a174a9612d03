import LinearModels
import ModelSelection
import Results

extension SweepPlan {
  /// A record from the journal, or `nil` when it has not the shape of this plan's records: their sets,
  /// metrics, features and history. A checksum says only that the bytes are as they were written.
  func record(
    _ payload: ArraySlice<UInt8>, of point: Point, isRefit: Bool = false
  ) -> JobRecord? {
    guard let record = JobRecord(decoding: payload) else { return nil }
    let testCount = data.folds.testRows.isEmpty ? 0 : 1
    // A refit that overflowed counts a validation set, too.
    let setCounts = isRefit ? [1 + testCount, 2 + testCount] : [2 + testCount]
    guard
      record.status == .failed
        || setCounts.contains(where: { record.metrics.count == $0 * spec.metrics.count })
    else { return nil }
    if let coefficients = record.coefficients {
      let count = featureCount(degree: point.degree)
      guard coefficients.weights.count == count, coefficients.standardizedWeights.count == count
      else { return nil }
    } else if isRefit || record.status == .ok && spec.keepsCoefficients {
      return nil
    }
    let entryCount = (isRefit ? 1 : 2) * spec.metrics.count
    guard record.history?.allSatisfy({ $0.metrics.count == entryCount }) ?? true else {
      return nil
    }
    return record
  }
}

extension SweepSpec {
  /// Whether each job's weights are asked for.
  var keepsCoefficients: Bool { !outputs.isDisjoint(with: [.coefficients, .predictions]) }
}
