import LinearModels
import TestSupport
import Testing

struct MinimumNormTests {
  private func fit(
    _ problem: PlainProblem, lambdas: [Double], standardize: CentredMoments.Divisor? = nil
  ) -> LaneFits {
    minimumNorm(
      rows: problem.scaledRows(standardize: standardize), hasIntercept: problem.hasIntercept,
      lambdas: lambdas)
  }

  @Test(arguments: [true, false])
  func `with full rank it is the closed form, at zero and above`(hasIntercept: Bool) {
    let problem = PlainProblem.sample(rows: 40, features: 6, hasIntercept: hasIntercept)
    let lambdas = [0, 1e-3, 0.5]
    let fits = fit(problem, lambdas: lambdas)
    for (lane, lambda) in lambdas.enumerated() {
      let expected = problem.with(lambda: lambda).closedForm()
      #expect(relativeDistance(fits.fit(lane).vector, expected.vector) < 1e-11)
    }
    #expect(fits.outcomes[0].effectiveDegreesOfFreedom == 6)
  }

  @Test func `it agrees with the normal equations on standardised features`() {
    let problem = PlainProblem.sample(rows: 40, features: 6)
    let lambdas = [0, 0.01, 1]
    let fits = fit(problem, lambdas: lambdas, standardize: .sample(unit: 1))
    let others = normalEquations(problem.rotated(standardize: .sample(unit: 1)), lambdas: lambdas)
    for lane in lambdas.indices {
      #expect(relativeDistance(fits.fit(lane).vector, others.fit(lane).vector) < 1e-11)
      #expect(
        relativeDistance(
          fits.outcomes[lane].effectiveDegreesOfFreedom ?? .nan,
          others.outcomes[lane].effectiveDegreesOfFreedom ?? .nan) < 1e-12)
    }
  }

  /// With fewer rows than features w = X_cᵀ (X_c X_cᵀ)⁺ y_c; the Gram matrix of the rows has rank
  /// n − 1 once centred, so a vector of ones is added to its null space.
  @Test func `more features than rows give the solution of minimum norm`() {
    let problem = PlainProblem.sample(rows: 5, features: 9)
    let n = 5.0
    let means = (0..<9).map { j in problem.rows.reduce(0) { $0 + $1[j] } / n }
    let level = problem.target.reduce(0, +) / n
    let centred = problem.rows.map { row in zip(row, means).map { $0 - $1 } }
    let kernel = centred.map { x in centred.map { PlainLinearAlgebra.dot(x, $0) + 1 } }
    let dual = PlainLinearAlgebra.solution(of: kernel, problem.target.map { $0 - level })
    let expected = (0..<9).map { j in
      zip(centred, dual).reduce(0) { $0 + $1.0[j] * $1.1 }
    }
    let fits = fit(problem, lambdas: [0])
    #expect(relativeDistance(fits.fit().weights, expected) < 1e-12)
    #expect(fits.outcomes[0].effectiveDegreesOfFreedom == 4)
    #expect(fits.outcomes[0].status == .ok)
    // It interpolates.
    #expect(problem.meanLoss(fits.fit()) < 1e-27)
  }

  @Test func `a small lambda tends to the minimum norm`() {
    let problem = PlainProblem.sample(rows: 5, features: 9)
    let fits = fit(problem, lambdas: [0, 1e-12])
    #expect(relativeDistance(fits.fit(1).vector, fits.fit(0).vector) < 1e-10)
  }

  /// An absolute cut would call tiny features rank-deficient, or none.
  @Test(arguments: [1e-12, 1, 1e12])
  func `the rank is relative to the largest singular value`(scale: Double) {
    var problem = PlainProblem.sample(rows: 30, features: 4)
    for i in problem.rows.indices {
      problem.rows[i][3] = problem.rows[i][0] - problem.rows[i][1]
      problem.rows[i] = problem.rows[i].map { $0 * scale }
    }
    let fits = fit(problem, lambdas: [0])
    #expect(fits.outcomes[0].effectiveDegreesOfFreedom == 3)
    // The null vector is (1, −1, 0, −1): the minimum norm is orthogonal to it.
    let w = fits.fit().weights
    #expect(abs(w[0] - w[1] - w[3]) < 1e-12 * PlainLinearAlgebra.norm(w))
  }

  @Test func `a doubled column shares the weight equally`() {
    let single = PlainProblem.sample(rows: 30, features: 1)
    var double = single
    double.rows = single.rows.map { [$0[0], $0[0]] }
    let weight = fit(single, lambdas: [0]).fit().weights[0]
    #expect(
      relativeDistance(fit(double, lambdas: [0]).fit().weights, [weight / 2, weight / 2]) < 1e-13)
  }

  @Test func `a constant target gives zero weights and the constant`() {
    var problem = PlainProblem.sample(rows: 6, features: 8)
    problem.target = [Double](repeating: 3, count: 6)
    #expect(fit(problem, lambdas: [0]).fit().vector == [0, 0, 0, 0, 0, 0, 0, 0, 3])
  }

  /// Läuchli's matrix: through XᵀX the small numbers vanish.
  @Test func `the condition number is not squared`() {
    let e = 1e-9
    let problem = PlainProblem(
      loss: .squared, rows: [[1, 1], [e, 0], [0, e]], target: [2, e, e], hasIntercept: false)
    #expect(relativeDistance(fit(problem, lambdas: [0]).fit().weights, [1, 1]) < 1e-12)
  }

  @Test func `the gradient norm it reports is that of the objective`() throws {
    let problem = PlainProblem.sample(rows: 40, features: 4)
    let fits = fit(problem, lambdas: [0, 0.2])
    #expect(try #require(fits.outcomes[0].gradientNorm) < 1e-14)
    #expect(try #require(fits.outcomes[1].gradientNorm) < 1e-14)
  }
}
