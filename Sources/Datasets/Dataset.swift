package import Numerics

/// Rows of features and a target, as read: not yet expanded, standardised or split.
package struct Dataset: Sendable {
  package var featureNames: [String]
  /// rows × featureNames.count
  package var features: Matrix
  package var target: [Double]
  package var targetName: String
  /// One cell per row of the split or fold column (or the file a row came from), when asked for.
  package var splitLabels: [String]?
  /// A hash of the content that was read (32 lower-case hexadecimal digits).
  package var contentHash: String
  /// The files that were read, which must stay what they are until the results are written.
  package var stamps: [FileStamp]
  /// Rows left out by `"missing": "drop_rows"`.
  package var droppedRowCount: Int
  /// How many that are of how many, and for which columns; `nil` when none was.
  package var dropText: String?
  /// The features of which at most one is 1 and the others are 0: the levels of a column, and a column
  /// of truth values by itself.
  package var levelGroups: [Range<Int>]
  /// The missing cells, `nan` in the features, which each training set fills in its way.
  package var holes: Holes
  /// How many features at the end tell where a value is missing.
  package var indicatorCount: Int
  /// Whether some feature is a column of truth values.
  package var hasTruthValues: Bool
  /// What the target's 0 and 1 stand for, where it is written in two texts.
  package var textClasses: [String]?
  /// How often each row counts; `nil` where each counts once.
  package var weights: RowWeights?
  /// The rows that say which classes there are.
  package var learningRows: LearningRows
  /// Where the rows stood in their files.
  package var origins: RowOrigins
  /// What is right but may surprise; a line each, fit for a terminal.
  package var remarks: [String]

  /// What a row's index holds.
  package static let largestRowCount = RowStorage.largestRowCount

  package init(
    featureNames: [String], features: Matrix, target: [Double], targetName: String,
    splitLabels: [String]? = nil, contentHash: String, stamps: [FileStamp] = [],
    droppedRowCount: Int = 0, dropText: String? = nil, levelGroups: [Range<Int>] = [],
    hasTruthValues: Bool = false, holes: Holes = Holes(), indicatorCount: Int = 0,
    textClasses: [String]? = nil, weights: RowWeights? = nil, testRows: [Int32] = [],
    origins: RowOrigins,
    remarks: [String] = []
  ) {
    precondition(features.rowCount == target.count)
    precondition(features.columnCount == featureNames.count)
    precondition(weights.map { $0.values.count == target.count } ?? true)
    precondition(splitLabels.map { $0.count == target.count } ?? true)
    self.featureNames = featureNames
    self.features = features
    self.target = target
    self.targetName = targetName
    self.splitLabels = splitLabels
    self.contentHash = contentHash
    self.stamps = stamps
    self.droppedRowCount = droppedRowCount
    self.dropText = dropText
    self.levelGroups = levelGroups
    self.holes = holes
    self.indicatorCount = indicatorCount
    self.hasTruthValues = hasTruthValues
    self.textClasses = textClasses
    self.weights = weights
    learningRows = LearningRows(
      mainRowCount: origins.mainRowCount, rowCount: target.count, testRows: testRows)
    self.origins = origins
    self.remarks = remarks
  }

  package var rowCount: Int { target.count }

  /// - Throws: `DatasetError.changed` when a file is no longer what was read.
  package func checkFiles() throws(DatasetError) {
    for stamp in stamps { try stamp.check() }
  }
}
