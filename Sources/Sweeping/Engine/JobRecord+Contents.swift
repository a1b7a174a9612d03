import LinearModels
import ModelSelection
import Results

extension JobRecord {
  /// What a record may hold besides what every one does.
  struct Contents: Sendable {
    var means: RowMeans
    var coefficients: Bool
    var history: Bool
  }
}

extension SweepSpec {
  /// What the tables need of every job.
  var contents: JobRecord.Contents {
    JobRecord.Contents(
      means: loss.means(for: metrics), coefficients: asks(for: CoefficientColumn.file),
      history: asks(for: HistoryColumn.file))
  }

  /// What a job is fitted for: the weights of the winners make predictions, and who wins is not known yet.
  var keptContents: JobRecord.Contents {
    var kept = contents
    if asks(for: PredictionColumn.file) { kept.coefficients = true }
    return kept
  }
}
