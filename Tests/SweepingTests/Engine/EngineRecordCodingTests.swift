import LinearModels
import Results
import Sweeping
import TestSupport
import Testing

struct EngineRecordCodingTests {
  private static func record(using generator: inout SeededGenerator) -> JobRecord {
    func number() -> Double {
      let numbers: [Double] = [0, -0.0, 1e-308, -1e300, .infinity, 0.1, 12345.678]
      return numbers.randomElement(using: &generator) ?? 0
    }
    func maybe() -> Double? { Bool.random(using: &generator) ? number() : nil }
    func numbers(_ count: Int) -> [Double] { (0..<count).map { _ in number() } }
    var record = JobRecord(status: FitStatus.allCases.randomElement(using: &generator) ?? .ok)
    record.epochsRun =
      Bool.random(using: &generator) ? Int.random(in: 0...9999, using: &generator) : nil
    record.gradientNorm = maybe()
    record.objective = maybe()
    let means = RowMeans(rawValue: .random(in: 0...RowMeans.all.rawValue, using: &generator))
    record.means = MeanTable(means, values: numbers(Int.random(in: 0...6, using: &generator)))
    record.weightNorm = maybe()
    record.effectiveDegreesOfFreedom = maybe()
    record.multiplier = maybe()
    record.message = ["nötig, \"so\"\n", "x", nil].randomElement(using: &generator) ?? nil
    if Bool.random(using: &generator) {
      let count = Int.random(in: 0...4, using: &generator)
      record.coefficients = Coefficients(
        weights: numbers(count), intercept: number(), standardizedWeights: numbers(count),
        standardizedIntercept: number())
    }
    if Bool.random(using: &generator) {
      record.history = (0..<Int.random(in: 0...3, using: &generator)).map {
        HistoryEntry(
          epoch: $0, objective: number(), weightNorm: number(),
          means: MeanTable(means, values: numbers(2)))
      }
    }
    return record
  }

  private static func bytes(_ record: JobRecord) -> [UInt8] {
    var bytes: [UInt8] = []
    record.encode(into: &bytes)
    return bytes
  }

  private static func records(_ count: Int, seed: UInt64) -> [JobRecord] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in record(using: &generator) }
  }

  @Test func `a record comes back as it was`() {
    for record in Self.records(300, seed: 1) {
      let bytes = Self.bytes(record)
      #expect(JobRecord(decoding: bytes[...]) == record)
      // Within a larger buffer, as in a journal.
      let framed = [1, 2, 3] + bytes + [9]
      #expect(JobRecord(decoding: framed[3..<(3 + bytes.count)]) == record)
    }
  }

  @Test func `metrics that are not defined come back so`() {
    var record = JobRecord(status: .ok)
    record.means = MeanTable(RowMeans.all, values: [1, .nan, 2])
    let found = JobRecord(decoding: Self.bytes(record)[...])
    #expect(found?.means.values.map(\.isNaN) == [false, true, false])
  }

  @Test func `every record cut short, and one byte too long, is refused`() {
    for record in Self.records(20, seed: 2) {
      let bytes = Self.bytes(record)
      for length in bytes.indices { #expect(JobRecord(decoding: bytes[..<length]) == nil) }
      #expect(JobRecord(decoding: (bytes + [0])[...]) == nil)
    }
  }

  /// A checksum stands before this; here only that nothing traps and what is read is written again
  /// as it was.
  @Test func `damaged bytes never trap`() {
    var generator = SeededGenerator(seed: 3)
    for record in Self.records(300, seed: 3) {
      var bytes = Self.bytes(record)
      for _ in 0..<4 {
        let index = bytes.indices.randomElement(using: &generator) ?? 0
        bytes[index] = UInt8.random(in: .min ... .max, using: &generator)
      }
      if let found = JobRecord(decoding: bytes[...]) {
        let again = Self.bytes(found)
        #expect(JobRecord(decoding: again[...]).map(Self.bytes) == again)
      }
    }
  }

  @Test func `noise is no record`() {
    var generator = SeededGenerator(seed: 4)
    for count in 0..<400 {
      let noise = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
      #expect(JobRecord(decoding: noise[...]) == nil)
    }
  }
}
