/// One thing to measure: a body, and what one call of it does.
struct Benchmark {
  let name: String
  /// What the rate counts, such as "point-features"; `nil` when only the time is of interest.
  var unit: String?
  /// How many of them one call does.
  var amount = 0.0
  /// Multiplications and additions of one call, to hold against the processor's peak.
  var operations = 0.0
  /// Bytes that one call must move to or from memory, to hold against its bandwidth.
  var bytes = 0.0
  var workers = 1
  let body: () throws -> Void
}

/// The seconds of one benchmark's samples.
struct Measurement {
  let benchmark: Benchmark
  /// Ascending.
  let seconds: [Double]

  /// Calls the body once to warm up, then in samples of at least `sampleSeconds`.
  ///
  /// What runs on one core is measured by processor time, which a busy machine disturbs least; what
  /// runs on more by wall time.
  init(_ benchmark: Benchmark, rounds: Int, sampleSeconds: Double) throws {
    let clock: Clock = benchmark.workers == 1 ? .processor : .wall
    let start = clock.now
    try benchmark.body()
    let once = max(clock.now - start, 1e-9)
    let calls = max(1, Int((sampleSeconds / once).rounded(.up)))
    var samples: [Double] = []
    for _ in 0..<rounds {
      let start = clock.now
      for _ in 0..<calls { try benchmark.body() }
      samples.append((clock.now - start) / Double(calls))
    }
    self.benchmark = benchmark
    seconds = samples.sorted()
  }

  var median: Double {
    let middle = seconds.count / 2
    return seconds.count % 2 == 1
      ? seconds[middle] : 0.5 * (seconds[middle - 1] + seconds[middle])
  }

  /// (slowest − fastest) / median.
  var spread: Double {
    guard let first = seconds.first, let last = seconds.last, median > 0 else { return 0 }
    return (last - first) / median
  }

  /// Per second, in units of 10⁹.
  var rate: Double? {
    benchmark.unit == nil ? nil : benchmark.amount / median / 1e9
  }

  /// Which share of the peak the operations reach, and which share of the bandwidth the bytes.
  func shares(of peaks: MachinePeaks) -> (arithmetic: Double?, memory: Double?) {
    let scale = benchmark.workers == 1 ? 1 : Double(peaks.workers)
    let operations = benchmark.operations / median / 1e9
    let bytes = benchmark.bytes / median / 1e9
    let bandwidth = benchmark.workers == 1 ? peaks.readBandwidth : peaks.sharedReadBandwidth
    return (
      benchmark.operations > 0 ? operations / (peaks.arithmetic * scale) : nil,
      benchmark.bytes > 0 ? bytes / bandwidth : nil
    )
  }
}
