package import LinearModels
package import Results

/// A way to find the weights; the raw value is the word a spec uses.
package enum Solver: String, CaseIterable, Sendable {
  case normal
  case minNorm = "min_norm"
  case gd
  case sgd
  case newton
  case projectedGD = "projected_gd"

  /// What the sweep knows of it.
  package var program: any SolverProgram.Type {
    switch self {
    case .normal: NormalProgram.self
    case .minNorm: MinimumNormProgram.self
    case .gd: GradientDescentProgram.self
    case .sgd: StochasticGradientDescentProgram.self
    case .newton: NewtonProgram.self
    case .projectedGD: ProjectedGradientDescentProgram.self
    }
  }
}

/// What a spec must know of a solver.
extension Solver {
  /// Whether the axis changes what the solver does; if not, the axis collapses to one point.
  package func uses(_ axis: Axis) -> Bool { axis.isOfEverySolver || program.axes.contains(axis) }

  /// The axes without which the solver cannot run.
  package var requiredAxes: [Axis] { program.axes.filter { $0.whenMissing != nil } }

  /// Why the solver cannot minimise the loss and what to write instead, or `nil` when it can.
  package func objection(to loss: Loss) -> String? {
    program.objection(to: loss).map { reason in
      let able = Solver.allCases.filter { $0.program.objection(to: loss) == nil }
      let exact = able.filter { $0.program.findsOptimum }
      let (advised, aim) = exact.isEmpty ? (able, "loss") : (exact, "optimum")
      return "'\(rawValue)' \(reason), write \(quotedList(advised.map(\.rawValue))) "
        + "for the \(loss.rawValue) \(aim)"
    }
  }

  /// Whether a fit may end so; what never happens cannot be counted by a gate.
  package func mayEnd(as status: FitStatus, tolerance: Double) -> Bool {
    ([.ok, .diverged] + program.furtherEndings(tolerance: tolerance)).contains(status)
  }
}
