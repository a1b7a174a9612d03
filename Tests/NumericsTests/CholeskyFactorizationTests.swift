import Numerics
import Testing

@Suite("Cholesky factorisation")
struct CholeskyFactorizationTests {
  @Test(
    "a solution has a small residual",
    arguments: [0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 48, 100, 150])
  func residual(count: Int) throws {
    let matrix = SymmetricSamples.gram(count)
    let factorization = try #require(CholeskyFactorization(matrix, count: count))
    var random = RandomGenerator(seed: 8)
    let rightHandSide = (0..<count).map { _ in random.nextGaussian() }
    let solution = factorization.solve(rightHandSide)
    let image = SymmetricSamples.product(matrix, solution)
    // Backward stable: a small multiple of count · 2⁻⁵³ ‖A‖ ‖x‖.
    let tolerance =
      1e-15 * Double(count + 10) * SymmetricSamples.norm(matrix) * SymmetricSamples.norm(solution)
    #expect(zip(image, rightHandSide).allSatisfy { abs($0 - $1) <= tolerance })
  }

  @Test("the solution is the one of the naive method", arguments: [5, 16, 40])
  func naive(count: Int) throws {
    let matrix = SymmetricSamples.gram(count)
    let rightHandSide = (0..<count).map { Double($0) - 2 }
    let solution = try #require(CholeskyFactorization(matrix, count: count)).solve(rightHandSide)
    let expected = naiveSolve(matrix, rightHandSide)
    let largest = expected.reduce(0) { max($0, abs($1)) }
    // The condition number of these matrices is below 1000.
    #expect(zip(solution, expected).allSatisfy { abs($0 - $1) <= 1e-12 * largest })
  }

  @Test("only the upper triangle is read")
  func upperTriangle() throws {
    let matrix = SymmetricSamples.gram(20)
    var upper = matrix
    for i in 0..<20 { for j in 0..<i { upper[i * 20 + j] = .nan } }
    let ones = [Double](repeating: 1, count: 20)
    let solution = try #require(CholeskyFactorization(upper, count: 20)).solve(ones)
    #expect(solution == CholeskyFactorization(matrix, count: 20)?.solve(ones))
  }

  @Test("a known factor is found: A = UᵀU with small integers")
  func integers() throws {
    let matrix: [Double] = [4, 2, 6, 2, 10, 9, 6, 9, 14]
    let factorization = try #require(CholeskyFactorization(matrix, count: 3))
    #expect(factorization.solve([12, 21, 29]) == [1, 1, 1])
    #expect(factorization.smallestPivotRatio == 1.0 / 14)
  }

  @Test(
    "a matrix that is not positive definite has none",
    arguments: [
      [0, 0, 0, 1], [1, 2, 2, 1], [-1, 0, 0, 1], [1, 0, 0, .nan], [1, 0, 0, .infinity],
    ])
  func notPositiveDefinite(matrix: [Double]) {
    #expect(CholeskyFactorization(matrix, count: 2) == nil)
  }

  @Test("a late bad pivot is noticed, also beyond the first panel", arguments: [3, 20, 40])
  func lateBadPivot(index: Int) {
    var matrix = SymmetricSamples.gram(45)
    matrix[index * 46] = 1e-3
    #expect(CholeskyFactorization(matrix, count: 45) == nil)
  }

  @Test("a nearly singular matrix has a pivot ratio of rounding size")
  func nearlySingular() throws {
    var matrix = SymmetricSamples.gram(6)
    for j in 0..<5 { matrix[j * 6 + 5] = matrix[j * 6] }
    for j in 0..<5 { matrix[5 * 6 + j] = matrix[j] }
    matrix[35] = matrix[0] * (1 + 1e-12)
    let factorization = try #require(CholeskyFactorization(matrix, count: 6))
    #expect(factorization.smallestPivotRatio < 2e-12)
  }

  private func naiveSolve(_ matrix: [Double], _ rightHandSide: [Double]) -> [Double] {
    let count = rightHandSide.count
    var lower = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    for i in 0..<count {
      for j in 0...i {
        var sum = matrix[i * count + j]
        for k in 0..<j { sum -= lower[i][k] * lower[j][k] }
        lower[i][j] = i == j ? sum.squareRoot() : sum / lower[j][j]
      }
    }
    var x = rightHandSide
    for i in 0..<count {
      for k in 0..<i { x[i] -= lower[i][k] * x[k] }
      x[i] /= lower[i][i]
    }
    for i in (0..<count).reversed() {
      for k in (i + 1)..<max(count, i + 1) { x[i] -= lower[k][i] * x[k] }
      x[i] /= lower[i][i]
    }
    return x
  }
}
