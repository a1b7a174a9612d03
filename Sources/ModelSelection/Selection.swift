/// A point that may win: its validation summary and how strongly it is held back.
package struct Candidate: Sendable {
  package let point: Int
  package let validation: Summary
  package let regularization: Regularization
  /// The mean over folds, where the solver has one.
  package let effectiveDegreesOfFreedom: Double?
  package let degree: Int

  package init(
    point: Int, validation: Summary, regularization: Regularization,
    effectiveDegreesOfFreedom: Double? = nil, degree: Int = 1
  ) {
    self.point = point
    self.validation = validation
    self.regularization = regularization
    self.effectiveDegreesOfFreedom = effectiveDegreesOfFreedom
    self.degree = degree
  }

  /// Degrees of freedom that differ by less than this are equal but for rounding.
  private static let relativeDifference = 1e-9

  /// Whether this is the more regularised of two: by λ or radius, of equal ones by the smaller effective
  /// degrees of freedom, then by the smaller degree.
  package func isMoreRegularised(than other: Candidate) -> Bool {
    guard regularization == other.regularization else {
      return regularization.isStronger(than: other.regularization)
    }
    if let mine = effectiveDegreesOfFreedom, let theirs = other.effectiveDegreesOfFreedom,
      abs(mine - theirs) > Candidate.relativeDifference * max(abs(mine), abs(theirs))
    {
      return mine < theirs
    }
    return degree < other.degree
  }
}

/// What holds a point's weights back: a penalty or a ball.
package enum Regularization: Hashable, Sendable {
  case lambda(Double)
  case radius(Double)

  /// Whether this holds back more than `other`; a λ and a radius can't be compared.
  package func isStronger(than other: Regularization) -> Bool {
    switch (self, other) {
    case (.lambda(let mine), .lambda(let theirs)): mine > theirs
    case (.radius(let mine), .radius(let theirs)): mine < theirs
    default: false
    }
  }
}

/// How the winner is chosen from the validation means.
package enum SelectionRule: String, CaseIterable, Sendable {
  case min
  /// The most regularised point whose mean is within one standard error of the best.
  case oneStandardError = "one_standard_error"
}

extension SelectionRule {
  /// Whether the rule says something about so many folds: a standard error takes two.
  package func applies(toFoldCount count: Int) -> Bool {
    switch self {
    case .min: count > 0
    case .oneStandardError: count > 1
    }
  }

  /// The winner among the candidates, which must be in point order.
  ///
  /// `min` takes the best mean; `one_standard_error` the most regularised point whose mean is
  /// within one standard error of the best (Breiman et al. 1984, as in glmnet). Ties go to the more
  /// regularised, then to the earlier point.
  /// - Returns: the point, or `nil` when there is no candidate.
  package func winner(among candidates: [Candidate], largerIsBetter: Bool) -> Int? {
    let sign = largerIsBetter ? -1.0 : 1.0
    guard var best = candidates.first else { return nil }
    for candidate in candidates.dropFirst() {
      let (mine, theirs) = (sign * candidate.validation.mean, sign * best.validation.mean)
      if mine < theirs || (mine == theirs && candidate.isMoreRegularised(than: best)) {
        best = candidate
      }
    }
    guard self == .oneStandardError else { return best.point }
    let bound = sign * best.validation.mean + (best.validation.standardError ?? 0)
    var chosen: Candidate?
    for candidate in candidates where sign * candidate.validation.mean <= bound {
      guard let current = chosen else {
        chosen = candidate
        continue
      }
      if candidate.isMoreRegularised(than: current) { chosen = candidate }
    }
    return chosen?.point
  }
}
