import LinearModels
import Results
import Tables

/// What the grids need to know of the rest of the spec.
struct GridContext {
  /// No axis may have more values than this, whatever `limits` allows.
  static let largestAxis = 10_000_000
  /// Each grid is held against each other.
  static let largestGridCount = 1000

  /// `nil` when the spec's word is unknown, so that nothing is held against it.
  let loss: Loss?
  let degree: Int
  let schedule: LearningRateSchedule
  let epochs: Int
  /// The most values that an axis may have.
  let valueLimit: Int
}

extension SpecDecoder {
  /// The values of an axis of numbers, with the field each stands in; `nil` when one was reported.
  mutating func axisNumbers(_ field: SpecField, _ axis: Axis, limit: Int) -> [Double]? {
    guard let range = axis.range else { return nil }
    switch field.node.value {
    case .object:
      return spacedNumbers(field, range, limit: limit)
    case .array:
      let elements = field.elements ?? []
      if elements.isEmpty {
        report(.conflict("is empty, an axis has at least one value"), at: field)
      }
      let values = elements.compactMap { number($0, in: range) }
      return values.isEmpty || values.count < elements.count ? nil : values
    case .number:
      return number(field, in: range).map { [$0] }
    case .null, .bool, .string, .invalid:
      mismatch(field, allowed: SpacingKey.words(range))
      return nil
    }
  }

  private mutating func spacedNumbers(
    _ field: SpecField, _ range: NumberRange, limit: Int
  ) -> [Double]? {
    guard let object = object(field, SpacingKey.self) else { return nil }
    guard
      let (kind, bounds) = choice(
        of: SpacingKey.kinds, in: object, missing: .logspace,
        write: "\"logspace\", \"linspace\" or \"range\""),
      object.present(SpacingKey.kinds).count == 1
    else { return nil }
    if kind == .range {
      if let count = object[.count] {
        report(.conflict("'count' does not go with 'range', whose step says how many"), at: count)
        return nil
      }
      return stepped(bounds, range, limit: limit)
    }
    if kind == .logspace, let advice = exponentAdvice(bounds) {
      report(.conflict(advice.text), at: advice.field)
      return nil
    }
    let ends = numbers(bounds, count: 2, range, example: "two numbers, [lo, hi]")
    let countField = require(.count, in: object)
    guard let countField, let count = number(countField, in: .wholeFromOne) else { return nil }
    guard count <= Double(limit) else {
      report(.conflict(tooMany(count, limit: limit)), at: countField)
      return nil
    }
    guard let ends else { return nil }
    if kind == .logspace, let bad = ends.firstIndex(where: { $0 <= 0 }),
      let elements = bounds.elements
    {
      mismatch(elements[bad], allowed: "a number above 0, since a logarithm is taken")
      return nil
    }
    let spaced =
      kind == .logspace
      ? AxisSpacing.logarithmic(from: ends[0], to: ends[1], count: Int(count))
      : AxisSpacing.linear(from: ends[0], to: ends[1], count: Int(count))
    return checked(spaced, bounds, range)
  }

  /// What to write where the ends of a `logspace` are exponents, as numpy has them.
  private func exponentAdvice(_ bounds: SpecField) -> (text: String, field: SpecField)? {
    guard let elements = bounds.elements, elements.count == 2,
      let low = elements[0].node.number, let high = elements[1].node.number,
      let bad = elements.first(where: { ($0.node.number ?? 1) <= 0 }), low < high,
      [low, high].allSatisfy({ $0 == $0.rounded() && $0.magnitude <= 300 })
    else { return nil }
    let ends = [low, high].map { shortest(Double("1e\(Int($0))") ?? 0) }
    return (
      "found \(bad.node.summary), must be a number above 0, since a logarithm is taken; write the "
        + "values, not their exponents: \"logspace\": [\(ends.joined(separator: ", "))]", bad
    )
  }

  private mutating func stepped(
    _ field: SpecField, _ range: NumberRange, limit: Int
  ) -> [Double]? {
    guard
      let parts = numbers(
        field, count: 3, .any, example: "three numbers, [lo, hi, step]")
    else { return nil }
    let (low, high, step) = (parts[0], parts[1], parts[2])
    guard step != 0, (high - low) * step.sign.factor >= 0, let elements = field.elements else {
      let direction = high < low ? "below 0, since hi is below lo" : "above 0"
      if let element = field.elements?.last { mismatch(element, allowed: "a step \(direction)") }
      return nil
    }
    for (value, element) in zip(parts.dropLast(), elements) where !range.accepts(value) {
      mismatch(element, allowed: range.words)
      return nil
    }
    let count = AxisSpacing.stepCount(from: low, to: high, step: step)
    guard count <= Double(limit) else {
      report(.conflict(tooMany(count, limit: limit)), at: field)
      return nil
    }
    return checked(AxisSpacing.stepped(from: low, to: high, step: step), field, range)
  }

  private func tooMany(_ count: Double, limit: Int) -> String {
    "gives \(shortest(count)) values, an axis has at most \(limit)"
      + (limit < GridContext.largestAxis ? " (limits.max_jobs)" : "")
  }

  /// Computed values, after a look at whether the axis accepts them all.
  private mutating func checked(
    _ values: [Double], _ field: SpecField, _ range: NumberRange
  ) -> [Double]? {
    guard let bad = values.first(where: { !range.accepts($0) }) else { return values }
    report(.conflict("gives \(shortest(bad)), must be \(range.words)"), at: field)
    return nil
  }

  /// An array of so many numbers, each good for the axis.
  private mutating func numbers(
    _ field: SpecField, count: Int, _ range: NumberRange, example: String
  ) -> [Double]? {
    guard let elements = field.elements, elements.count == count else {
      let found = field.elements.map { $0.isEmpty ? "an empty array" : "\($0.count) values" }
      report(.mismatch(found: found ?? field.node.summary, allowed: example), at: field)
      return nil
    }
    let values = elements.compactMap { number($0, in: range) }
    return values.count == count ? values : nil
  }

  /// `"constant"`, `{"inverse_time": d}` or `{"inverse_sqrt": d}` with d ≥ 0.
  mutating func decodeSchedule(_ field: SpecField) -> LearningRateSchedule? {
    switch field.node.value {
    case .string(ScheduleKey.constant):
      return .constant
    case .object:
      guard let object = object(field, ScheduleKey.self) else { return nil }
      guard
        let (key, _) = choice(
          of: ScheduleKey.allCases, in: object, missing: .inverseTime,
          write: "\"inverse_time\": d or \"inverse_sqrt\": d"),
        object.fields.count == 1
      else { return nil }
      guard let decay = number(key, of: object) else { return nil }
      return key == .inverseTime ? .inverseTime(decay) : .inverseSqrt(decay)
    default:
      let words = [ScheduleKey.constant] + ScheduleKey.allCases.map(\.rawValue)
      mismatch(
        field, allowed: ScheduleKey.value.words,
        nearest: field.node.string.flatMap { likelyName(for: $0, among: words) })
      return nil
    }
  }
}

extension FloatingPointSign {
  fileprivate var factor: Double { self == .plus ? 1 : -1 }
}
