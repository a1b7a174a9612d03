import LinearModels
import Numerics
import TestSupport
import Testing

/// What optimal solvers of the squared loss may lose: far-away columns, unequal lengths, near-collinear and
/// constant columns. Right values come from the same rows where nothing cancels, or by hand.
struct LeastSquaresPrecisionTests {
  private enum Direct: String, CaseIterable {
    case normal, minimumNorm
  }

  private static func fit(
    _ solver: Direct, _ problem: PlainProblem, standardize: CentredMoments.Divisor?,
    lambdas: [Double], rows chosen: [Int32]? = nil
  ) -> (fits: LaneFits, rows: ScaledRows) {
    let matrix = problem.matrix
    let all = chosen ?? problem.allRows
    let moments = CentredMoments(
      RowMoments(matrix: matrix, target: problem.target, rows: all, workers: 1),
      standardize: standardize, hasIntercept: problem.hasIntercept)
    let rows = ScaledRows(
      matrix: matrix, target: problem.target, rows: all, scaling: moments.scaling)
    switch solver {
    case .normal:
      let rotated = RotatedLeastSquares(moments, hasIntercept: problem.hasIntercept)
      return (normalEquations(rotated, rows: rows, lambdas: lambdas), rows)
    case .minimumNorm:
      return (
        minimumNorm(rows: rows, hasIntercept: problem.hasIntercept, lambdas: lambdas), rows
      )
    }
  }

  /// Features in whole multiples of 2⁻⁸, so that adding a large whole number is exact.
  private static func coarse(rows: Int, features: Int, plus offset: Double = 0) -> PlainProblem {
    var problem = PlainProblem.sample(rows: rows, features: features)
    for i in problem.rows.indices {
      problem.rows[i] = problem.rows[i].map { ($0 * 256).rounded() / 256 + offset }
    }
    return problem
  }

  /// A mean rounded to a double leaves a part of the deviation in every centred column: a direction of its
  /// own where columns outnumber rows, an intercept that is off everywhere.
  @Test(arguments: Direct.allCases, [0x1p14, 0x1p30, 0x1p42])
  private func `moving the features far away changes nothing`(
    solver: Direct, offset: Double
  ) throws {
    let near = Self.fit(
      solver, Self.coarse(rows: 60, features: 3), standardize: .population, lambdas: [0, 0.1])
    let far = Self.fit(
      solver, Self.coarse(rows: 60, features: 3, plus: offset), standardize: .population,
      lambdas: [0, 0.1])
    for lane in 0..<2 {
      #expect(relativeDistance(far.fits.fit(lane).vector, near.fits.fit(lane).vector) < 2e-15)
    }
    func scores(_ set: (fits: LaneFits, rows: ScaledRows)) -> [Double] {
      unsafe set.rows.mapScoredBlocks(set.fits, workers: 1) { _, scores, _ in
        unsafe scores.map { $0[0] }
      }.flatMap { $0 }
    }
    #expect(relativeDistance(scores(far), scores(near)) < 2e-15)
  }

  @Test(arguments: [0, 0x1p14, 0x1p30], [CentredMoments.Divisor.population, nil])
  func `more columns than rows have one direction less than rows wherever they are`(
    offset: Double, standardize: CentredMoments.Divisor?
  ) throws {
    let lambdas = [0, 1e-12]
    let near = Self.fit(
      .minimumNorm, Self.coarse(rows: 20, features: 40), standardize: standardize,
      lambdas: lambdas)
    let far = Self.fit(
      .minimumNorm, Self.coarse(rows: 20, features: 40, plus: offset), standardize: standardize,
      lambdas: lambdas)
    #expect(far.fits.outcomes[0].effectiveDegreesOfFreedom == 19)
    for lane in 0..<2 {
      #expect(relativeDistance(far.fits.fit(lane).weights, near.fits.fit(lane).weights) < 1e-13)
    }
  }

  /// z = (−2, −1, 1, 2)/√2.5, so w = z·y/4 = 11/(4√2.5).
  @Test(arguments: Direct.allCases)
  private func `standardised features without intercept are the model that is fitted`(
    solver: Direct
  ) {
    let problem = PlainProblem(
      loss: .squared, rows: [[1], [2], [4], [5]], target: [1, 2, 3, 6], hasIntercept: false)
    let fits = Self.fit(solver, problem, standardize: .population, lambdas: [0]).fits
    #expect(relativeDistance(fits.weights[0][0], 11 / (4 * 2.5.squareRoot())) < 1e-15)
    #expect(fits.intercepts[0] == 0)
  }

  @Test(arguments: Direct.allCases, [CentredMoments.Divisor.population, nil])
  private func `a long count far from zero keeps its slope`(
    solver: Direct, standardize: CentredMoments.Divisor?
  ) {
    let problem = PlainProblem(
      loss: .squared, rows: (0..<100).map { [1e15 + Double($0)] },
      target: (0..<100).map { 0.5 * Double($0) + Double($0 * $0 % 7) })
    let near = PlainProblem(
      loss: .squared, rows: (0..<100).map { [Double($0)] }, target: problem.target)
    let found = Self.fit(solver, problem, standardize: standardize, lambdas: [0]).fits
    let expected = Self.fit(solver, near, standardize: standardize, lambdas: [0]).fits
    #expect(relativeDistance(found.weights[0][0], expected.weights[0][0]) < 1e-15)
    #expect(found.outcomes[0].effectiveDegreesOfFreedom == 1)
  }

  /// Differences of 2⁻²⁰ make a condition number of 10¹² of the Gram matrix, which alone would leave four digits.
  @Test(arguments: Direct.allCases)
  private func `nearly equal columns keep their digits`(solver: Direct) {
    var problem = Self.coarse(rows: 40, features: 3)
    for i in problem.rows.indices {
      problem.rows[i][2] = problem.rows[i][0] + 0x1p-20 * problem.rows[i][2]
    }
    problem.target = problem.rows.map { 3 * $0[0] - $0[1] + 2 * $0[2] + 1 }
    let fits = Self.fit(solver, problem, standardize: nil, lambdas: [0]).fits
    #expect(fits.outcomes[0].status == .ok)
    #expect(relativeDistance(fits.fit().vector, [3, -1, 2, 1]) < 1e-14)
  }

  /// Columns that are equal to twelve digits: no answer to the normal equations is to be trusted.
  @Test func `what does not converge is singular`() {
    var problem = Self.coarse(rows: 40, features: 3)
    for i in problem.rows.indices {
      problem.rows[i][2] = problem.rows[i][0] + 0x1p-40 * problem.rows[i][2]
    }
    let fits = Self.fit(.normal, problem, standardize: .population, lambdas: [0, 1e-17, 0.1]).fits
    #expect(fits.outcomes.map(\.status) == [.singular, .singular, .ok])
    #expect(fits.outcomes[0].message?.hasSuffix("; use lambda > 0 or the solver min_norm") == true)
    #expect(
      fits.outcomes[1].message?.hasSuffix("; use a larger lambda or the solver min_norm") == true)
    #expect(fits.outcomes[0].trainingMeanSquare == nil)
  }

  /// With w₂ = 10⁻⁸ v₂ and x₂ = 10⁸ z₂ the penalty on v₂ is 10⁻¹⁶ λ: next to nothing.
  @Test(arguments: Direct.allCases, [0, 1e-3, 1])
  private func `columns of unequal length on their own scale are no singular matrix`(
    solver: Direct, lambda: Double
  ) throws {
    let even = Self.coarse(rows: 40, features: 2)
    var uneven = even
    for i in uneven.rows.indices { uneven.rows[i][1] *= 1e8 }
    let gram = even.gram()
    let n = 40.0
    let level = even.target.reduce(0, +) / n
    let cross = (0..<2).map { j in
      zip(even.rows, even.target).reduce(0) { $0 + $1.0[j] * ($1.1 - level) } / n
    }
    let (a, b, c) = (gram[0][0] + lambda, gram[0][1], gram[1][1] + lambda * 1e-16)
    let determinant = a * c - b * b
    let expected = [
      (c * cross[0] - b * cross[1]) / determinant,
      (a * cross[1] - b * cross[0]) / determinant * 1e-8,
    ]
    let fits = Self.fit(solver, uneven, standardize: nil, lambdas: [lambda]).fits
    #expect(fits.outcomes[0].status == .ok)
    for j in 0..<2 { #expect(relativeDistance(fits.weights[j][0], expected[j]) < 1e-13) }
    let degrees = (c * gram[0][0] - b * b + a * gram[1][1] - b * b) / determinant
    #expect(
      relativeDistance(
        try #require(fits.outcomes[0].effectiveDegreesOfFreedom), degrees) < 1e-13)
  }

  @Test(
    arguments: Direct.allCases, [[123456.789, 123456.789], [0.1 + 0.2, 0.3]])
  private func `a column that does not vary but for rounding has no weight`(
    solver: Direct, values: [Double]
  ) {
    var problem = PlainProblem.sample(rows: 30, features: 3)
    let without = Self.fit(
      solver,
      PlainProblem(
        loss: .squared, rows: problem.rows.map { [$0[0], $0[2]] }, target: problem.target),
      standardize: nil, lambdas: [0, 0.1]
    ).fits
    for i in problem.rows.indices { problem.rows[i][1] = values[i % 2] }
    for standardize in [CentredMoments.Divisor.population, nil] {
      let fits = Self.fit(solver, problem, standardize: standardize, lambdas: [0, 0.1]).fits
      #expect(fits.outcomes.map(\.status) == [.ok, .ok])
      #expect(fits.weights[1][0] == 0 && fits.weights[1][1] == 0)
      #expect(fits.outcomes[0].effectiveDegreesOfFreedom == 2)
      guard standardize == nil else { continue }
      #expect(
        relativeDistance(
          [fits.weights[0][1], fits.weights[2][1], fits.intercepts[1]], without.fit(1).vector)
          < 1e-14)
    }
  }

  /// As an intercept would be, had the model one.
  @Test(arguments: Direct.allCases)
  private func `without intercept a constant column is a feature`(solver: Direct) {
    var problem = PlainProblem.sample(rows: 30, features: 2, hasIntercept: false)
    for i in problem.rows.indices { problem.rows[i][1] = 2 }
    let fits = Self.fit(solver, problem, standardize: nil, lambdas: [0]).fits
    #expect(relativeDistance(fits.fit().weights, problem.closedForm().weights) < 1e-13)
  }

  @Test func `long work is left when it is told to`() {
    let problem = PlainProblem.sample(rows: 40, features: 9)
    let fits = minimumNorm(
      rows: problem.scaledRows(), hasIntercept: true, blocks: [[0], [1]],
      shouldAbandon: { true })
    #expect(fits.map(\.wasAbandoned) == [true, true])
    #expect(
      normalEquations(problem.rotated(), lambdas: [0], shouldAbandon: { true }).wasAbandoned)
    var asked = 0
    _ = RotatedLeastSquares(
      CentredMoments(problem.moments(), standardize: nil, hasIntercept: true),
      hasIntercept: true,
      shouldAbandon: {
        asked += 1
        return true
      })
    #expect(asked == 1)
  }
}
