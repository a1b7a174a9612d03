import ModelSelection
import Testing

struct SelectionRuleTests {
  private func candidate(
    _ point: Int, _ mean: Double, error: Double? = 0.5, _ regularization: Regularization
  ) -> Candidate {
    Candidate(
      point: point, validation: Summary(mean: mean, standardError: error),
      regularization: regularization)
  }

  private func winners(_ candidates: [Candidate], largerIsBetter: Bool = false) -> [Int?] {
    SelectionRule.allCases.map {
      $0.winner(among: candidates, largerIsBetter: largerIsBetter)
    }
  }

  @Test func `min takes the best mean and the other rule the most regularised within its error`() {
    let candidates = [
      candidate(0, 3, .lambda(0.01)), candidate(1, 2, .lambda(0.1)),
      candidate(2, 2.4, error: 9, .lambda(1)), candidate(3, 2.6, .lambda(10)),
    ]
    // The error that counts is the best point's, 0.5, so 2.4 is within and 2.6 is not.
    #expect(winners(candidates) == [1, 2])
  }

  @Test func `a mean of exactly one standard error above is within`() {
    let candidates = [candidate(0, 2, .lambda(1)), candidate(1, 2.5, .lambda(2))]
    #expect(winners(candidates) == [0, 1])
  }

  @Test func `for a larger-is-better metric the bound lies below`() {
    let candidates = [
      candidate(0, 0.5, error: 0.1, .lambda(0.1)), candidate(1, 0.45, error: 0.1, .lambda(1)),
      candidate(2, 0.3, error: 0.1, .lambda(10)), candidate(3, 0.7, error: 0.3, .lambda(0)),
    ]
    #expect(winners(candidates, largerIsBetter: true) == [3, 1])
    #expect(winners(candidates) == [2, 2])
  }

  @Test func `ties go to the larger lambda, then to the earlier point`() {
    let candidates = [
      candidate(0, 2, .lambda(1)), candidate(1, 2, .lambda(3)), candidate(2, 2, .lambda(3)),
      candidate(3, 2, .lambda(2)),
    ]
    #expect(winners(candidates) == [1, 1])
  }

  @Test func `ties go to the smaller ball, then to the earlier point`() {
    let candidates = [
      candidate(0, 2, .radius(4)), candidate(1, 2, .radius(1)), candidate(2, 2, .radius(1)),
      candidate(3, 2.2, .radius(0.5)), candidate(4, 2.9, .radius(0.1)),
    ]
    #expect(winners(candidates) == [1, 3])
  }

  @Test func `a lambda and a radius are not compared, so the earlier point stays`() {
    let mixed = [candidate(0, 2, .lambda(0.1)), candidate(1, 2, .radius(0.1))]
    #expect(winners(mixed) == [0, 0])
    #expect(!Regularization.lambda(1).isStronger(than: .radius(1)))
    #expect(!Regularization.radius(1).isStronger(than: .lambda(1)))
  }

  @Test func `of equal lambdas the smaller degrees of freedom win, then the smaller degree`() {
    func one(_ point: Int, _ mean: Double, df: Double?, degree: Int) -> Candidate {
      Candidate(
        point: point, validation: Summary(mean: mean, standardError: 0.5),
        regularization: .lambda(0), effectiveDegreesOfFreedom: df, degree: degree)
    }
    // As the degrees of auto-mpg stand in a grid from 6 down: all within one standard error but the last.
    let falling = [6, 5, 4, 3, 2, 1].enumerated().map { place, degree in
      one(place, degree == 1 ? 3 : 2 + 0.01 * Double(degree), df: Double(degree), degree: degree)
    }
    #expect(winners(falling) == [4, 4])
    #expect(winners(Array(falling.dropLast(2))) == [3, 3])
    // What differs by rounding is equal, so the degree decides, then the order.
    let rounded = [
      one(0, 2, df: 3.0000000000000004, degree: 2), one(1, 2.1, df: 3, degree: 2),
      one(2, 2.2, df: 3.0000000000000004, degree: 1), one(3, 2.3, df: 3, degree: 1),
    ]
    #expect(winners(rounded) == [0, 2])
    // A solver without degrees of freedom is compared by degree alone.
    #expect(winners([one(0, 2, df: nil, degree: 2), one(1, 2.1, df: 1, degree: 2)]) == [0, 0])
    #expect(winners([one(0, 2, df: 1, degree: 2), one(1, 2, df: nil, degree: 1)]) == [1, 1])
  }

  @Test func `a standard error takes two folds`() {
    #expect(SelectionRule.allCases.map { $0.applies(toFoldCount: 1) } == [true, false])
    #expect(SelectionRule.allCases.map { $0.applies(toFoldCount: 2) } == [true, true])
  }

  @Test func `without a standard error only the best mean counts`() {
    let candidates = [
      candidate(0, 2, error: nil, .lambda(0.1)), candidate(1, 2.0001, error: nil, .lambda(1)),
    ]
    #expect(winners(candidates) == [0, 0])
  }

  @Test func `nobody wins among nobody`() {
    #expect(winners([]) == [nil, nil])
  }
}

struct SummaryTests {
  @Test func `the standard error divides by the root of folds and the sd by folds less one`() {
    let summary = Summary([1, 2, 3, 6])
    #expect(summary?.mean == 3)
    // Squares 4 + 1 + 0 + 9 = 14; sd = √(14/3); error = √(14/3)/2.
    #expect(summary?.standardError == (14.0 / 3).squareRoot() / 2)
  }

  @Test func `one fold has a mean and no error, none has neither`() {
    #expect(Summary([5]) == Summary(mean: 5, standardError: nil))
    #expect(Summary([]) == nil)
  }
}
