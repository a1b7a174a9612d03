import Numerics
import Testing

@Suite("Tall QR")
struct TallQRTests {
  static let shapes = [
    (0, 0), (0, 3), (1, 1), (5, 0), (3, 7), (7, 3), (8, 8), (9, 8), (40, 17), (256, 5), (257, 33),
    (700, 20), (100, 100),
  ]

  @Test("RᵀR is the Gram matrix", arguments: shapes)
  func gram(rowCount: Int, columnCount: Int) {
    let rows = randomRows(rowCount, columnCount)
    let triangle = factorized(rows, columnCount).triangle
    // Backward error: a small multiple of rows · 2⁻⁵³ ‖A‖² with ‖A‖² around rows · columns.
    let scale = Double(rowCount * columnCount)
    var worst = 0.0
    for i in 0..<columnCount {
      for j in 0..<columnCount {
        let expected = rows.reduce(0) { $0 + $1[i] * $1[j] }
        let found = (0..<columnCount).reduce(0) {
          $0 + triangle[$1 * columnCount + i] * triangle[$1 * columnCount + j]
        }
        worst = max(worst, abs(found - expected))
        if j < i { #expect(triangle[i * columnCount + j] == 0) }
      }
    }
    #expect(worst <= 1e-15 * 10 * (scale + 1))
  }

  @Test("Qᵀ of a column of A is that column of R, with no rest", arguments: shapes)
  func columns(rowCount: Int, columnCount: Int) {
    let rows = randomRows(rowCount, columnCount)
    let factorization = factorized(rows, columnCount)
    let triangle = factorization.triangle
    let tolerance = 1e-15 * Double(10 + rowCount)
    for j in 0..<min(columnCount, 5) {
      let (head, rest) = factorization.projected(rows.map { $0[j] })
      #expect(SymmetricSamples.norm(rest) <= tolerance)
      #expect(
        (0..<columnCount).allSatisfy { abs(head[$0] - triangle[$0 * columnCount + j]) <= tolerance }
      )
    }
  }

  @Test("Qᵀ keeps lengths and angles", arguments: shapes)
  func orthogonal(rowCount: Int, columnCount: Int) {
    let factorization = factorized(randomRows(rowCount, columnCount), columnCount)
    var random = RandomGenerator(seed: 12)
    let vectors = (0..<2).map { _ in (0..<rowCount).map { _ in random.nextGaussian() } }
    let images = vectors.map { vector in
      let (head, rest) = factorization.projected(vector)
      return head + rest
    }
    func product(_ pair: [[Double]], _ i: Int, _ j: Int) -> Double {
      zip(pair[i], pair[j]).map { $0 * $1 }.reduce(0, +)
    }
    // The products are of the size of the number of rows.
    let tolerance = 1e-15 * Double(10 + rowCount) * Double(1 + rowCount).squareRoot()
    for (i, j) in [(0, 0), (0, 1), (1, 1)] {
      #expect(abs(product(images, i, j) - product(vectors, i, j)) <= tolerance)
    }
  }

  @Test("a column scaled by a power of two scales its column of R and nothing else")
  func columnScaling() {
    let rows = randomRows(30, 6)
    let plain = factorized(rows, 6).triangle
    let scaled = factorized(
      rows.map { row in row.enumerated().map { $0 == 2 ? 0x1p-40 * $1 : $1 } }, 6
    )
    .triangle
    for i in 0..<6 {
      for j in 0..<6 {
        #expect(scaled[i * 6 + j] == (j == 2 ? 0x1p-40 : 1) * plain[i * 6 + j])
      }
    }
  }

  private func randomRows(_ rowCount: Int, _ columnCount: Int) -> [[Double]] {
    var random = RandomGenerator(seed: 13, stream: [UInt64(rowCount), UInt64(columnCount)])
    return (0..<rowCount).map { _ in (0..<columnCount).map { _ in random.nextGaussian() } }
  }

  private func factorized(_ rows: [[Double]], _ columnCount: Int) -> TallQR {
    TallQR(rowCount: rows.count, columnCount: columnCount) { index, row in
      for j in 0..<columnCount { row[j] = rows[index][j] }
    }
  }
}
