import Foundation
import Journal
import Platform
import Results
import Sweeping
import Testing

/// Records with right checksums under the keys of jobs, but not of their shape: run again, never a trap.
struct EngineForgedRecordTests {
  private static let spec = """
    {"data": {"csv": "\(SweepFixture.shipped("diabetes.csv"))", "target": "progression",
              "features": ["bmi", "bp"]},
     "split": {"k_fold": 3, "test": 0.2},
     "grid": {"solver": ["normal", "gd"], "lambda": [0.1, 1], "eta": 0.01, "epochs": 3},
     "outputs": ["coefficients", "history", "predictions"]}
    """

  enum Forgery: CaseIterable, Sendable {
    case noMeans, oneMeanMore, otherMeans, noCoefficients, oneWeight, manyWeights, shortHistory,
      garbage

    /// The payload in place of a whole one.
    func payload(of record: JobRecord) -> [UInt8] {
      var record = record
      switch self {
      case .noMeans: record.means.values = []
      case .oneMeanMore: record.means.values.append(1)
      case .otherMeans: record.means = MeanTable(RowMeans(.absolute), values: record.means.values)
      case .noCoefficients: record.coefficients = nil
      case .oneWeight:
        record.coefficients?.weights = [1]
        record.coefficients?.standardizedWeights = [1]
      case .manyWeights:
        record.coefficients?.weights = Array(repeating: 1, count: 1000)
        record.coefficients?.standardizedWeights = Array(repeating: 1, count: 1000)
      case .shortHistory:
        record.history = [HistoryEntry(epoch: 1, objective: 1, weightNorm: 1, means: MeanTable([]))]
      case .garbage: return [0, 1, 2]
      }
      var bytes: [UInt8] = []
      record.encode(into: &bytes)
      return bytes
    }
  }

  @Test(arguments: Forgery.allCases)
  func `a record of another shape is run again`(forgery: Forgery) throws {
    let fixture = try SweepFixture()
    try fixture.run(Self.spec)
    let expected = try fixture.tables()
    let contents = try Journal(output: fixture.path("out")).read()
    try FileManager.default.removeItem(atPath: fixture.path("out"))
    let writer = try Journal(output: fixture.path("out")).makeWriter(label: "run")
    var batch = JournalBatch()
    for key in contents.keys {
      let record = try #require(contents[key].flatMap { JobRecord(decoding: $0) })
      batch.add(key, payload: forgery.payload(of: record))
    }
    try writer.append(batch)
    try writer.finish()

    try fixture.run(Self.spec)
    #expect(try fixture.tables() == expected)
    #expect(try fixture.jobsRun() > 0)
  }
}
