import LinearModels
import Results

/// A grid with more jobs than `limits.max_jobs` allows, or with none.
package struct GridSizeError: Error, Sendable, CustomStringConvertible {
  package enum Fault: Hashable, Sendable {
    /// Every point is excluded.
    case noPoints
    /// More points than may be counted one by one.
    case tooManyPoints
    case tooManyJobs(points: Int, foldCount: Int, repeats: Int)
  }

  package let fault: Fault
  package let limit: Int
  /// For each grid its axes with more than one value, and how many.
  package let axisSizes: [[String]]
  /// The message with its place in the spec.
  package let errors: SpecErrors
  package var description: String { errors.description }

  init(_ fault: Fault, in spec: SweepSpec) {
    self.fault = fault
    limit = spec.limits.maxJobs
    axisSizes = spec.grids.map { grid in
      Axis.allCases.compactMap { axis in
        let size = grid[axis].count
        let isUsed = grid.solvers.contains { $0.uses(axis) }
        return size > 1 && isUsed ? "\(axis.rawValue) \(size)" : nil
      }
    }
    let text = Self.text(fault, limit: limit, axisSizes: axisSizes)
    errors = spec.errors(text, at: "grid")
  }

  private static func text(_ fault: Fault, limit: Int, axisSizes: [[String]]) -> String {
    let found: String
    var needed = "N"
    switch fault {
    case .noPoints:
      return "found no point that 'exclude' leaves, take one out of it"
    case .tooManyPoints:
      found = "more points than jobs are allowed"
    case .tooManyJobs(let points, let foldCount, let repeats):
      let jobs = product([points, foldCount, repeats]).map { String($0) }
      if let jobs { needed = jobs }
      found =
        "\(points) points × \(foldCount) folds × \(repeats) repeats = \(jobs ?? "too many") jobs"
    }
    let sizes = axisSizes.prefix(4).map { $0.isEmpty ? "one point" : $0.joined(separator: " × ") }
    let axes = sizes.joined(separator: " and ") + (axisSizes.count > 4 ? " and more" : "")
    return "found \(found) (\(axes)), limits.max_jobs allows \(limit); make an axis shorter or "
      + "raise the limit with --set limits.max_jobs=\(needed)"
  }
}

extension GridSpec {
  /// The solvers, as written.
  var solvers: [Solver] { self[.solver].compactMap { $0.word.flatMap { Solver(rawValue: $0) } } }
}

extension Grid {
  /// The points of a spec.
  /// - Throws: when there are more points than the limits allow jobs, before anything is allocated
  ///   for them, or when all are excluded.
  package init(_ spec: SweepSpec) throws(GridSizeError) {
    do throws(Fault) {
      try self.init(spec.grids, mostPoints: spec.limits.maxJobs) { solver, place in
        solver.word.flatMap { Solver(rawValue: $0) }?.uses(Axis.allCases[place]) ?? true
      }
    } catch {
      throw GridSizeError(error == .noPoints ? .noPoints : .tooManyPoints, in: spec)
    }
  }

  /// Holds points × folds × repeats against `limits.max_jobs`, and returns the number of jobs.
  package func jobCount(
    foldCount: Int, repeats: Int, of spec: SweepSpec
  ) throws(GridSizeError) -> Int {
    guard let jobs = product([count, foldCount, repeats]), jobs <= spec.limits.maxJobs else {
      throw GridSizeError(
        .tooManyJobs(points: count, foldCount: foldCount, repeats: repeats), in: spec)
    }
    return jobs
  }
}
