import Journal
import LinearModels
import Results

/// A record as bytes for the journal: little-endian words, then the message's text.
///
/// The first word says what follows: the status in its lowest 8 bits, then a presence bit for each
/// optional part, from bit 17 one for each of the means, and the count of their values in its upper 32
/// bits. A history's entries have the epoch in the lower and the count of values in the upper half of
/// their first word.
extension JobRecord {
  /// Changes whenever the layout does; part of every key, so old journals are stale, not misread.
  static let layoutVersion = 3

  /// A status is its place in here; `allCases` would make the array anew for each record.
  private static let statuses = FitStatus.allCases

  private static let failure = UInt8(statuses.firstIndex(of: .failed) ?? 0)

  /// Whether another record of the same job is to be preferred, without decoding this one: that of a job
  /// that failed, or that lacks something of what is wanted.
  static func isProvisional(_ bytes: ArraySlice<UInt8>, wanted: Contents) -> Bool {
    var words = WordReader(bytes)
    guard bytes.first != failure, let head = words.word() else { return true }
    return lacks(head, wanted)
  }

  /// Whether something of what is wanted is missing; a fit without result has no means and no weights.
  func lacks(_ wanted: Contents) -> Bool { Self.lacks(head, wanted) }

  private static func lacks(_ head: UInt64, _ wanted: Contents) -> Bool {
    let hasResult = head & Part.objective.bit != 0
    if hasResult || wanted.history, !means(in: head).isSuperset(of: wanted.means) { return true }
    if hasResult, wanted.coefficients, head & Part.coefficients.bit == 0 { return true }
    return wanted.history && head & Part.epochsRun.bit != 0 && head & Part.history.bit == 0
  }

  private static let meansShift = 17

  private static func means(in head: UInt64) -> RowMeans {
    RowMeans(rawValue: UInt16(head >> UInt64(meansShift) & 0x7FFF))
  }

  private enum Part: UInt64 {
    case epochsRun = 8
    case gradientNorm, objective, weightNorm, effectiveDegreesOfFreedom, multiplier
    case message, coefficients, history

    var bit: UInt64 { 1 << rawValue }
  }

  /// Appends the record, with one growth of the array for all words.
  package func encode(into bytes: inout [UInt8]) {
    let weightCount = coefficients?.weights.count ?? 0
    let historyCount = history?.reduce(0) { $0 + 3 + $1.means.values.count } ?? 0
    let capacity = 13 + means.values.count + 2 * weightCount + historyCount
    unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: capacity) { words in
      var count = 0
      func put(_ word: UInt64) {
        unsafe words.initializeElement(at: count, to: word.littleEndian)
        count += 1
      }
      func put(_ number: Double) { put(number.bitPattern) }

      put(head)
      if let epochsRun { put(UInt64(epochsRun)) }
      let numbers = numbers
      for index in numbers.indices { if let number = numbers[index] { put(number) } }
      for value in means.values { put(value) }
      if let coefficients {
        put(UInt64(weightCount))
        for weight in coefficients.weights { put(weight) }
        put(coefficients.intercept)
        precondition(coefficients.standardizedWeights.count == weightCount)
        for weight in coefficients.standardizedWeights { put(weight) }
        put(coefficients.standardizedIntercept)
      }
      if let history {
        put(UInt64(history.count))
        for entry in history {
          put(UInt64(entry.epoch) | UInt64(entry.means.values.count) << 32)
          put(entry.objective)
          put(entry.weightNorm)
          for value in entry.means.values { put(value) }
        }
      }
      if let message { put(UInt64(message.utf8.count)) }
      unsafe bytes.append(
        contentsOf: UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: words[..<count])))
    }
    if let message { bytes += message.utf8 }
  }

  private var head: UInt64 {
    var head = UInt64(Self.statuses.firstIndex(of: status) ?? 0)
    if epochsRun != nil { head |= Part.epochsRun.bit }
    let numbers = numbers
    for index in numbers.indices where numbers[index] != nil {
      head |= Part.gradientNorm.bit << UInt64(index)
    }
    if message != nil { head |= Part.message.bit }
    if coefficients != nil { head |= Part.coefficients.bit }
    if history != nil { head |= Part.history.bit }
    head |= UInt64(means.means.rawValue) << UInt64(Self.meansShift)
    return head | UInt64(means.values.count) << 32
  }

  /// The optional numbers in the order of their presence bits.
  private var numbers: [5 of Double?] {
    [gradientNorm, objective, weightNorm, effectiveDegreesOfFreedom, multiplier]
  }
}

extension JobRecord {
  /// - Returns: `nil` when the bytes are not a record of this layout.
  package init?(decoding bytes: ArraySlice<UInt8>) {
    var words = WordReader(bytes)
    guard let head = words.word() else { return nil }
    let code = Int(head & 0xFF)
    let kinds = Self.means(in: head)
    guard code < Self.statuses.count, RowMeans.all.isSuperset(of: kinds) else { return nil }
    func has(_ part: Part) -> Bool { head & part.bit != 0 }

    self.init(status: Self.statuses[code])
    if has(.epochsRun) {
      guard let word = words.word(), let count = Int(exactly: word) else { return nil }
      epochsRun = count
    }
    gradientNorm = has(.gradientNorm) ? words.number() : nil
    objective = has(.objective) ? words.number() : nil
    weightNorm = has(.weightNorm) ? words.number() : nil
    effectiveDegreesOfFreedom = has(.effectiveDegreesOfFreedom) ? words.number() : nil
    multiplier = has(.multiplier) ? words.number() : nil
    means = MeanTable(kinds, values: words.numbers(Int(head >> 32)))
    if has(.coefficients) {
      guard let word = words.word(), let count = Int(exactly: word) else { return nil }
      coefficients = Coefficients(
        weights: words.numbers(count), intercept: words.number(),
        standardizedWeights: words.numbers(count), standardizedIntercept: words.number())
    }
    if has(.history) {
      guard let word = words.word(), let count = Int(exactly: word) else { return nil }
      var entries: [HistoryEntry] = []
      while entries.count < count, let epoch = words.word() {
        entries.append(
          HistoryEntry(
            epoch: Int(epoch & 0xFFFF_FFFF), objective: words.number(),
            weightNorm: words.number(),
            means: MeanTable(kinds, values: words.numbers(Int(epoch >> 32)))))
      }
      history = entries
    }
    let messageLength = has(.message) ? words.word() : 0
    guard !words.ranOut, messageLength == UInt64(words.rest.count) else { return nil }
    message = has(.message) ? String(decoding: words.rest, as: UTF8.self) : nil
  }
}

/// Takes words from the front of some bytes; once there are too few, `ranOut` stays true.
private struct WordReader {
  private(set) var rest: ArraySlice<UInt8>
  private(set) var ranOut = false

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  mutating func word() -> UInt64? {
    guard rest.count >= 8 else {
      ranOut = true
      return nil
    }
    defer { rest = rest[(rest.startIndex + 8)...] }
    return rest.span.littleEndian(at: 0, as: UInt64.self)
  }

  mutating func number() -> Double { word().map { Double(bitPattern: $0) } ?? .nan }

  mutating func numbers(_ count: Int) -> [Double] {
    guard count <= rest.count / 8 else {
      ranOut = true
      return []
    }
    return (0..<count).map { _ in number() }
  }
}
