import Foundation
import Numerics
import Testing

@Suite("Tridiagonal matrix")
struct TridiagonalMatrixTests {
  /// The eigenvalues of the second difference are 2 − 2 cos(kπ / (n + 1)).
  @Test("the second difference has its known eigenvalues", arguments: [1, 2, 3, 31, 32, 33, 100])
  func secondDifference(count: Int) {
    let matrix = TridiagonalMatrix(
      diagonal: [Double](repeating: 2, count: count),
      offDiagonal: [Double](repeating: -1, count: count - 1))
    for (k, value) in matrix.eigenvalues().enumerated() {
      let expected = 2 - 2 * Foundation.cos(Double(k + 1) * .pi / Double(count + 1))
      // A few units of 2⁻⁵³ ‖T‖ = 4 · 2⁻⁵³.
      #expect(abs(value - expected) <= 4e-15)
    }
  }

  @Test(
    "eigenvalues agree with Jacobi's method", arguments: TridiagonalReductionTests.sizes)
  func jacobi(count: Int) {
    let gram = SymmetricSamples.gram(count)
    let eigenvalues = TridiagonalReduction(gram, count: count).tridiagonal.eigenvalues()
    let expected = SymmetricSamples.jacobiEigenvalues(gram, count)
    #expect(eigenvalues.count == count)
    let tolerance = 1e-15 * Double(count + 10) * SymmetricSamples.norm(gram)
    #expect(zip(eigenvalues, expected).allSatisfy { abs($0 - $1) <= tolerance })
    let trace = (0..<count).reduce(0) { $0 + gram[$1 * count + $1] }
    #expect(abs(eigenvalues.reduce(0, +) - trace) <= tolerance * Double(count + 1))
  }

  @Test("a matrix of rank r has count − r eigenvalues of rounding size")
  func lowRank() {
    let gram = SymmetricSamples.gram(20, rank: 6)
    let eigenvalues = TridiagonalReduction(gram, count: 20).tridiagonal.eigenvalues()
    #expect(eigenvalues.prefix(14).allSatisfy { abs($0) < 1e-14 })
    #expect(eigenvalues.suffix(6).allSatisfy { $0 > 1e-3 })
  }

  @Test("the zero matrix has zero eigenvalues and a diagonal one its elements")
  func trivial() {
    let zeros = [Double](repeating: 0, count: 5)
    #expect(
      TridiagonalMatrix(diagonal: zeros, offDiagonal: [0, 0, 0, 0]).eigenvalues() == zeros)
    let diagonal = TridiagonalMatrix(diagonal: [3, -1, 2], offDiagonal: [0, 0]).eigenvalues()
    #expect(zip(diagonal, [-1, 2, 3]).allSatisfy { abs($0 - $1) < 1e-15 })
    #expect(TridiagonalMatrix(diagonal: [], offDiagonal: []).eigenvalues() == [])
  }

  @Test("repeated eigenvalues are all found")
  func repeated() {
    let blocks = TridiagonalMatrix(
      diagonal: [1, 1, 1, 1, 1, 1], offDiagonal: [1, 0, 1, 0, 1])
    let expected: [Double] = [0, 0, 0, 2, 2, 2]
    #expect(zip(blocks.eigenvalues(), expected).allSatisfy { abs($0 - $1) < 1e-15 })
  }

  @Test(
    "tiny and huge matrices have scaled eigenvalues", arguments: [1e-300, 1e300])
  func extremeScale(scale: Double) {
    let matrix = TridiagonalMatrix(diagonal: [2 * scale, 2 * scale], offDiagonal: [scale])
    let eigenvalues = matrix.eigenvalues()
    #expect(abs(eigenvalues[0] / scale - 1) < 1e-15)
    #expect(abs(eigenvalues[1] / scale - 3) < 1e-15)
  }

  @Test("a shifted solve has a small residual in every lane", arguments: [1, 2, 3, 8, 17, 100])
  func shiftedSolve(count: Int) {
    let tridiagonal = TridiagonalReduction(SymmetricSamples.gram(count), count: count).tridiagonal
    let shifts = SIMD16<Double>(
      lowHalf: SIMD8(0, 1e-6, 1e-3, 0.1, 1, 10, 1e3, 1e6), highHalf: SIMD8(repeating: 2))
    var random = RandomGenerator(seed: 6)
    let rightHandSide = (0..<count).map { _ in
      var lanes = SIMD16<Double>.zero
      for lane in 0..<16 { lanes[lane] = random.nextGaussian() }
      return lanes
    }
    let solution = tridiagonal.solveShifted(shifts, rightHandSide)
    for lane in 0..<16 {
      for i in 0..<count {
        var image = (tridiagonal.diagonal[i] + shifts[lane]) * solution[i][lane]
        if i > 0 { image += tridiagonal.offDiagonal[i - 1] * solution[i - 1][lane] }
        if i + 1 < count { image += tridiagonal.offDiagonal[i] * solution[i + 1][lane] }
        #expect(abs(image - rightHandSide[i][lane]) <= 1e-12)
      }
    }
  }
}
