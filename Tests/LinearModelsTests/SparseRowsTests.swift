import LinearModels
import Numerics
import TestSupport
import Testing

/// Rows that are mostly zeros take another way to the same numbers.
struct SparseRowsTests {
  /// Twenty-four columns with every nineteenth element kept; one more is never zero and far from it.
  private static func problem(
    _ loss: PlainProblem.Loss, rows: Int, lambda: Double = 0, hasIntercept: Bool = true
  ) -> PlainProblem {
    var problem = PlainProblem.sample(
      loss, rows: rows, features: 25, lambda: lambda, hasIntercept: hasIntercept)
    for i in problem.rows.indices {
      for j in 0..<24 where (7 * i + 5 * j) % 19 != 0 { problem.rows[i][j] = 0 }
      problem.rows[i][24] += hasIntercept ? 1000 : 0
    }
    return problem
  }

  @Test func `only columns that are mostly zeros count as such`() {
    let problem = Self.problem(.squared, rows: 400)
    let pattern = ZeroPattern(problem.matrix, rows: problem.allRows)
    #expect(pattern.isMostlyZero == [Bool](repeating: true, count: 24) + [false])
    #expect(abs(pattern.density - (24.0 / 19 + 1) / 25) < 0.002)
    #expect(pattern.isSparse)
    let dense = PlainProblem.sample(rows: 400, features: 25)
    #expect(!ZeroPattern(dense.matrix, rows: dense.allRows).isSparse)
  }

  @Test(arguments: [true, false], [0.001, 0.1])
  func `Newton's method ends where the gradient is zero`(
    hasIntercept: Bool, lambda: Double
  ) throws {
    let problem = Self.problem(.logistic, rows: 400, lambda: lambda, hasIntercept: hasIntercept)
    let fits = newtonMethod(
      rows: problem.scaledRows(), hasIntercept: hasIntercept, lambdas: [lambda], tolerance: 0)
    #expect(fits.outcomes[0].status == .ok)
    #expect(try #require(fits.outcomes[0].gradientNorm) < 1e-14)
    // Scores of a thousand times a weight lose three digits.
    #expect(PlainLinearAlgebra.norm(problem.gradient(fits.fit()).vector) < 1e-10)
  }

  @Test func `its Hessian is that of dense rows`() throws {
    let problem = Self.problem(.logistic, rows: 400)
    let rows = problem.scaledRows(standardize: .population)
    let point = (0..<26).map { 0.1 * Double($0 % 5) - 0.2 }
    let points = [false, true].map { isSparse in
      LogisticCurvature(rows: rows, hasIntercept: true, tracksMargins: true, isSparse: isSparse)
        .evaluate([point], wantsHessian: [true])[0]
    }
    #expect(relativeDistance(points[0].gradient, points[1].gradient) < 1e-13)
    #expect(relativeDistance([points[0].meanCurvature], [points[1].meanCurvature]) < 1e-13)
    #expect(relativeDistance([points[0].smallestMargin], [points[1].smallestMargin]) < 1e-13)
    let (dense, sparse) = (try #require(points[0].hessian), try #require(points[1].hessian))
    #expect(relativeDistance(dense, sparse) < 1e-13)
  }

  @Test(arguments: [1, 3])
  func `blocks and workers do not change its bits`(workers: Int) {
    let rows = Self.problem(.logistic, rows: 2200).scaledRows(standardize: .population)
    let lambdas = [0.0001, 0.01, 1]
    let fits = newtonMethod(
      rows: rows, hasIntercept: true, blocks: [lambdas], tolerance: 0, workers: workers)[0]
    for (lane, lambda) in lambdas.enumerated() {
      let alone = newtonMethod(rows: rows, hasIntercept: true, lambdas: [lambda], tolerance: 0)
      #expect(fits.bits(lane) == alone.bits(0))
    }
  }

  /// The moments themselves, and what is left of them once the means are taken off.
  @Test func `moments are those of the rows`() {
    let problem = Self.problem(.squared, rows: 400)
    let moments = problem.moments()
    #expect(moments.basis.isSparse)
    #expect(moments.count == 400 && !moments.needsOwnBasis)
    #expect(moments.basis.shifts[..<24].allSatisfy { $0 == 0 })
    #expect(abs(moments.basis.shifts[24] - 1000) < 1)
    let extended = problem.rows.indices.map { i in
      problem.rows[i].indices.map { j in
        (problem.rows[i][j] - moments.basis.shifts[j]) * moments.basis.factors[j]
      } + [problem.target[i] - moments.basis.targetShift, 1]
    }
    for i in 0..<27 {
      for j in 0..<27 {
        let expected = extended.reduce(0) { $0 + $1[i] * $1[j] }
        #expect(abs(moments[i, j] - expected) < 1e-12 * (1 + abs(expected)))
      }
    }
  }

  @Test func `the normal equations have the solution of dense rows`() throws {
    let problem = Self.problem(.squared, rows: 400, lambda: 0.02)
    let fit = normalEquations(problem.rotated(standardize: .none), lambdas: [0.02]).fit()
    #expect(PlainLinearAlgebra.norm(problem.gradient(fit).vector) < 1e-9)
  }
}
