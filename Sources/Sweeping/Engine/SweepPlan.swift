import Datasets
import LinearModels
import ModelSelection
import Numerics
import Results
import Tables

/// What a spec amounts to on its data, before anything is fitted.
package struct SweepPlan: Sendable {
  let spec: SweepSpec
  let data: PreparedData
  let grid: Grid
  package let jobCount: Int
  /// Points that share a feature map and a training size, in order of first appearance.
  let slices: [Slice]
  private let measuredSets: MeasuredSets
  private let trainingTotals: TrainingTotals
  /// What the tables need of every job.
  let contents: JobRecord.Contents

  /// The points of one degree and one training size.
  struct Slice: Sendable {
    let degree: Int
    let trainSize: TrainSize?
    let points: [Int]
  }

  init(_ spec: SweepSpec, data: PreparedData, grid: Grid) throws {
    self.spec = spec
    self.data = data
    self.grid = grid
    contents = spec.contents
    jobCount = try grid.jobCount(
      foldCount: data.folds.foldsPerRepeat, repeats: data.folds.repeatCount, of: spec)
    var order: [SliceKey] = []
    var members: [SliceKey: [Int]] = [:]
    for index in 0..<grid.count {
      let point = grid[index]
      let key = SliceKey(degree: point.degree, trainSize: point.trainSize)
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(index)
    }
    slices = order.map {
      Slice(degree: $0.degree, trainSize: $0.trainSize, points: members[$0, default: []])
    }
    var sizes: [TrainSize?] = []
    for slice in slices where !sizes.contains(slice.trainSize) { sizes.append(slice.trainSize) }
    measuredSets = MeasuredSets(
      data.folds, target: data.target, weights: data.weights.ofMeasured, metrics: spec.metrics,
      trainSizes: sizes)
    trainingTotals = TrainingTotals(data, spec: spec, trainSizes: sizes)
    try checkDegrees()
    try checkNames()
    try checkTrainSizes()
    try checkDivisor()
  }

  var foldCount: Int { data.folds.count }

  /// A job's place among all: point by point, within it fold by fold.
  package func jobIndex(point: Int, fold: Int) -> Int { point * foldCount + fold }

  /// The sets that are measured.
  var parts: [Part] { data.folds.testRows.isEmpty ? [.train, .validation] : Part.allCases }

  /// The value of a metric at a job with these means; `nan` where it has none.
  func value(
    of metric: Metric, _ means: MeanTable, _ part: Part, point: Int, fold: Int
  ) -> Double {
    metric.value(
      means, part, of: measuredSets.rows(part, fold: fold, trainSize: grid[point].trainSize))
  }

  /// The rows that a fold's jobs with a training size are fitted on.
  func trainingRowCount(_ fold: Int, trainSize: TrainSize?) -> Int {
    let available = data.folds.trainingRowCount(fold)
    return trainSize?.rowCount(of: available) ?? available
  }

  /// The sum of the weights of these rows in fits, as they were written: their number where they have none.
  func trainingWeight(_ fold: Int, trainSize: TrainSize?) -> Double {
    trainingTotals.total(
      fold: fold, trainSize: trainSize, rowCount: trainingRowCount(fold, trainSize: trainSize))
  }

  /// What is said of values above the training rows of some fold that act as all of them.
  var rowLimitRemarks: [String] {
    let used = Set(spec.grids.flatMap(\.solvers))
    let limits = Solver.allCases.filter(used.contains).compactMap { $0.program.axisLimitedByRows }
    return Axis.allCases.compactMap { axis in
      guard let meaning = limits.first(where: { $0.axis == axis })?.meaning else { return nil }
      var values: Set<Double> = []
      var fewest = Int.max
      for slice in slices {
        let wanted = Set(slice.points.compactMap { grid[$0].number(on: axis) })
        guard !wanted.isEmpty else { continue }
        let rows =
          (0..<foldCount).map { trainingRowCount($0, trainSize: slice.trainSize) }.min() ?? 0
        let larger = wanted.filter { $0 > Double(rows) }
        if !larger.isEmpty { fewest = min(fewest, rows) }
        values.formUnion(larger)
      }
      guard !values.isEmpty else { return nil }
      return "\(axis.rawValue) " + values.sorted().map(shortest).joined(separator: ", ")
        + ": more than the \(counted(fewest, "training row")) of a fold, \(meaning)"
    }
  }

  /// How many features a degree makes; more than can be held are refused with the plan.
  func featureCount(degree: Int) -> Int {
    PolynomialFeatures.count(
      degree: degree, inputCount: data.dataset.featureNames.count,
      levelCounts: data.dataset.levelGroups.map(\.count),
      indicatorCount: data.dataset.indicatorCount) ?? .max
  }

  private func checkDegrees() throws(SpecErrors) {
    let columns = data.dataset.featureNames.count
    if let errors = PlanSizes.tooManyFeatures(of: spec, columns: columns) { throw errors }
  }

  /// Refuses monomials that have the name of a column.
  private func checkNames() throws(DatasetError) {
    guard PolynomialFeatures.mayClash(data.dataset.featureNames) else { return }
    for degree in Set(slices.map(\.degree)).sorted() {
      _ = try data.featureNames(degree: degree)
    }
  }

  /// Expands the features once where a power of the largest number may be beyond all doubles.
  func checkOverflow(workers: Int) throws {
    let degrees = Set(slices.map(\.degree)).filter { $0 > 1 }.sorted()
    guard !degrees.isEmpty else { return }
    let largest = data.dataset.features.largestMagnitude
    for degree in degrees {
      var power = largest
      for _ in 1..<degree where power.isFinite { power *= largest }
      guard !power.isFinite else { continue }
      do {
        try checkOverflow(data.features(degree: degree, workers: workers), degree, workers)
      } catch DatasetError.invalid(let problems) {
        throw spec.errors(
          problems.map(\.reason.description).joined(separator: "; "),
          at: spec.place(of: .degree) { $0[.degree].contains(.number(Double(degree))) })
      }
    }
  }

  /// Making features that are shared has found what is too large; those of a fold are made when read.
  private func checkOverflow(_ features: FoldFeatures, _ degree: Int, _ workers: Int) throws {
    guard !data.dataset.holes.isEmpty else { return }
    for slice in slices where slice.degree == degree {
      for fold in 0..<foldCount {
        try features.checkOverflow(
          trainedOn: slice.trainSize.prefix(of: data.folds.trainingRows(fold)), workers: workers)
      }
    }
    try features.checkOverflow(trainedOn: data.folds.allButTest, workers: workers)
  }

  private func checkTrainSizes() throws(SpecErrors) {
    for slice in slices {
      guard case .rows(let wanted) = slice.trainSize else { continue }
      for index in 0..<foldCount {
        let available = data.folds.trainingRowCount(index)
        guard wanted <= available else {
          let fold = index % data.folds.foldsPerRepeat
          throw spec.errors(
            "\(wanted) rows asked for, but fold \(fold) has \(available) training rows",
            at: spec.place(of: .trainSize) { $0[.trainSize].contains(.number(Double(wanted))) })
        }
      }
    }
  }
}

extension SweepPlan {
  /// Refuses weights whose sum is so small that a sample has no standard deviation.
  private func checkDivisor() throws(SpecErrors) {
    guard let (total, index) = trainingTotals.smallestOfColumn, !(total > 1) else { return }
    throw spec.errors(
      "\"sample\" divides by the sum of the weights less 1, and those of the training rows of fold "
        + "\(index % data.folds.foldsPerRepeat) add up to \(shortest(total)), write \"population\"",
      at: FeaturesKey.standardize.path)
  }
}

extension Matrix {
  fileprivate var largestMagnitude: Double {
    let ranges = ColumnTotals(self, rows: (0..<Int32(rowCount)).map { $0 }[...]).ranges
    return zip(ranges.minimum, ranges.maximum).reduce(0) { max($0, -$1.0, $1.1) }
  }
}

private struct SliceKey: Hashable {
  let degree: Int
  let trainSize: TrainSize?
}

extension TrainSize {
  /// How many of `available` training rows this is; a fraction is rounded down, but not to none.
  func rowCount(of available: Int) -> Int {
    switch self {
    case .rows(let count): count
    case .fraction(let fraction): max(1, Int(fraction * Double(available)))
    }
  }
}

extension TrainSize? {
  /// The training rows of a fold that are used.
  func prefix(of rows: [Int32]) -> [Int32] {
    map { Array(rows.prefix($0.rowCount(of: rows.count))) } ?? rows
  }
}
