import Tables

/// What was measured, as a table to read or as JSON.
struct Report {
  let peaks: MachinePeaks
  private(set) var sections: [(title: String, measurements: [Measurement])] = []

  init(peaks: MachinePeaks) { self.peaks = peaks }

  mutating func add(_ title: String, _ measurements: [Measurement]) {
    sections.append((title, measurements))
  }

  static func heading(_ peaks: MachinePeaks) -> String {
    """
    one core: \(rounded(peaks.arithmetic)) GFLOP/s (multiply, then add, in registers), \
    reads \(rounded(peaks.readBandwidth)) GB/s, copies \(rounded(peaks.copyBandwidth)) GB/s; \
    \(peaks.workers) cores read \(rounded(peaks.sharedReadBandwidth)) GB/s

    """
  }

  static func title(_ title: String) -> String {
    "\n" + padded(title, 58) + "      time  spread                      rate   peak  memory"
  }

  /// One line: name, median time, spread, rate, shares of the peak and of the bandwidth.
  static func line(_ measurement: Measurement, peaks: MachinePeaks) -> String {
    let benchmark = measurement.benchmark
    let shares = measurement.shares(of: peaks)
    let rate =
      measurement.rate.map { "\(rounded($0)) G\($0 < 0 ? "" : spaced(benchmark.unit))/s" } ?? ""
    return padded(benchmark.name, 58) + aligned(duration(measurement.median), 10)
      + aligned("\(Int((100 * measurement.spread).rounded())) %", 8) + aligned(rate, 26)
      + aligned(percent(shares.arithmetic), 7) + aligned(percent(shares.memory), 8)
  }

  var json: String {
    JSONText.encode(
      .object([
        .init("workers", .integer(peaks.workers)),
        .init(
          "peaks",
          .object([
            .init("gflops_per_core", .number(peaks.arithmetic)),
            .init("read_gb_per_second", .number(peaks.readBandwidth)),
            .init("copy_gb_per_second", .number(peaks.copyBandwidth)),
            .init("shared_read_gb_per_second", .number(peaks.sharedReadBandwidth)),
          ])),
        .init(
          "benchmarks",
          .array(
            sections.flatMap { section in
              section.measurements.map { Report.object($0, group: section.title, peaks: peaks) }
            })),
      ]))
  }

  private static func object(
    _ measurement: Measurement, group: String, peaks: MachinePeaks
  ) -> JSONValue {
    let shares = measurement.shares(of: peaks)
    return .object([
      .init("group", .string(group)),
      .init("name", .string(measurement.benchmark.name)),
      .init("workers", .integer(measurement.benchmark.workers)),
      .init("seconds", .number(measurement.median)),
      .init("samples", .array(measurement.seconds.map { .number($0) })),
      .init("giga_per_second", measurement.rate.map { .number($0) } ?? .null),
      .init("unit", measurement.benchmark.unit.map { .string($0) } ?? .null),
      .init("share_of_peak", shares.arithmetic.map { .number($0) } ?? .null),
      .init("share_of_bandwidth", shares.memory.map { .number($0) } ?? .null),
    ])
  }

  private static func spaced(_ unit: String?) -> String {
    guard let unit else { return "" }
    return unit.first?.isUppercase == true ? unit : " " + unit
  }

  private static func duration(_ seconds: Double) -> String {
    switch seconds {
    case ..<1e-3: "\(rounded(seconds * 1e6)) µs"
    case ..<1: "\(rounded(seconds * 1e3)) ms"
    default: "\(rounded(seconds)) s"
    }
  }

  private static func percent(_ share: Double?) -> String {
    share.map { "\(Int((100 * $0).rounded())) %" } ?? ""
  }

  /// Three significant digits.
  private static func rounded(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return "0" }
    var scale = 1.0
    while value.magnitude * scale < 99.5, scale < 1e9 { scale *= 10 }
    return shortest((value * scale).rounded() / scale)
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func aligned(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
