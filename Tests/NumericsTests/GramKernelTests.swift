import Numerics
import Testing

@Suite("Gram kernel")
struct GramKernelTests {
  @Test(
    "every element is the plain sum over the rows in order, bit for bit",
    arguments: [0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 24, 33, 100, 137, 150])
  func equalsPlainSums(columnCount: Int) {
    let rows = randomRows(37, columnCount)
    #expect(gram(rows, columnCount, blocks: [37]) == plainGram(rows, columnCount))
  }

  @Test("where the rows are cut into blocks changes no bit")
  func blocksDoNotMatter() {
    let rows = randomRows(50, 20)
    let whole = gram(rows, 20, blocks: [50])
    #expect(gram(rows, 20, blocks: [1, 0, 17, 32]) == whole)
    #expect(gram(rows, 20, blocks: [49, 1]) == whole)
  }

  @Test("the padded stride is whole lanes and holds the columns")
  func stride() {
    for columnCount in 0...600 {
      let stride = GramKernel.paddedStride(columnCount)
      #expect(stride % 8 == 0 && stride >= max(columnCount, 1) && stride < columnCount + 16)
    }
  }

  @Test("the Gram matrix of the identity is the identity")
  func identity() {
    let rows = (0..<9).map { i in (0..<9).map { $0 == i ? 1.0 : 0 } }
    #expect(gram(rows, 9, blocks: [9]) == rows.flatMap { $0 })
  }

  private func randomRows(_ rowCount: Int, _ columnCount: Int) -> [[Double]] {
    var random = RandomGenerator(seed: 11, stream: [UInt64(columnCount)])
    return (0..<rowCount).map { _ in (0..<columnCount).map { _ in random.nextGaussian() } }
  }

  private func gram(_ rows: [[Double]], _ columnCount: Int, blocks: [Int]) -> [Double] {
    let stride = GramKernel.paddedStride(columnCount)
    let padding = [Double](repeating: 0, count: stride - columnCount)
    let packed = rows.flatMap { $0 + padding }
    var gram = [Double](repeating: 0, count: stride * stride)
    unsafe gram.withUnsafeMutableBufferPointer { gram in
      unsafe packed.withUnsafeBufferPointer { packed in
        guard var rows = packed.baseAddress, let gram = gram.baseAddress else {
          return
        }
        for count in blocks {
          unsafe GramKernel.accumulateGram(
            rows: rows, rowCount: count, stride: stride, into: gram)
          unsafe rows += count * stride
        }
      }
    }
    return unsafe gram.withUnsafeBufferPointer { gram in
      guard let base = gram.baseAddress else { return [] }
      return unsafe GramKernel.symmetric(base, stride: stride, count: columnCount)
    }
  }

  private func plainGram(_ rows: [[Double]], _ columnCount: Int) -> [Double] {
    var matrix = [Double](repeating: 0, count: columnCount * columnCount)
    for row in rows {
      for i in 0..<columnCount {
        for j in 0..<columnCount { matrix[i * columnCount + j] += row[i] * row[j] }
      }
    }
    return matrix
  }
}
