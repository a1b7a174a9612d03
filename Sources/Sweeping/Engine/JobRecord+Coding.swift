import LinearModels

/// A record as bytes for the journal: little-endian words, absent numbers marked by a presence bit.
extension JobRecord {
  /// Changes whenever the layout does; part of every key, so old journals are stale, not misread.
  static let layoutVersion = 1

  package func encode(into bytes: inout [UInt8]) {
    var coder = RecordEncoder()
    coder.append(UInt64(FitStatus.allCases.firstIndex(of: status) ?? 0))
    coder.append(epochsRun.map { Double($0) })
    coder.append(gradientNorm)
    coder.append(objective)
    coder.append(weightNorm)
    coder.append(effectiveDegreesOfFreedom)
    coder.append(multiplier)
    coder.append(metrics)
    coder.append(Array((message ?? "").utf8))
    coder.append(UInt64(coefficients == nil ? 0 : 1))
    if let coefficients {
      coder.append(coefficients.weights)
      coder.append(coefficients.intercept)
      coder.append(coefficients.standardizedWeights)
      coder.append(coefficients.standardizedIntercept)
    }
    coder.append(UInt64(history.map { $0.count + 1 } ?? 0))
    for entry in history ?? [] {
      coder.append(UInt64(entry.epoch))
      coder.append(entry.objective)
      coder.append(entry.weightNorm)
      coder.append(entry.metrics)
    }
    bytes += coder.bytes
  }

  /// - Returns: `nil` when the bytes are not a record of this layout.
  package init?(decoding bytes: ArraySlice<UInt8>) {
    var decoder = RecordDecoder(bytes)
    guard let code = decoder.word(), code < FitStatus.allCases.count else { return nil }
    self.init(status: FitStatus.allCases[Int(code)])
    guard let epochs = decoder.optionalNumber(), let gradient = decoder.optionalNumber(),
      let objective = decoder.optionalNumber(), let norm = decoder.optionalNumber(),
      let degrees = decoder.optionalNumber(), let multiplier = decoder.optionalNumber(),
      let metrics = decoder.numbers(), let message = decoder.bytes(),
      let hasCoefficients = decoder.word()
    else { return nil }
    epochsRun = epochs.flatMap { Int(exactly: $0) }
    gradientNorm = gradient
    self.objective = objective
    weightNorm = norm
    effectiveDegreesOfFreedom = degrees
    self.multiplier = multiplier
    self.metrics = metrics
    self.message = message.isEmpty ? nil : String(decoding: message, as: UTF8.self)
    if hasCoefficients == 1 {
      guard let weights = decoder.numbers(), let intercept = decoder.number(),
        let standardized = decoder.numbers(), let standardizedIntercept = decoder.number()
      else { return nil }
      coefficients = Coefficients(
        weights: weights, intercept: intercept, standardizedWeights: standardized,
        standardizedIntercept: standardizedIntercept)
    }
    guard let entryCount = decoder.word() else { return nil }
    if entryCount > 0 {
      var entries: [HistoryEntry] = []
      for _ in 1..<entryCount {
        guard let epoch = decoder.word(), let objective = decoder.number(),
          let norm = decoder.number(), let metrics = decoder.numbers()
        else { return nil }
        entries.append(
          HistoryEntry(
            epoch: Int(truncatingIfNeeded: epoch), objective: objective, weightNorm: norm,
            metrics: metrics))
      }
      history = entries
    }
    guard decoder.isAtEnd else { return nil }
  }
}

private struct RecordEncoder {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ word: UInt64) {
    unsafe withUnsafeBytes(of: word.littleEndian) { unsafe bytes.append(contentsOf: $0) }
  }

  mutating func append(_ number: Double) { append(number.bitPattern) }

  /// NaN stands for absent: a record never holds one otherwise.
  mutating func append(_ number: Double?) { append(number ?? .nan) }

  mutating func append(_ numbers: [Double]) {
    append(UInt64(numbers.count))
    for number in numbers { append(number) }
  }

  mutating func append(_ text: [UInt8]) {
    append(UInt64(text.count))
    bytes += text
  }
}

private struct RecordDecoder {
  private let source: ArraySlice<UInt8>
  private var next: Int

  init(_ source: ArraySlice<UInt8>) {
    self.source = source
    next = source.startIndex
  }

  var isAtEnd: Bool { next == source.endIndex }

  mutating func word() -> UInt64? {
    guard source.endIndex - next >= 8 else { return nil }
    var word: UInt64 = 0
    for index in 0..<8 { word |= UInt64(source[next + index]) << UInt64(8 * index) }
    next += 8
    return word
  }

  mutating func number() -> Double? { word().map { Double(bitPattern: $0) } }

  mutating func optionalNumber() -> Double?? {
    number().map { $0.isNaN ? Double?.none : $0 }
  }

  mutating func numbers() -> [Double]? {
    guard let count = word(), count <= UInt64((source.endIndex - next) / 8) else { return nil }
    return (0..<count).compactMap { _ in number() }
  }

  mutating func bytes() -> ArraySlice<UInt8>? {
    guard let count = word(), count <= UInt64(source.endIndex - next) else { return nil }
    defer { next += Int(count) }
    return source[next..<(next + Int(count))]
  }
}
