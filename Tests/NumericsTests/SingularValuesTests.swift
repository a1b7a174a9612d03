import Numerics
import Testing

@Suite("Singular values")
struct SingularValuesTests {
  static let sizes = [0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 33, 70]

  @Test("U Σ Vᵀ is the matrix and U, V are orthogonal", arguments: sizes)
  func reproduces(count: Int) {
    expectDecomposed(randomMatrix(count), count)
  }

  @Test("the squares are the eigenvalues of AᵀA", arguments: sizes)
  func eigenvalues(count: Int) {
    let matrix = randomMatrix(count)
    var gram = [Double](repeating: 0, count: count * count)
    for i in 0..<count {
      for j in 0..<count {
        for k in 0..<count { gram[i * count + j] += matrix[k * count + i] * matrix[k * count + j] }
      }
    }
    let expected = SymmetricSamples.jacobiEigenvalues(gram, count).reversed()
    let values = SingularValues(of: matrix, count: count).values
    let tolerance = 1e-14 * Double(count + 10) * SymmetricSamples.norm(gram)
    #expect(zip(values, expected).allSatisfy { abs($0 * $0 - $1) <= tolerance })
    #expect(values == values.sorted(by: >))
  }

  /// A = B D with B well conditioned: the relative error of every singular value is a small
  /// multiple of 2⁻⁵³ cond(B), however wide D. Here D is a power of ten per column and the
  /// reference is the product of the values, |det A| = |det B| · |det D|.
  @Test("tiny singular values are relatively accurate")
  func relativeAccuracy() {
    let count = 6
    let base: [Double] = [
      4, 1, 0, 1, 0, 0, 1, 5, 1, 0, 1, 0, 0, 1, 4, 1, 0, 1, 1, 0, 1, 6, 1, 0, 0, 1, 0, 1, 5, 1, 0,
      0,
      1, 0, 1, 4,
    ]
    let plain = SingularValues(of: base, count: count).values.reduce(1, *)
    let scaled = (0..<36).map {
      base[$0] * Double(sign: .plus, exponent: -30 * ($0 % 6), significand: 1)
    }
    let values = SingularValues(of: scaled, count: count).values
    let product = values.reduce(1, *) / Double(sign: .plus, exponent: -30 * 15, significand: 1)
    #expect(abs(product / plain - 1) < 1e-14)
    #expect(values[5] > 0 && values[5] < 0x1p-140)
  }

  @Test("a matrix of rank r has count − r values of rounding size", arguments: [(9, 1), (20, 6)])
  func lowRank(count: Int, rank: Int) {
    var matrix = [Double](repeating: 0, count: count * count)
    var random = RandomGenerator(seed: 14)
    for _ in 0..<rank {
      let a = (0..<count).map { _ in random.nextGaussian() }
      let b = (0..<count).map { _ in random.nextGaussian() }
      for i in 0..<count { for j in 0..<count { matrix[i * count + j] += a[i] * b[j] } }
    }
    let values = SingularValues(of: matrix, count: count).values
    #expect(values.suffix(count - rank).allSatisfy { $0 < 1e-13 })
    #expect(values.prefix(rank).allSatisfy { $0 > 0.1 })
    expectDecomposed(matrix, count, fullRank: false)
  }

  @Test("the zero matrix has zeros, a diagonal one its sizes")
  func trivial() {
    #expect(SingularValues(of: [0, 0, 0, 0], count: 2).values == [0, 0])
    #expect(SingularValues(of: [0, -3, 2, 0], count: 2).values == [3, 2])
  }

  @Test("scaling by a power of two scales the values", arguments: [900, -900])
  func extremeScale(exponent: Int) {
    let scale = Double(sign: .plus, exponent: exponent, significand: 1)
    let matrix = randomMatrix(7)
    let values = SingularValues(of: matrix, count: 7).values
    #expect(
      SingularValues(of: matrix.map { $0 * scale }, count: 7).values == values.map { $0 * scale })
  }

  @Test("an element that is not finite gives NaN", arguments: [Double.nan, -.infinity])
  func notFinite(value: Double) {
    #expect(SingularValues(of: [1, 2, value, 3], count: 2).values.allSatisfy { $0.isNaN })
  }

  private func randomMatrix(_ count: Int) -> [Double] {
    var random = RandomGenerator(seed: 15, stream: [UInt64(count)])
    return (0..<(count * count)).map { _ in random.nextGaussian() }
  }

  private func expectDecomposed(_ matrix: [Double], _ count: Int, fullRank: Bool = true) {
    let decomposition = SingularValues(of: matrix, count: count)
    let tolerance = 1e-15 * Double(count + 10) * (SymmetricSamples.norm(matrix) + 1)
    let right = (0..<count).map { decomposition.rightVector($0) }
    // Row i is row i of U.
    let left = (0..<count).map { i in
      decomposition.leftCoordinates(of: (0..<count).map { $0 == i ? 1 : 0 })
    }
    func sum(_ term: (Int) -> Double) -> Double { (0..<count).map(term).reduce(0, +) }
    for i in 0..<count {
      for j in 0..<count {
        let element = sum { left[i][$0] * decomposition.values[$0] * right[$0][j] }
        #expect(abs(element - matrix[i * count + j]) <= tolerance)
        let unit: Double = i == j ? 1 : 0
        #expect(abs(sum { left[i][$0] * left[j][$0] } - unit) <= 1e-15 * Double(count + 10))
        guard fullRank else { continue }
        #expect(abs(sum { right[$0][i] * right[$0][j] } - unit) <= 1e-15 * Double(count + 10))
      }
    }
  }
}
