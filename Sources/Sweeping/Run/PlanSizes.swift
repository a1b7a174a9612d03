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
  /// and the records.
  func memory(
    rows rowCount: Int, columns: Int, storedBytes: Double, isSparse: Bool, foldsPerRepeat: Int
  ) -> Double {
    let rows = Double(rowCount)
    let degrees = Set(spec.grids.flatMap { $0[.degree].compactMap(\.number) })
    let widest = degrees.map { degree in
      Double(PolynomialFeatures.count(degree: Int(degree), inputCount: columns) ?? .max)
    }
    let d = widest.max() ?? Double(columns)
    var bytes = storedBytes + rows * 8
    // The rows of a task, scaled.
    if isSparse { bytes += Double(workers) * storedBytes }
    if degrees.contains(where: { $0 > 1 }) { bytes += rows * d * 8 + 100 * d }
    let heldFolds = Double(min(foldsPerRepeat, 32))
    if spec.loss.function.followsFromMoments { bytes += 4 * heldFolds * d * d * 8 }
    bytes += Double(workers) * (16 * d * 8 * 4 + 64 * d * 8)
    let solvers = Set(spec.grids.flatMap(\.solvers))
    if solvers.contains(.newton) {
      bytes += Double(workers) * (min(128 * d * d * 8, 1.4e8) + 4 * d * d * 8)
    }
    if solvers.contains(.minNorm) { bytes += Double(workers) * 4 * d * d * 8 }
    let kept = spec.keptContents
    var record = 200.0 + 8 * 3 * Double(kept.means.count)
    if kept.coefficients { record += 16 * d }
    if kept.history {
      let epochs = spec.grids.flatMap { $0[.epochs].compactMap(\.number) }.max() ?? 0
      record += min(epochs, 600) * (80 + 16 * Double(kept.means.count))
    }
    let jobs = Double(grid.count) * Double(foldsPerRepeat) * Double(spec.split.repeats)
    return bytes + jobs * record + 1.5e7
  }

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
