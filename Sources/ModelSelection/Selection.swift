/// A point that may win: its validation summary and how strongly it is held back.
package struct Candidate: Sendable {
  package let point: Int
  package let validation: Summary
  package let regularization: Regularization

  package init(point: Int, validation: Summary, regularization: Regularization) {
    self.point = point
    self.validation = validation
    self.regularization = regularization
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

extension SelectionRule {
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
      if mine < theirs
        || (mine == theirs && candidate.regularization.isStronger(than: best.regularization))
      {
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
      if candidate.regularization.isStronger(than: current.regularization) { chosen = candidate }
    }
    return chosen?.point
  }
}
