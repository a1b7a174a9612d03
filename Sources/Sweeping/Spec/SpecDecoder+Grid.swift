import LinearModels
import Results
import Tables

extension SpecDecoder {
  mutating func decodeGrids(in top: SpecObject<SpecKey>, context: GridContext) -> [GridSpec] {
    guard let field = require(.grid, in: top) else { return [] }
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
    guard let object = object(field, GridKey.self) else { return grid }
    let solverField = require(
      .axis(.solver), in: object,
      write: "one or more of \(quotedList(Solver.allCases.map(\.rawValue)))")
    let solvers = solverField.flatMap {
      axisWords($0) { decoder, field in
        decoder.word(field, Solver.self)
      }
    }
    if let field = object[.axis(.schedule)],
      let schedules = axisWords(field, { $0.decodeSchedule($1) })
    {
      grid[.schedule] = schedules.map { .word($0.cell) }
    }
    for axis in Axis.allCases where axis.range != nil {
      guard let field = object[.axis(axis)],
        let values = axisNumbers(field, axis, limit: context.valueLimit)
      else { continue }
      // Adding zero turns −0 into 0, which is the same λ.
      grid[axis] = values.map { .number($0 + 0) }
    }
    if let solverField, let solvers {
      grid[.solver] = solvers.map { .word($0.rawValue) }
      check(solvers, solverField, object, loss: context.loss)
    }
    grid.exclude = decodeExclude(object[.exclude])
    if let solvers { remarkUnused(object, solvers) }
    return grid
  }

  /// An axis that is written and makes no points is told, lest one waits for its effect.
  private mutating func remarkUnused(_ object: SpecObject<GridKey>, _ solvers: [Solver]) {
    for key in object.present(GridKey.allCases) {
      guard case .axis(let axis) = key, !solvers.contains(where: { $0.uses(axis) }) else {
        continue
      }
      let users = Solver.allCases.filter { $0.uses(axis) }.map(\.rawValue)
      remark(
        "no solver of this grid uses '\(axis.rawValue)', so it makes no points; it is for "
          + quotedList(users), at: object.keyPositions[key] ?? object.field.node.position,
        path: "\(object.field.path).\(key.rawValue)")
    }
  }

  /// The axes that some grid names.
  func writtenAxes(_ field: SpecField?) -> Set<Axis> {
    guard let node = field?.node else { return [] }
    let grids = node.elements ?? [node]
    return Set(grids.flatMap { $0.members ?? [] }.compactMap { Axis(rawValue: $0.key) })
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
      for axis in solver.requiredAxes where object.lacks(.axis(axis)) {
        report(
          .conflict(
            "'\(solver.rawValue)' needs '\(axis.rawValue)', write \(axis.whenMissing ?? "it")"),
          at: place)
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

  private mutating func decodeExclude(_ field: SpecField?) -> [Point] {
    guard let field else { return [] }
    guard let elements = field.elements else {
      mismatch(
        field, allowed: "an array of points such as " + JSONText.encode(Axis.example, style: .line))
      return []
    }
    return elements.compactMap { element in
      guard let object = object(element, Axis.self) else { return nil }
      if object.fields.isEmpty, object.misspelt.isEmpty {
        report(.conflict("is empty, it would exclude every point, name an axis"), at: element)
      }
      var point = Point()
      point[.solver] = word(object[.solver], Solver.self).map { .word($0.rawValue) }
      point[.schedule] = object[.schedule].flatMap { decodeSchedule($0) }.map { .word($0.cell) }
      for axis in Axis.allCases {
        guard let range = axis.range else { continue }
        point[axis] = number(object[axis], in: range).map { .number($0 + 0) }
      }
      return point
    }
  }
}

extension GridSpec {
  /// A grid before its axes are read.
  fileprivate init(degree: Int, schedule: LearningRateSchedule, epochs: Int) {
    self.init([
      .degree: [.number(Double(degree))], .schedule: [.word(schedule.cell)],
      .epochs: [.number(Double(epochs))],
    ])
  }

  /// The values on all axes of numbers.
  fileprivate var valueCount: Int {
    Axis.allCases.reduce(0) { $0 + ($1.range == nil ? 0 : self[$1].count) }
  }
}
