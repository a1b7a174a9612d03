import LinearModels
import Results
import Sweeping
import TestSupport
import Testing

struct SpecGridTests {
  private func spec(_ grid: String, limits: String = "{}", metrics: String = "") throws -> SweepSpec
  {
    let text = """
      {"data": {"libsvm": "a"}, "grid": \(grid), "limits": \(limits)}
      """
    return try SpecReader.read(text: Array(text.utf8), path: "s.json")
  }

  private func grid(_ text: String) throws -> Grid { try Grid(spec(text)) }

  /// A point in a few letters, for a table of expected orders.
  private func short(_ point: Point) -> String {
    var parts = [point.solver.rawValue]
    if point.degree != 1 { parts.append("d\(point.degree)") }
    if case .rows(let rows) = point.trainSize { parts.append("n\(rows)") }
    if let schedule = point.schedule, schedule != .constant { parts.append(schedule.cell) }
    if let batchSize = point.number(on: .batchSize).map({ Int($0) }) {
      parts.append("B\(batchSize)")
    }
    if let eta = point.number(on: .learningRate) { parts.append("e\(eta)") }
    if let epochs = point.epochs { parts.append("t\(epochs)") }
    if let radius = point.radius { parts.append("r\(radius)") }
    if let lambda = point.lambda { parts.append("l\(lambda)") }
    return parts.joined(separator: " ")
  }

  @Test func axesNestInTheContractsOrder() throws {
    let grid = try grid(
      """
      {"lambda": [2, 1], "epochs": [10, 20], "eta": [0.5], "batch_size": [4, 1],
       "schedule": ["constant", {"inverse_time": 1}], "train_size": [9, 5], "degree": [2, 1],
       "solver": "sgd"}
      """)
    var expected: [Point] = []
    for degree: AxisValue in [2, 1] {
      for size: AxisValue in [9, 5] {
        for schedule: AxisValue in ["constant", "inverse_time(1)"] {
          for batchSize: AxisValue in [4, 1] {
            for epochs: AxisValue in [10, 20] {
              for lambda: AxisValue in [2, 1] {
                expected.append(
                  Point([
                    .solver: "sgd", .degree: degree, .trainSize: size, .schedule: schedule,
                    .batchSize: batchSize, .learningRate: 0.5, .epochs: epochs, .lambda: lambda,
                  ]))
              }
            }
          }
        }
      }
    }
    #expect(grid.count == 64)
    #expect(Array(grid) == expected)
  }

  @Test func anAxisThatASolverDoesNotUseMakesOnePoint() throws {
    let grid = try grid(
      """
      {"solver": ["normal", "min_norm", "gd", "sgd", "projected_gd"], "lambda": [1, 2],
       "eta": [0.5, 0.25], "batch_size": [1, 8], "radius": [3, 4], "epochs": 10}
      """)
    #expect(
      grid.map(short) == [
        "normal l1.0", "normal l2.0", "min_norm l1.0", "min_norm l2.0",
        "gd e0.5 t10 l1.0", "gd e0.5 t10 l2.0", "gd e0.25 t10 l1.0", "gd e0.25 t10 l2.0",
        "sgd B1 e0.5 t10 l1.0", "sgd B1 e0.5 t10 l2.0", "sgd B1 e0.25 t10 l1.0",
        "sgd B1 e0.25 t10 l2.0", "sgd B8 e0.5 t10 l1.0", "sgd B8 e0.5 t10 l2.0",
        "sgd B8 e0.25 t10 l1.0", "sgd B8 e0.25 t10 l2.0",
        "projected_gd e0.5 t10 r3.0", "projected_gd e0.5 t10 r4.0",
        "projected_gd e0.25 t10 r3.0", "projected_gd e0.25 t10 r4.0",
      ])
    #expect(grid.duplicateCount == 0)
  }

  @Test func newtonUsesLambdaAlone() throws {
    let text = """
      {"data": {"libsvm": "a"}, "model": {"loss": "logistic"},
       "grid": {"solver": "newton", "lambda": [0, 1], "eta": [1, 2], "epochs": [1, 2]}}
      """
    let grid = try Grid(SpecReader.read(text: Array(text.utf8), path: "s.json"))
    #expect(
      Array(grid) == [0, 1].map { Point([.solver: "newton", .degree: 1, .lambda: .number($0)]) })
  }

  @Test func valuesWrittenTwiceAreDroppedAndCounted() throws {
    let grid = try grid(#"{"solver": ["normal", "normal"], "lambda": [1, 2, 1.0, 1e0]}"#)
    #expect(grid.map(short) == ["normal l1.0", "normal l2.0"])
    #expect(grid.duplicateCount == 6)
  }

  @Test func gridsThatOverlapKeepTheFirstOfEachPoint() throws {
    let grid = try grid(
      """
      [{"solver": "normal", "lambda": [1, 2, 3]},
       {"solver": ["min_norm", "normal"], "lambda": [4, 3, 1]},
       {"solver": "normal", "lambda": [5, 4]}]
      """)
    #expect(
      grid.map(short) == [
        "normal l1.0", "normal l2.0", "normal l3.0", "min_norm l4.0", "min_norm l3.0",
        "min_norm l1.0", "normal l4.0", "normal l5.0",
      ])
    #expect(grid.duplicateCount == 3)
    #expect(grid.excludedCount == 0)
  }

  @Test func excludeMatchesOnTheAxesItNames() throws {
    let grid = try grid(
      """
      {"solver": ["normal", "gd"], "lambda": [1, 2, 3], "eta": [0.5, 0.25], "epochs": 1,
       "exclude": [{"solver": "gd", "lambda": 2}, {"eta": 0.25, "lambda": 3}, {"lambda": 1e0},
                   {"solver": "normal", "eta": 0.5}, {"lambda": 77}, {"solver": "sgd"}]}
      """)
    #expect(grid.map(short) == ["normal l2.0", "normal l3.0", "gd e0.5 t1 l3.0"])
    #expect(grid.excludedCount == 6)
    #expect(grid.duplicateCount == 0)
  }

  @Test func whatOneGridExcludesAnotherMayHave() throws {
    let grid = try grid(
      """
      [{"solver": "normal", "lambda": [1, 2], "exclude": [{"lambda": 1}]},
       {"solver": "normal", "lambda": [2, 1]}]
      """)
    #expect(grid.map(short) == ["normal l2.0", "normal l1.0"])
    #expect(grid.excludedCount == 1)
    #expect(grid.duplicateCount == 1)
  }

  @Test func aGridWithoutPointsIsAnError() throws {
    let spec = try spec(#"{"solver": "normal", "lambda": 1, "exclude": [{"degree": 1}]}"#)
    let error = #expect(throws: GridSizeError.self) { try Grid(spec) }
    #expect(
      error?.description
        == "s.json:1:35: grid: found no point that 'exclude' leaves, take one out of it")
  }

  @Test func aMessageThatComesLaterHasItsPlaceInTheSpec() throws {
    let text = """
      {"data": {"libsvm": "a"}, "split": {"k_fold": 50},
       "grid": [{"solver": "normal", "lambda": [1, 2]}]}
      """
    let spec = try SpecReader.read(
      text: Array(text.utf8), path: "s.json",
      overrides: [SpecOverride(path: "limits.max_jobs", value: "9")])
    #expect(spec.located("x", at: "split.k_fold") == "s.json:1:47: split.k_fold: x")
    #expect(spec.located("x", at: "grid.0.lambda.1") == "s.json:2:46: grid.0.lambda.1: x")
    #expect(spec.located("x", at: "features.polynomial") == "s.json:1:1: features.polynomial: x")
    #expect(spec.located("x", at: "limits.max_jobs") == "--set limits.max_jobs: x")
  }

  /// The definition, point by point, as the oracle.
  private func plain(_ grids: [GridSpec]) -> (points: [Point], duplicates: Int, excluded: Int) {
    var points: [Point] = []
    var seen: Set<Point> = []
    var (duplicates, excluded) = (0, 0)
    for grid in grids {
      for point in allPoints(of: grid) {
        if grid.exclude.contains(where: { matches($0, point) }) {
          excluded += 1
        } else if seen.insert(point).inserted {
          points.append(point)
        } else {
          duplicates += 1
        }
      }
    }
    return (points, duplicates, excluded)
  }

  /// Every combination as written, axis by axis, the last one fastest.
  private func allPoints(of grid: GridSpec) -> [Point] {
    Axis.allCases.reduce([Point()]) { points, axis in
      points.flatMap { point -> [Point] in
        let isUsed = axis == .solver || point.solver.uses(axis)
        guard isUsed, !grid[axis].isEmpty else { return [point] }
        return grid[axis].map { value in
          var next = point
          next[axis] = value
          return next
        }
      }
    }
  }

  private func matches(_ partial: Point, _ point: Point) -> Bool {
    Axis.allCases.allSatisfy { partial[$0] == nil || partial[$0] == point[$0] }
  }

  @Test(arguments: 0..<40)
  func anyGridIsThatOfThePlainDefinition(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    func pick(_ values: [String], atLeast: Int = 1) -> String {
      let count = Int.random(in: atLeast...4, using: &random)
      let chosen = (0..<count).map { _ in values.randomElement(using: &random) ?? values[0] }
      return "[" + chosen.joined(separator: ", ") + "]"
    }
    func partial() -> String {
      let parts = [
        "\"lambda\": \(Int.random(in: 0...3, using: &random))", "\"eta\": 1",
        "\"solver\": \"gd\"", "\"batch_size\": 2", "\"degree\": 2",
      ].shuffled(using: &random)
      return "{" + parts.prefix(Int.random(in: 1...2, using: &random)).joined(separator: ", ") + "}"
    }
    let grids = (0..<Int.random(in: 1...3, using: &random)).map { _ in
      let excludes = (0..<Int.random(in: 0...2, using: &random)).map { _ in partial() }
      return """
        {"solver": \(pick(["\"normal\"", "\"gd\"", "\"sgd\"", "\"projected_gd\""])),
         "lambda": \(pick(["0", "1", "2", "3"])), "eta": \(pick(["1", "2"])),
         "batch_size": \(pick(["1", "2"])), "radius": \(pick(["1", "2"])),
         "degree": \(pick(["1", "2"])), "epochs": 5,
         "exclude": [\(excludes.joined(separator: ", "))]}
        """
    }
    let spec = try spec("[" + grids.joined(separator: ", ") + "]")
    let expected = plain(spec.grids)
    if expected.points.isEmpty {
      #expect(throws: GridSizeError.self) { try Grid(spec) }
      return
    }
    let grid = try Grid(spec)
    #expect(Array(grid) == expected.points)
    // A value written twice is a duplicate even where an exclude takes both out.
    #expect(grid.duplicateCount + grid.excludedCount == expected.duplicates + expected.excluded)
  }

  @Test func aMillionPointsTakeNoTable() throws {
    let spec = try spec(
      """
      {"solver": "gd", "eta": {"linspace": [0.001, 1], "count": 1000}, "epochs": 5,
       "lambda": {"linspace": [0, 1], "count": 1000}}
      """)
    let clock = ContinuousClock()
    var grid: Grid?
    let time = try clock.measure { grid = try Grid(spec) }
    let points = try #require(grid)
    #expect(points.count == 1_000_000)
    #expect(points[999_999].lambda == 1)
    #expect(points[999_999].number(on: .learningRate) == 1)
    #expect(points[1000].lambda == 0)
    // A debug build on a busy machine takes a few milliseconds; a table of points takes a second.
    #expect(time < .milliseconds(500))
  }

  @Test(arguments: [
    (
      #"{"solver": ["normal", "gd"], "lambda": {"linspace": [0, 1], "count": 900}, "eta": [1, 2]}"#,
      #"{"max_jobs": 1000}"#,
      "s.json:1:35: grid: found more points than jobs are allowed (solver 2 × eta 2 × lambda 900), "
        + "limits.max_jobs allows 1000; make an axis shorter or raise the limit with "
        + "--set limits.max_jobs=N"
    ),
    (
      #"[{"solver": "normal", "lambda": [1, 2]}, {"solver": "normal", "lambda": 3}]"#,
      #"{"max_jobs": 2}"#,
      "s.json:1:35: grid: found more points than jobs are allowed (lambda 2 and one point), "
        + "limits.max_jobs allows 2; make an axis shorter or raise the limit with "
        + "--set limits.max_jobs=N"
    ),
  ])
  func tooManyPointsAreRefused(text: String, limits: String, message: String) throws {
    let spec = try spec(text, limits: limits)
    let error = #expect(throws: GridSizeError.self) { try Grid(spec) }
    #expect(error?.description == message)
  }

  @Test func aHugeGridIsRefusedBeforeAnythingIsAllocated() throws {
    let axis = #"{"linspace": [1, 100000], "count": 100000}"#
    let spec = try spec(
      """
      {"solver": "sgd", "lambda": \(axis), "eta": \(axis), "batch_size": \(axis),
       "epochs": \(axis), "degree": \(axis), "exclude": [{"lambda": 1}]}
      """)
    #expect(throws: GridSizeError.self) { try Grid(spec) }
  }

  @Test func jobsArePointsTimesFoldsTimesRepeats() throws {
    let spec = try spec(#"{"solver": "normal", "lambda": [1, 2, 3]}"#, limits: #"{"max_jobs": 30}"#)
    let grid = try Grid(spec)
    #expect(try grid.jobCount(foldCount: 5, repeats: 2, of: spec) == 30)
    let error = #expect(throws: GridSizeError.self) {
      try grid.jobCount(foldCount: 6, repeats: 2, of: spec)
    }
    #expect(
      error?.description
        == "s.json:1:35: grid: found 3 points × 6 folds × 2 repeats = 36 jobs (lambda 3), limits.max_jobs "
        + "allows 30; make an axis shorter or raise the limit with --set limits.max_jobs=36")
    #expect(throws: GridSizeError.self) {
      try grid.jobCount(foldCount: .max, repeats: 2, of: spec)
    }
  }
}
