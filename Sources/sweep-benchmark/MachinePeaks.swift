import Numerics

/// What this machine does at best, measured: the ceilings that kernels are held against.
struct MachinePeaks {
  /// One core's multiplications and additions from registers, 10⁹ a second.
  let arithmetic: Double
  /// One core reading memory, GB/s.
  let readBandwidth: Double
  /// One core copying memory, GB/s read and written.
  let copyBandwidth: Double
  /// All cores reading memory, GB/s of wall time.
  let sharedReadBandwidth: Double
  let workers: Int

  /// - Complexity: a second or two.
  init(workers: Int, rounds: Int) {
    self.workers = workers
    arithmetic = (0..<rounds).map { _ in MachinePeaks.arithmeticRate() }.max() ?? 0
    let source = Workspace<SIMD8<Double>>(1 << 21, repeating: .one)
    let target = Workspace<SIMD8<Double>>(1 << 21, repeating: .zero)
    let bytes = Double(source.count * MemoryLayout<SIMD8<Double>>.size) / 1e9
    readBandwidth =
      (0..<rounds).map { _ in
        bytes / seconds(.processor) { use(sum(source, 0..<source.count)) }
      }.max() ?? 0
    copyBandwidth =
      (0..<rounds).map { _ in
        2 * bytes
          / seconds(.processor) {
            unsafe target.base.update(from: source.base, count: source.count)
          }
      }.max() ?? 0
    sharedReadBandwidth =
      (0..<rounds).map { _ in
        bytes
          / seconds(.wall) {
            let part = source.count / workers
            // SAFETY: the workers only read, and concurrentMap returns when all are done.
            nonisolated(unsafe) let shared = source
            let sums = concurrentMap(workers, workers: workers) { worker in
              unsafe sum(shared, worker * part / 4 * 4..<(worker + 1) * part / 4 * 4)
            }
            for sum in sums { use(sum) }
          }
      }.max() ?? 0
  }

  /// The better of few chains, which suit sixteen registers, and of many, which suit thirty-two.
  private static func arithmeticRate() -> Double {
    let count = 2_000_000
    let chains = Workspace<SIMD8<Double>>(14, repeating: .zero)
    for index in 0..<14 { chains[index] = SIMD8(repeating: Double(index)) }
    let few = seconds(.processor) { runFewChains(chains, count) }
    let many = seconds(.processor) { runManyChains(chains, count) }
    use(chains[0] + chains[13])
    return max(2 * 8 * 2 * Double(count) / few, 14 * 8 * 2 * Double(count) / many) / 1e9
  }
}

private func seconds(_ clock: Clock, _ body: () -> Void) -> Double {
  let start = clock.now
  body()
  return clock.now - start
}

/// Makes a result matter, so that the compiler can't leave out the work behind it.
private func use(_ lanes: SIMD8<Double>) {
  precondition(laneSum(lanes).isFinite)
}

/// Sixteen lanes of x ← x·m + t: in registers at any x86-64 level.
@inline(never)
private func runFewChains(_ chains: Workspace<SIMD8<Double>>, _ count: Int) {
  let factor = SIMD8<Double>(repeating: 0.999)
  let term = SIMD8<Double>(repeating: 0.001)
  var (a, b) = (chains[0], chains[1])
  for _ in 0..<count {
    a = a * factor + term
    b = b * factor + term
  }
  (chains[0], chains[1]) = (a, b)
}

/// 112 lanes of the same: enough to cover the latency of both operations with 512-bit registers.
@inline(never)
private func runManyChains(_ chains: Workspace<SIMD8<Double>>, _ count: Int) {
  let factor = SIMD8<Double>(repeating: 0.999)
  let term = SIMD8<Double>(repeating: 0.001)
  var a = chains[0]
  var b = chains[1]
  var c = chains[2]
  var d = chains[3]
  var e = chains[4]
  var f = chains[5]
  var g = chains[6]
  var h = chains[7]
  var i = chains[8]
  var j = chains[9]
  var k = chains[10]
  var l = chains[11]
  var m = chains[12]
  var n = chains[13]
  for _ in 0..<count {
    a = a * factor + term
    b = b * factor + term
    c = c * factor + term
    d = d * factor + term
    e = e * factor + term
    f = f * factor + term
    g = g * factor + term
    h = h * factor + term
    i = i * factor + term
    j = j * factor + term
    k = k * factor + term
    l = l * factor + term
    m = m * factor + term
    n = n * factor + term
  }
  chains[0] = a
  chains[1] = b
  chains[2] = c
  chains[3] = d
  chains[4] = e
  chains[5] = f
  chains[6] = g
  chains[7] = h
  chains[8] = i
  chains[9] = j
  chains[10] = k
  chains[11] = l
  chains[12] = m
  chains[13] = n
}

@inline(never)
private func sum(_ values: Workspace<SIMD8<Double>>, _ range: Range<Int>) -> SIMD8<Double> {
  precondition(range.upperBound <= values.count && range.count % 4 == 0)
  var (a, b, c, d) = (
    SIMD8<Double>.zero, SIMD8<Double>.zero, SIMD8<Double>.zero, SIMD8<Double>.zero
  )
  for index in stride(from: range.lowerBound, to: range.upperBound, by: 4) {
    // SAFETY: the range is inside the workspace and its length is a multiple of four.
    unsafe a += values.base[index]
    unsafe b += values.base[index + 1]
    unsafe c += values.base[index + 2]
    unsafe d += values.base[index + 3]
  }
  return (a + b) + (c + d)
}
