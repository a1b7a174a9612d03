import Numerics
import Testing

@Suite("Tridiagonal reduction")
struct TridiagonalReductionTests {
  static let sizes = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33, 100]

  /// Backward error of Householder's method: a small multiple of count · 2⁻⁵³ ‖G‖.
  @Test("Q T Qᵀ is the matrix", arguments: sizes)
  func reproducesMatrix(count: Int) {
    expectReproduced(SymmetricSamples.gram(count), count)
  }

  @Test("a matrix of low rank is reproduced", arguments: [(9, 1), (17, 3), (33, 0), (40, 39)])
  func lowRank(count: Int, rank: Int) {
    expectReproduced(SymmetricSamples.gram(count, rank: rank), count)
  }

  @Test("a graded matrix is reproduced", arguments: [8.0, 100, 300])
  func graded(power: Double) {
    expectReproduced(SymmetricSamples.graded(21, power: power), 21)
  }

  @Test("scaling the matrix by a power of two scales T", arguments: [900, -900])
  func extremeScale(exponent: Int) {
    let scale = Double(sign: .plus, exponent: exponent, significand: 1)
    let matrix = SymmetricSamples.gram(12)
    let plain = TridiagonalReduction(matrix, count: 12)
    let scaled = TridiagonalReduction(matrix.map { $0 * scale }, count: 12)
    #expect(scaled.diagonal == plain.diagonal.map { $0 * scale })
    #expect(scaled.offDiagonal == plain.offDiagonal.map { $0 * scale })
  }

  @Test("only the upper triangle is read")
  func upperTriangle() {
    let matrix = SymmetricSamples.gram(19)
    var upper = matrix
    for i in 0..<19 { for j in 0..<i { upper[i * 19 + j] = 1e9 } }
    let first = TridiagonalReduction(matrix, count: 19)
    let second = TridiagonalReduction(upper, count: 19)
    for (a, b) in zip(first.diagonal, second.diagonal) { #expect(abs(a - b) < 1e-12) }
  }

  @Test("Q is orthogonal", arguments: sizes)
  func orthogonal(count: Int) {
    let reduction = TridiagonalReduction(SymmetricSamples.gram(count), count: count)
    var random = RandomGenerator(seed: 3)
    let vector = (0..<count).map { _ in random.nextGaussian() }
    let there = reduction.rotated(vector)
    let back = reduction.rotatedBack(there)
    let tolerance = 1e-15 * Double(count + 10) * SymmetricSamples.norm(vector)
    #expect(zip(back, vector).allSatisfy { abs($0 - $1) <= tolerance })
    #expect(abs(SymmetricSamples.norm(there) - SymmetricSamples.norm(vector)) <= tolerance)
  }

  @Test("eight vectors at once get the bits of one", arguments: sizes)
  func lanes(count: Int) {
    let reduction = TridiagonalReduction(SymmetricSamples.gram(count), count: count)
    var random = RandomGenerator(seed: 4)
    let vectors = (0..<8).map { _ in (0..<count).map { _ in random.nextGaussian() } }
    var lanes = (0..<count).map { i in SIMD8((0..<8).map { vectors[$0][i] }) }
    var span = lanes.mutableSpan
    reduction.rotateBack(lanes: &span)
    for (lane, vector) in vectors.enumerated() {
      #expect(lanes.map { $0[lane] } == reduction.rotatedBack(vector))
    }
  }

  @Test("a diagonal matrix stays as it is")
  func diagonal() {
    let values = (0..<11).map { Double($0) - 4 }
    var matrix = [Double](repeating: 0, count: 121)
    for i in 0..<11 { matrix[i * 12] = values[i] }
    let reduction = TridiagonalReduction(matrix, count: 11)
    #expect(reduction.diagonal == values)
    #expect(reduction.offDiagonal.allSatisfy { $0 == 0 })
    #expect(reduction.rotated(values) == values)
  }

  @Test("an element that is not finite gives NaN", arguments: [Double.nan, .infinity])
  func notFinite(value: Double) {
    var matrix = SymmetricSamples.gram(5)
    matrix[7] = value
    let reduction = TridiagonalReduction(matrix, count: 5)
    #expect(reduction.diagonal.allSatisfy { $0.isNaN })
    #expect(reduction.tridiagonal.eigenvalues().allSatisfy { $0.isNaN })
  }

  private func expectReproduced(_ matrix: [Double], _ count: Int) {
    let reduction = TridiagonalReduction(matrix, count: count)
    #expect(reduction.diagonal.count == count)
    #expect(reduction.offDiagonal.count == max(count - 1, 0))
    let tolerance = 1e-15 * Double(count + 10) * SymmetricSamples.norm(matrix)
    var worst = 0.0
    for column in 0..<count {
      var unit = [Double](repeating: 0, count: count)
      unit[column] = 1
      let rotated = reduction.rotated(unit)
      let image = (0..<count).map { i in
        (i > 0 ? reduction.offDiagonal[i - 1] * rotated[i - 1] : 0)
          + reduction.diagonal[i] * rotated[i]
          + (i + 1 < count ? reduction.offDiagonal[i] * rotated[i + 1] : 0)
      }
      let back = reduction.rotatedBack(image)
      for i in 0..<count { worst = max(worst, abs(back[i] - matrix[i * count + column])) }
    }
    #expect(worst <= tolerance)
  }
}
