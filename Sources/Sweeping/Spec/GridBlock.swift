import LinearModels

/// The points of one solver in one grid object: a box of axis values, each value once.
struct GridBlock: Sendable {
  let solver: Solver
  /// The index of the first point in all blocks laid end to end.
  let start: Int
  let count: Int
  /// The points as written, repeated values included.
  let writtenCount: Int
  /// False when a count overflowed.
  let isCountable: Bool
  private(set) var excludes: [BoxMatch]

  private let degrees: [Int]
  private let trainSizes: [TrainSize?]
  private let schedules: [LearningRateSchedule?]
  private let batchSizes: [Int?]
  private let etas: [Double?]
  private let epochs: [Int?]
  private let radii: [Double?]
  private let lambdas: [Double?]

  init(_ grid: GridSpec, solver: Solver, start: Int) {
    func used<Value: Hashable>(_ axis: Axis, _ values: [Value]) -> [Value?] {
      solver.uses(axis) ? firsts(values) : [nil]
    }
    self.solver = solver
    self.start = start
    degrees = firsts(grid.degrees)
    trainSizes = firsts(grid.trainSizes)
    schedules = used(.schedule, grid.schedules)
    batchSizes = used(.batchSize, grid.batchSizes)
    etas = used(.eta, grid.etas)
    epochs = used(.epochs, grid.epochs)
    radii = used(.radius, grid.radii)
    lambdas = used(.lambda, grid.lambdas)
    let sizes = [
      degrees.count, trainSizes.count, schedules.count, batchSizes.count, etas.count,
      epochs.count, radii.count, lambdas.count,
    ]
    let written = GridBlock.axes.map { solver.uses($0) ? grid.size(of: $0) : 1 }
    let (count, writtenCount) = (product(sizes), product(written))
    isCountable = count != nil && writtenCount != nil
    self.count = count ?? 0
    self.writtenCount = writtenCount ?? 0
    excludes = []
    excludes = grid.exclude.compactMap { match($0) }
  }

  /// The axes of the box, the last one fastest: all but the solver.
  static let axes = Axis.allCases.filter { $0 != .solver }

  func point(at offset: Int) -> Point {
    var rest = offset
    func next<Value>(_ values: [Value]) -> Value {
      if values.count == 1 { return values[0] }
      let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: values.count)
      rest = quotient
      return values[remainder]
    }
    // Fastest axis first.
    let lambda = next(lambdas)
    let radius = next(radii)
    let epochs = next(epochs)
    let eta = next(etas)
    let batchSize = next(batchSizes)
    let schedule = next(schedules)
    let trainSize = next(trainSizes)
    let degree = next(degrees)
    return Point(
      solver: solver, degree: degree, trainSize: trainSize, schedule: schedule,
      batchSize: batchSize, eta: eta, epochs: epochs, radius: radius, lambda: lambda)
  }

  /// Calls with the index on every axis and the offset of every point, in order.
  func forEachIndex(_ body: ([Int], Int) -> Void) {
    let sizes = sizes
    var indices = [Int](repeating: 0, count: sizes.count)
    for offset in 0..<count {
      body(indices, offset)
      var axis = sizes.count - 1
      while axis >= 0 {
        indices[axis] += 1
        if indices[axis] < sizes[axis] { break }
        indices[axis] = 0
        axis -= 1
      }
    }
  }

  private var sizes: [Int] {
    [
      degrees.count, trainSizes.count, schedules.count, batchSizes.count, etas.count,
      epochs.count, radii.count, lambdas.count,
    ]
  }

  // MARK: Overlaps and excludes

  /// Whether some point is in both boxes, excludes aside.
  func overlaps(_ other: GridBlock) -> Bool {
    func meet<Value: Hashable>(_ first: [Value], _ second: [Value]) -> Bool {
      !Set(first).isDisjoint(with: second)
    }
    return solver == other.solver && meet(degrees, other.degrees)
      && meet(trainSizes, other.trainSizes) && meet(schedules, other.schedules)
      && meet(batchSizes, other.batchSizes) && meet(etas, other.etas)
      && meet(epochs, other.epochs) && meet(radii, other.radii) && meet(lambdas, other.lambdas)
  }

  /// Which of this block's points an earlier block has kept.
  func shadow(of earlier: GridBlock) -> BoxShadow {
    BoxShadow(
      positions: [
        positions(degrees, earlier.degrees), positions(trainSizes, earlier.trainSizes),
        positions(schedules, earlier.schedules), positions(batchSizes, earlier.batchSizes),
        positions(etas, earlier.etas), positions(epochs, earlier.epochs),
        positions(radii, earlier.radii), positions(lambdas, earlier.lambdas),
      ], excludes: earlier.excludes)
  }

  /// Where an exclude meets the box, or `nil` when it matches none of its points.
  private func match(_ partial: PartialPoint) -> BoxMatch? {
    if let wanted = partial.solver, wanted != solver { return nil }
    var match = BoxMatch()
    func find<Value: Hashable>(_ value: Value?, in values: [Value?], axis: Int) -> Bool {
      guard let value else { return true }
      guard let index = values.firstIndex(of: value) else { return false }
      match.wanted.append((axis, index))
      return true
    }
    let isHere =
      find(partial.degree, in: degrees, axis: 0)
      && find(partial.trainSize, in: trainSizes, axis: 1)
      && find(partial.schedule, in: schedules, axis: 2)
      && find(partial.batchSize, in: batchSizes, axis: 3)
      && find(partial.eta, in: etas, axis: 4) && find(partial.epochs, in: epochs, axis: 5)
      && find(partial.radius, in: radii, axis: 6) && find(partial.lambda, in: lambdas, axis: 7)
    return isHere ? match : nil
  }
}

/// The points of a box that have a given index on some of the axes.
struct BoxMatch: Sendable {
  var wanted: [(axis: Int, index: Int)] = []

  func matches(_ indices: [Int]) -> Bool {
    wanted.allSatisfy { indices[$0.axis] == $0.index }
  }
}

/// The part of a box that an earlier box has as well.
struct BoxShadow {
  /// For each axis and each index on it, the index of the same value in the earlier box, or −1.
  let positions: [[Int]]
  let excludes: [BoxMatch]

  /// Whether the earlier box has the point and does not exclude it.
  func covers(_ indices: [Int]) -> Bool {
    for (axis, index) in indices.enumerated() where positions[axis][index] < 0 { return false }
    return !excludes.contains { exclude in
      exclude.wanted.allSatisfy { positions[$0.axis][indices[$0.axis]] == $0.index }
    }
  }
}

/// The values without those that occurred before.
private func firsts<Value: Hashable>(_ values: [Value]) -> [Value] {
  var seen: Set<Value> = []
  return values.filter { seen.insert($0).inserted }
}

private func positions<Value: Hashable>(_ values: [Value], _ earlier: [Value]) -> [Int] {
  var index: [Value: Int] = [:]
  for (i, value) in earlier.enumerated() where index[value] == nil { index[value] = i }
  return values.map { index[$0] ?? -1 }
}

/// The product, or `nil` when it overflows.
func product(_ factors: [Int]) -> Int? {
  var product = 1
  for factor in factors {
    let (next, overflow) = product.multipliedReportingOverflow(by: factor)
    if overflow { return nil }
    product = next
  }
  return product
}

extension GridSpec {
  /// How many values an axis has, as written.
  func size(of axis: Axis) -> Int {
    switch axis {
    case .solver: solvers.count
    case .degree: degrees.count
    case .trainSize: trainSizes.count
    case .schedule: schedules.count
    case .batchSize: batchSizes.count
    case .eta: etas.count
    case .epochs: epochs.count
    case .radius: radii.count
    case .lambda: lambdas.count
    }
  }
}
