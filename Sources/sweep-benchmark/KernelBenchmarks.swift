import LinearModels
import Numerics

/// The inner loops by themselves, on one core and on data that lies in cache where that is how the
/// engine feeds them.
enum KernelBenchmarks {
  static func all() -> [Benchmark] {
    [gram(columns: 50), gram(columns: 100), gram(columns: 500)]
      + [reduction(order: 100), reduction(order: 500)]
      + [
        function("exponential") { exponential($0) },
        function("logarithm") { logarithm($0 * $0 + 1) },
        function("softplus and logistic") { softplusAndLogistic($0).softplus },
        predictions(), contentHash(), moments(),
      ]
  }

  /// Half of AᵀA, a block of rows at a time.
  private static func gram(columns: Int) -> Benchmark {
    let stride = GramKernel.paddedStride(columns)
    let rowCount = GramKernel.rowsPerBlock(stride: stride)
    let rows = Workspace<Double>(rowCount * stride, repeating: 0.5)
    let sums = Workspace<Double>(stride * stride, repeating: 0)
    let operations = Double(rowCount) * Double(columns) * Double(columns + 1)
    return Benchmark(
      name: "Gram matrix, \(columns) columns", unit: "FLOP", amount: operations,
      operations: operations
    ) {
      unsafe GramKernel.accumulateGram(
        rows: rows.base, rowCount: rowCount, stride: stride, into: sums.base)
    }
  }

  private static func reduction(order: Int) -> Benchmark {
    var generator = RandomGenerator(seed: 3)
    var matrix = [Double](repeating: 0, count: order * order)
    for i in 0..<order {
      for j in i..<order {
        matrix[i * order + j] = generator.nextGaussian()
        matrix[j * order + i] = matrix[i * order + j]
      }
    }
    let operations = 4.0 / 3 * Double(order * order * order)
    return Benchmark(
      name: "tridiagonal reduction, order \(order)", unit: "FLOP", amount: operations,
      operations: operations
    ) {
      keep(TridiagonalReduction(matrix, count: order).diagonal[0])
    }
  }

  private static func function(
    _ name: String, _ body: @escaping (SIMD8<Double>) -> SIMD8<Double>
  ) -> Benchmark {
    var generator = RandomGenerator(seed: 5)
    let count = 512
    let values = Workspace<SIMD8<Double>>(count, repeating: .zero)
    for index in 0..<count {
      for lane in 0..<8 { values[index][lane] = 3 * generator.nextGaussian() }
    }
    let results = Workspace<SIMD8<Double>>(count, repeating: .zero)
    return Benchmark(name: name, unit: "values", amount: Double(8 * count)) {
      // SAFETY: both workspaces hold `count` vectors.
      for index in 0..<count { unsafe results.base[index] = body(values.base[index]) }
    }
  }

  private static func predictions() -> Benchmark {
    let data = SampleData(rowCount: 20_000, featureCount: 50)
    let rows = data.rows
    let fits = LaneFits(
      weights: [Lanes](repeating: Lanes(repeating: 0.1), count: 50), intercepts: .zero,
      outcomes: (0..<Lanes.width).map { _ in FitOutcome(status: .ok) })
    let amount = Double(20_000 * 50 * Lanes.width)
    return Benchmark(
      name: "predictions of 16 points, 20,000 × 50", unit: "point-features", amount: amount,
      operations: 2 * amount, bytes: Double(20_000 * 50 * 8)
    ) {
      keep(unsafe rows.mapScoredBlocks(fits, workers: 1) { _, scores, _ in unsafe scores[0] })
    }
  }

  private static func moments() -> Benchmark {
    let data = SampleData(rowCount: 50_000, featureCount: 100)
    let rows = (0..<Int32(50_000)).map { $0 }
    let operations = 50_000.0 * 102 * 103
    return Benchmark(
      name: "moments, 50,000 × 100", unit: "FLOP", amount: operations, operations: operations,
      bytes: 50_000 * 100 * 8
    ) {
      keep(RowMoments(matrix: data.matrix, target: data.target, rows: rows, workers: 1).count)
    }
  }

  private static func contentHash() -> Benchmark {
    let bytes = [UInt8](repeating: 7, count: 1 << 26)
    return Benchmark(
      name: "content hash, 64 MB", unit: "B", amount: Double(bytes.count),
      bytes: Double(bytes.count)
    ) {
      unsafe bytes.withUnsafeBytes { unsafe keep(ContentHash(of: $0, workers: 1).low) }
    }
  }
}
