import Datasets
import LinearModels
import ModelSelection
import Numerics
import Platform
import Results
import Tables

/// Writes the tables of a sweep into a folder, each whole.
struct ResultFiles {
  let results: SweepResults
  let refits: [Int: JobRecord]
  let engine: SweepEngine<LinearModelRunner>
  let folder: String
  let workers: Int
  private let names: [Int: [String]]

  init(
    results: SweepResults, refits: [Int: JobRecord], engine: SweepEngine<LinearModelRunner>,
    folder: String, workers: Int
  ) throws {
    self.results = results
    self.refits = refits
    self.engine = engine
    self.folder = folder
    self.workers = workers
    names = try engine.featureNames()
  }

  /// - Parameter check: throws when nothing may be written; called once all tables are made, before the first
  ///   is written.
  /// - Returns: the names of the files written, in the order a reader wants them; `nil` when abandoned, which
  ///   leaves the files as they were.
  func write(
    shouldAbandon: @escaping @Sendable () -> Bool, check: () throws -> Void
  ) throws -> [String]? {
    let source = TableSource(
      results: results, engine: engine, featureNames: names, workers: workers,
      shouldAbandon: shouldAbandon)
    var files: [(file: ResultFile, pieces: [[UInt8]])] = []
    for fields in ResultFile.tables where results.plan.spec.asks(for: fields.file) {
      guard let columns = fields as? any SweepTable.Type else {
        preconditionFailure("a table without rows")
      }
      guard let pieces = try columns.table(source) else { return nil }
      files.append((columns.file, pieces))
    }
    let best = BestReport(results: results, refits: refits) { names[$0, default: []] }
    files.append((BestMember.file, [Array(best.text().utf8)]))
    if shouldAbandon() { return nil }
    try check()
    try Folder.create(folder)
    for file in files { try WholeFile.write(file.pieces, to: file.file.path(in: folder)) }
    return files.map(\.file.name)
  }
}
