import Numerics
import Platform

/// Draws the rows of a declared distribution; see `SyntheticSource`.
///
/// Blocks of 1024 rows have random streams of their own, so the numbers are the same for any number
/// of workers, and more rows leave the first ones as they are.
struct SyntheticLoader {
  let source: SyntheticSource
  let workers: Int
  let sizeCheck: SizeCheck

  private static let rowsPerStream = 1024
  /// Keeps these draws apart from those of splits and shuffles with the same seed.
  private static let streamPurpose: UInt64 = 0x7379_6E74_6865_7469

  func load() throws(DatasetError) -> Dataset {
    try check()
    let columnCount = source.kind == .polynomial ? 1 : source.features
    guard source.rows <= RowStorage.largestRowCount else {
      throw .invalid("data.synthetic", .tooLarge(rows: source.rows, columns: columnCount))
    }
    try sizeCheck(rows: source.rows, columns: columnCount)
    guard let storage = RowStorage(rowCapacity: source.rows, columnCount: columnCount) else {
      throw .invalid("data.synthetic", .tooLarge(rows: source.rows, columns: columnCount))
    }
    let blockCount = (source.rows - 1) / Self.rowsPerStream + 1
    let areFinite = concurrentMap(blockCount, workers: workers) { block in
      Interruption.isRequested || fill(storage, block: block, columnCount: columnCount)
    }
    if Interruption.isRequested { throw .interrupted }
    guard areFinite.allSatisfy({ $0 }) else {
      throw refused("a target is beyond the largest number; use smaller coefficients")
    }
    return Dataset(
      featureNames: (1...columnCount).map { "x\($0)" },
      features: storage.matrix(rowCount: source.rows),
      target: storage.targets(rowCount: source.rows), targetName: "y", contentHash: hash,
      origins: RowOrigins(paths: ["data.synthetic"], rowCounts: [source.rows]))
  }

  /// Draws the rows of one stream: for each its features, then its noise or its class.
  private func fill(_ storage: RowStorage, block: Int, columnCount: Int) -> Bool {
    var generator = RandomGenerator(
      seed: source.seed, stream: [Self.streamPurpose, UInt64(block)])
    let first = block * Self.rowsPerStream
    for row in first..<min(first + Self.rowsPerStream, source.rows) {
      let features = unsafe storage.numbers + row * columnCount
      let target: Double
      switch source.kind {
      case .linear, .logistic:
        var sum = source.intercept
        for column in 0..<columnCount {
          let value = generator.nextGaussian()
          unsafe features[column] = value
          sum += coefficient(column) * value
        }
        if source.kind == .linear {
          target = sum + source.noise * generator.nextGaussian()
        } else {
          guard sum.isFinite else { return false }
          target = generator.nextUniform() < logistic(sum) ? 1 : 0
        }
      case .polynomial:
        let value = 2 * generator.nextUniform() - 1
        unsafe features[0] = value
        var (sum, power) = (source.intercept, 1.0)
        for coefficient in source.coefficients {
          power *= value
          sum += coefficient * power
        }
        target = sum + source.noise * generator.nextGaussian()
      }
      guard target.isFinite else { return false }
      unsafe storage.target[row] = target
    }
    return true
  }

  private func coefficient(_ column: Int) -> Double {
    source.coefficients[source.coefficients.count == 1 ? 0 : column]
  }

  private func check() throws(DatasetError) {
    if source.rows < 1 { throw refused("rows: found \(source.rows), at least 1 is needed") }
    if source.features < 1 {
      throw refused("features: found \(source.features), at least 1 is needed")
    }
    guard source.noise >= 0, source.noise.isFinite else {
      throw refused("noise: found \(source.noise), a finite number from 0 is needed")
    }
    guard source.intercept.isFinite, source.coefficients.allSatisfy(\.isFinite) else {
      throw refused("coefficients and intercept must be finite")
    }
    let count = source.coefficients.count
    let fits =
      source.kind == .polynomial ? count >= 1 : count == 1 || count == source.features
    guard fits else {
      throw refused("found \(count) coefficients for \(source.features) features")
    }
  }

  private func refused(_ what: String) -> DatasetError {
    .invalid("data.synthetic", .badSynthetic(what))
  }

  /// The hash of the description, which determines every number.
  private var hash: String {
    var hasher = ContentHasher()
    hasher.combine("synthetic 1")
    hasher.combine(source.kind.rawValue)
    hasher.combine(source.rows)
    hasher.combine(source.features)
    hasher.combine(source.noise)
    hasher.combine(source.coefficients.count)
    for coefficient in source.coefficients { hasher.combine(coefficient) }
    hasher.combine(source.intercept)
    hasher.combine(source.seed)
    return hasher.finish().description
  }
}
