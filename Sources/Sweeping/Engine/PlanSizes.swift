import Datasets
import LinearModels
import ModelSelection
import Platform
import Results
import Tables

/// What a plan needs, from sizes alone: asked before anything of that size is made.
struct PlanSizes: Sendable {
  private let spec: SweepSpec
  private let grid: Grid
  private let workers: Int

  init(_ spec: SweepSpec, grid: Grid, workers: Int) {
    self.spec = spec
    self.grid = grid
    self.workers = workers
  }

  /// Holds the folds of all repeats, as far as the spec tells them, against the limits.
  /// - Parameter rowCount: `nil` before the data were read.
  func checkFolds(rowCount: Int?) throws {
    let folds = spec.split.leastFoldCount(rowCount: rowCount)
    let repeats = spec.split.repeats
    _ = try grid.jobCount(foldCount: folds, repeats: repeats, of: spec)
    // A row's index, its fold and its place among the fold's rows, in each repeat.
    let needed = Double(rowCount ?? 0) * Double(repeats) * 16
    if let errors = Self.excess(of: spec, needed: needed) { throw errors }
  }

  /// Why so many rows of so many columns are refused, or `nil`.
  func refusal(rows: Int, columns: Int) -> String? {
    if let errors = Self.tooManyFeatures(of: spec, columns: columns) { return errors.description }
    let needed = memory(
      rows: rows, columns: columns, storedBytes: Double(rows) * Double(columns) * 8,
      isSparse: false, foldsPerRepeat: spec.split.leastFoldCount(rowCount: rows))
    return Self.excess(of: spec, needed: needed)?.description
  }

  /// The error of a degree that makes more features than can be counted.
  static func tooManyFeatures(of spec: SweepSpec, columns: Int) -> SpecErrors? {
    let degrees = Set(spec.grids.flatMap { $0[.degree].compactMap(\.number) }).sorted()
    for degree in degrees {
      let count = PolynomialFeatures.count(degree: Int(degree), inputCount: columns) ?? .max
      guard count > PolynomialFeatures.largestCount else { continue }
      return spec.errors(
        "degree \(shortest(degree)) of \(columns) columns makes too many features",
        at: spec.place(of: .degree) { $0[.degree].contains(.number(degree)) })
    }
    return nil
  }

  /// What a run holds at its fullest: the data, expanded features, one wave of prepared training sets,
  /// each worker's task, and the records.
  func memory(
    rows rowCount: Int, columns: Int, storedBytes: Double, isSparse: Bool, foldsPerRepeat: Int
  ) -> Double {
    let degrees = Set(spec.grids.flatMap { $0[.degree].compactMap(\.number) })
    let widest = degrees.map { degree in
      PolynomialFeatures.count(degree: Int(degree), inputCount: columns) ?? .max
    }
    let features = widest.max() ?? columns
    let (rows, d) = (Double(rowCount), Double(features))
    // The target is a number a row.
    var bytes = storedBytes + rows * Self.number
    if spec.classWeight != nil {
      // Those of the rows in each fold.
      bytes += rows * Double(min(foldsPerRepeat, MomentLedger.waveSize)) * Self.number
    }
    if spec.data.hasWeights { bytes += 2 * rows * Self.number }
    if degrees.contains(where: { $0 > 1 }) {
      bytes += rows * d * Self.number + d * Self.monomialName
    }
    if spec.loss.followsFromMoments {
      bytes += Double(min(foldsPerRepeat, MomentLedger.waveSize)) * Self.foldSquares * d * d
    }
    bytes += Double(workers) * workerBytes(features, storedBytes: isSparse ? storedBytes : 0)
    let jobs = Double(grid.count) * Double(foldsPerRepeat) * Double(spec.split.repeats)
    return bytes + jobs * recordBytes(features) + Self.program
  }

  /// What a worker holds while it fits a cohort.
  /// - Parameter storedBytes: those of sparse data, of which it makes a scaled copy.
  private func workerBytes(_ features: Int, storedBytes: Double) -> Double {
    let d = Double(features)
    // Weights, their gradient, the fits as they end and as they are turned back; and a block of rows.
    let lanes = 4 * Double(Lanes.width) * d * Self.number
    let rowBlock = 64 * d * Self.number
    let scratch = Set(spec.grids.flatMap(\.solvers)).reduce(0.0) {
      $0 + $1.program.scratchBytes(featureCount: features)
    }
    return storedBytes + lanes + rowBlock + scratch
  }

  /// What stays of a job until the tables are written.
  private func recordBytes(_ features: Int) -> Double {
    let kept = spec.keptContents
    let means = Double(kept.means.count)
    // The record itself, and means over the training, validation and test rows.
    var bytes = 200 + 3 * means * Self.number
    // Weights as they were fitted, and for features as they were read.
    if kept.coefficients { bytes += 2 * Double(features) * Self.number }
    if kept.history {
      let epochs = spec.grids.flatMap { $0[.epochs].compactMap(\.number) }.max() ?? 0
      // Each epoch up to 100, then some fifty a decade: see `isRecorded(epoch:)`.
      let entries = min(epochs, 600)
      bytes += entries * (80 + 2 * means * Self.number)
    }
    return bytes
  }

  /// Bytes of a double.
  private static let number = 8.0
  /// A monomial's name, as text in an array.
  private static let monomialName = 100.0
  /// A training set's moments, those of its validation rows, the centred Gram matrix and the
  /// reflections that make it tridiagonal.
  private static let foldSquares = 4 * number
  /// Code, threads' stacks and buffers of a run of no data.
  private static let program = 1.5e7

  /// The error that says what is needed and what `limits.max_memory_gb`, or else the machine, allows.
  static func excess(of spec: SweepSpec, needed: Double) -> SpecErrors? {
    let limit = spec.limits.maxMemoryGB.map { $0 * 1e9 } ?? Double(MachineMemory.bytes)
    guard needed > limit else { return nil }
    return spec.errors(
      "the plan needs about \(gigabytes(needed)) GB, allowed are \(gigabytes(limit)) GB; "
        + "use fewer features or points, or raise the limit", at: LimitsKey.maxMemoryGB.path)
  }

  /// Two digits, so that what is over the limit also reads so.
  private static func gigabytes(_ bytes: Double) -> String {
    var unit = 0.1
    while unit * 100 < bytes / 1e9 { unit *= 10 }
    while unit > 1e-9, unit * 10 > bytes / 1e9 { unit /= 10 }
    return shortest((bytes / 1e9 / unit).rounded() * unit)
  }
}
