import LinearModels
import Tables

extension SpecDecoder {
  mutating func decodeGrids(in top: SpecObject<SpecKey>, context: GridContext) -> [GridSpec] {
    guard
      let field = require(
        .grid, in: top, write: "\"grid\": {\"solver\": \"normal\", \"lambda\": [0.01, 0.1, 1]}")
    else { return [] }
    guard let elements = field.elements else { return [decodeGrid(field, context)] }
    if elements.isEmpty { report(.conflict("is empty, write at least one grid"), at: field) }
    guard elements.count <= GridContext.largestGridCount else {
      report(
        .conflict("has \(elements.count) grids, at most \(GridContext.largestGridCount) can be"),
        at: field)
      return []
    }
    var grids: [GridSpec] = []
    var valueCount = 0
    for element in elements {
      grids.append(decodeGrid(element, context))
      valueCount += grids[grids.count - 1].valueCount
      // Before the values of the next are made.
      guard valueCount <= 2 * context.valueLimit + GridContext.largestGridCount else {
        report(
          .conflict(
            "has more than \(valueCount) values on the axes of its grids; make an axis shorter"),
          at: field)
        return grids
      }
    }
    return grids
  }

  private mutating func decodeGrid(_ field: SpecField, _ context: GridContext) -> GridSpec {
    var grid = GridSpec(degree: context.degree, schedule: context.schedule, epochs: context.epochs)
    guard
      let object = object(
        field, GridKey.self, like: "{\"solver\": \"normal\", \"lambda\": [0.01, 0.1, 1]}")
    else { return grid }
    let solverField = require(
      .solver, in: object, write: "one or more of \(quotedList(Solver.allCases.map(\.rawValue)))")
    let solvers = solverField.flatMap {
      axisWords($0) { decoder, field in
        decoder.word(field, Solver.self)
      }
    }
    if let field = object[.schedule],
      let schedules = axisWords(field, { $0.decodeSchedule($1) })
    {
      grid.schedules = schedules
    }
    for key in GridKey.allCases {
      guard let field = object[key], let axis = key.axis, axis.range != nil,
        let values = axisNumbers(field, axis, limit: context.valueLimit)
      else { continue }
      grid.set(axis, to: values)
    }
    if let solverField, let solvers {
      grid.solvers = solvers
      check(solvers, solverField, object, loss: context.loss)
    }
    grid.exclude = decodeExclude(object[.exclude])
    return grid
  }

  /// Holds each solver against the loss and against the axes that it needs.
  private mutating func check(
    _ solvers: [Solver], _ field: SpecField, _ object: SpecObject<GridKey>, loss: Loss?
  ) {
    var seen: Set<Solver> = []
    for (index, solver) in solvers.enumerated() where seen.insert(solver).inserted {
      let place = field.elements?[index] ?? field
      if let loss, let advice = solver.objection(to: loss) {
        report(.conflict(advice), at: place)
        continue
      }
      for (axis, example) in solver.requiredAxes {
        guard let key = GridKey(rawValue: axis.rawValue), object.lacks(key) else { continue }
        report(
          .conflict("'\(solver.rawValue)' needs '\(axis.rawValue)', write \(example)"), at: place)
      }
    }
  }

  /// One value or an array of values that are not numbers; `nil` when one was reported.
  private mutating func axisWords<Word>(
    _ field: SpecField, _ decode: (inout SpecDecoder, SpecField) -> Word?
  ) -> [Word]? {
    guard let elements = field.elements else { return decode(&self, field).map { [$0] } }
    if elements.isEmpty { report(.conflict("is empty, an axis has at least one value"), at: field) }
    let words = elements.compactMap { decode(&self, $0) }
    return words.isEmpty || words.count < elements.count ? nil : words
  }

  private mutating func decodeExclude(_ field: SpecField?) -> [PartialPoint] {
    guard let field else { return [] }
    let example = "{\"solver\": \"gd\", \"eta\": 0.1}"
    guard let elements = field.elements else {
      mismatch(field, allowed: "an array of points such as \(example)")
      return []
    }
    return elements.compactMap { element in
      guard let object = object(element, Axis.self, like: example) else { return nil }
      if object.fields.isEmpty, object.misspelt.isEmpty {
        report(.conflict("is empty, it would exclude every point, name an axis"), at: element)
      }
      var point = PartialPoint()
      point.solver = word(object[.solver], Solver.self)
      point.degree = whole(object[.degree], in: .wholeFromOne)
      point.trainSize = number(object[.trainSize], in: .trainSize).map { TrainSize($0) }
      point.schedule = object[.schedule].flatMap { decodeSchedule($0) }
      point.batchSize = whole(object[.batchSize], in: .wholeFromOne)
      point.eta = number(object[.eta], in: .positive)
      point.epochs = whole(object[.epochs], in: .wholeFromOne)
      point.radius = number(object[.radius], in: .positive)
      point.lambda = number(object[.lambda], in: .nonNegative)
      return point
    }
  }
}

extension GridSpec {
  /// A grid before its axes are read.
  fileprivate init(degree: Int, schedule: LearningRateSchedule, epochs: Int) {
    self.init(
      solvers: [], degrees: [degree], trainSizes: [nil], schedules: [schedule], batchSizes: [],
      etas: [], epochs: [epochs], radii: [], lambdas: [], exclude: [])
  }

  /// The values on all axes.
  fileprivate var valueCount: Int {
    [degrees.count, trainSizes.count, schedules.count, batchSizes.count, etas.count, epochs.count]
      .reduce(radii.count + lambdas.count, +)
  }

  fileprivate mutating func set(_ axis: Axis, to values: [Double]) {
    switch axis {
    case .solver, .schedule: break
    case .degree: degrees = values.map { Int($0) }
    case .trainSize: trainSizes = values.map { TrainSize($0) }
    case .batchSize: batchSizes = values.map { Int($0) }
    case .eta: etas = values
    case .epochs: epochs = values.map { Int($0) }
    case .radius: radii = values
    // Adding zero turns −0 into 0, which is the same λ.
    case .lambda: lambdas = values.map { $0 + 0 }
    }
  }
}

extension TrainSize {
  /// Below 1 a fraction of the training rows, from 1 on a number of rows.
  init(_ value: Double) {
    self = value < 1 ? .fraction(value) : .rows(Int(value))
  }
}

extension Solver {
  /// The axes without which the solver cannot run, with an example each.
  var requiredAxes: [(axis: Axis, example: String)] {
    let eta: (Axis, String) = (.eta, "a learning rate such as \"eta\": 0.01")
    let lambda: (Axis, String) = (.lambda, "\"lambda\": 0 for no penalty, or several values")
    switch self {
    case .normal, .minNorm, .newton: return [lambda]
    case .gd: return [eta, lambda]
    case .sgd: return [eta, (.batchSize, "\"batch_size\": 1 for pure stochastic steps"), lambda]
    case .projectedGD: return [eta, (.radius, "the ball's size such as \"radius\": [0.1, 1, 10]")]
    }
  }

  /// Why the solver cannot minimise the loss and what to write instead, or `nil` when it can.
  func objection(to loss: Loss) -> String? {
    switch (self, loss) {
    case (.normal, .logistic), (.minNorm, .logistic):
      "'\(rawValue)' solves the squared loss only, write \"newton\" for the logistic optimum"
    case (.newton, .squared):
      "'newton' is for the logistic loss, write \"normal\" or \"min_norm\" for the squared optimum"
    default: nil
    }
  }
}
