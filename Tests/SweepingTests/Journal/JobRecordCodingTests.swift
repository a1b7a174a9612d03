import LinearModels
import Sweeping
import Testing

struct JobRecordCodingTests {
  private static func record(_ number: Int) -> JobRecord {
    var record = JobRecord(status: FitStatus.allCases[number % FitStatus.allCases.count])
    // Every bit of `number` is one part, so that all 512 combinations turn up.
    func part<Value>(_ bit: Int, _ value: Value) -> Value? {
      number >> bit & 1 == 1 ? value : nil
    }
    record.epochsRun = part(0, number * 1000)
    record.gradientNorm = part(1, 1e-9)
    record.objective = part(2, -0.0)
    record.weightNorm = part(3, .infinity)
    record.effectiveDegreesOfFreedom = part(4, 9.87268)
    record.multiplier = part(5, Double.leastNonzeroMagnitude)
    record.message = part(6, number % 3 == 0 ? "" : "use λ > 0 or 'min_norm'")
    record.coefficients = part(
      7,
      Coefficients(
        weights: [1, -2, 3.5], intercept: 4, standardizedWeights: [5, 6, 7],
        standardizedIntercept: 8))
    record.history = part(
      8,
      (0..<number % 4).map {
        HistoryEntry(
          epoch: $0 * 4_000_000, objective: 1 / Double($0 + 1), weightNorm: 2,
          metrics: [Double](repeating: 3, count: $0))
      })
    record.metrics = (0..<number % 5).map { Double($0) / 3 }
    return record
  }

  private static func bytes(_ record: JobRecord) -> [UInt8] {
    var bytes: [UInt8] = []
    record.encode(into: &bytes)
    return bytes
  }

  @Test func `every combination of parts comes back`() {
    for number in 0..<512 {
      let record = Self.record(number)
      #expect(JobRecord(decoding: Self.bytes(record)[...]) == record, "combination \(number)")
    }
  }

  @Test func `a metric that is undefined stays so`() throws {
    var record = JobRecord(status: .ok)
    record.metrics = [.nan, 1]
    let decoded = try #require(JobRecord(decoding: Self.bytes(record)[...]))
    #expect(decoded.metrics[0].isNaN && decoded.metrics[1] == 1)
  }

  @Test func `records follow one another in one array`() {
    var bytes: [UInt8] = []
    Self.record(257).encode(into: &bytes)
    let middle = bytes.count
    Self.record(5).encode(into: &bytes)
    #expect(JobRecord(decoding: bytes[..<middle]) == Self.record(257))
    #expect(JobRecord(decoding: bytes[middle...]) == Self.record(5))
  }

  @Test func `a cut record is none`() {
    for number in [0, 31, 127 - 64, 447] {
      let bytes = Self.bytes(Self.record(number))
      for length in bytes.indices {
        #expect(JobRecord(decoding: bytes[..<length]) == nil, "\(number) cut at \(length)")
      }
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `random bytes never trap`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      var bytes = Self.bytes(Self.record(Int.random(in: 0..<512, using: &generator)))
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        bytes[Int.random(in: bytes.indices, using: &generator)] =
          UInt8.random(in: 0...255, using: &generator)
      }
      if let record = JobRecord(decoding: bytes[...]) {
        #expect(JobRecord(decoding: Self.bytes(record)[...]) != nil)
      }
    }
  }
}
