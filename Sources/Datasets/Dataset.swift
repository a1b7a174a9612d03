package import Numerics

/// Rows of features and a target, as read: not yet expanded, standardised or split.
package struct Dataset: Sendable {
  package var featureNames: [String]
  /// rows × featureNames.count
  package var features: Matrix
  package var target: [Double]
  package var targetName: String
  /// What a target of texts holds, in the order of the numbers 0 and 1 that stand for them; `nil` where it
  /// is numbers.
  package var targetTexts: [String]?
  /// One cell per row of the split or fold column (or the file a row came from), when asked for.
  package var splitLabels: [String]?
  /// A hash of the content that was read (32 lower-case hexadecimal digits).
  package var contentHash: String
  /// The files that were read, which must stay what they are until the results are written.
  package var stamps: [FileStamp]
  /// Rows left out by `"missing": "drop_rows"`.
  package var droppedRowCount: Int

  package init(
    featureNames: [String], features: Matrix, target: [Double], targetName: String,
    targetTexts: [String]? = nil, splitLabels: [String]? = nil, contentHash: String,
    stamps: [FileStamp] = [],
    droppedRowCount: Int = 0
  ) {
    precondition(features.rowCount == target.count)
    precondition(features.columnCount == featureNames.count)
    precondition(splitLabels.map { $0.count == target.count } ?? true)
    self.featureNames = featureNames
    self.features = features
    self.target = target
    self.targetName = targetName
    self.targetTexts = targetTexts
    self.splitLabels = splitLabels
    self.contentHash = contentHash
    self.stamps = stamps
    self.droppedRowCount = droppedRowCount
  }

  package var rowCount: Int { target.count }

  /// - Throws: `DatasetError.changed` when a file is no longer what was read.
  package func checkFiles() throws(DatasetError) {
    for stamp in stamps { try stamp.check() }
  }
}
