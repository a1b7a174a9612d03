import LinearModels
import ModelSelection
import Results
import Tables

extension SpecDecoder {
  mutating func decodeGates(_ field: SpecField?, context: GateContext) -> [Gate] {
    guard let field else { return [] }
    guard let elements = field.elements else {
      mismatch(
        field,
        allowed: "an array of gates such as " + JSONText.encode(GateKey.example, style: .line))
      return []
    }
    return elements.compactMap { element in
      decodeRule(element, context).map {
        Gate(rule: $0, line: element.node.position.line, column: element.node.position.column)
      }
    }
  }

  private mutating func decodeRule(_ field: SpecField, _ context: GateContext) -> Gate.Rule? {
    guard let object = object(field, GateKey.self) else { return nil }
    let kinds = object.present([.metric, .count, .best])
    guard let kind = kinds.first, let companions = GateKey.kinds[kind] else {
      if object.misspelt.isEmpty {
        report(
          .missing(key: "metric", write: "\"metric\", \"count\" or \"best\", what the gate is on"),
          at: field)
      }
      return nil
    }
    var isSound = true
    for key in object.present(GateKey.allCases) where key != kind && !companions.contains(key) {
      isSound = false
      reject(key, in: object, "'\(key.rawValue)' does not go with '\(kind.rawValue)'")
    }
    guard isSound else { return nil }
    let rule: Gate.Rule? =
      switch kind {
      case .metric: decodeMetricRule(object, context)
      case .count: decodeCountRule(object)
      default: decodeAxisRule(object, context)
      }
    if let rule, let reason = context.reasonToPass(rule) {
      remark(
        "this gate can never fail: " + reason, at: field.node.position, path: field.path)
    }
    return rule
  }

  private mutating func decodeMetricRule(
    _ object: SpecObject<GateKey>, _ context: GateContext
  ) -> Gate.Rule? {
    guard let field = object[.metric], let (column, metric) = decodeColumn(field, context) else {
      return nil
    }
    if let at = object[.at], at.node.string != "best" {
      mismatch(at, allowed: GateKey.at.declaration.value.words)
    }
    guard let against = object[.against] else {
      return decodeBounds(object, column: column)
    }
    guard against.node.string == "baseline" else {
      mismatch(against, allowed: GateKey.against.declaration.value.words)
      return nil
    }
    for key in object.present([.min, .max]) {
      reject(
        key, in: object,
        "'\(key.rawValue)' does not go with 'against', write a gate for each")
    }
    let (worse, better): (GateKey, GateKey) =
      metric.largerIsBetter ? (.maxDecrease, .maxIncrease) : (.maxIncrease, .maxDecrease)
    if object[better] != nil {
      reject(
        better, in: object,
        "'\(metric.rawValue)' gets worse the other way, write '\(worse.rawValue)', since an "
          + "improvement never fails")
      return nil
    }
    guard
      let change = require(worse, in: object), let bounds = self.object(change, ChangeKey.self)
    else { return nil }
    if let field = bounds[.standardErrors], context.hasOneFold == true {
      report(
        .conflict(
          "'\(column)_se' is empty with one fold, write \"relative\" or \"absolute\", or more "
            + "folds or repeats in 'split'"), at: field)
    }
    if bounds.fields.isEmpty, bounds.misspelt.isEmpty {
      report(
        .missing(
          key: "relative",
          write: "\"relative\": 0.01, \"absolute\": 1e-6, \"standard_errors\": 2 or several"),
        at: change)
    }
    return .againstBaseline(
      column: column,
      ChangeBounds(
        relative: number(.relative, of: bounds),
        absolute: number(.absolute, of: bounds),
        standardErrors: number(.standardErrors, of: bounds)))
  }

  private mutating func decodeBounds(
    _ object: SpecObject<GateKey>, column: String
  ) -> Gate.Rule? {
    for key in object.present([.maxIncrease, .maxDecrease]) {
      reject(
        key, in: object,
        "'\(key.rawValue)' needs a baseline, write \"against\": \"baseline\"")
      return nil
    }
    let low = number(.min, of: object)
    let high = number(.max, of: object)
    if object[.min] == nil, object[.max] == nil, object.lacks(.min), object.lacks(.max) {
      report(
        .missing(key: "max", write: "\"max\", \"min\" or \"against\": \"baseline\""),
        at: object.field)
    }
    if let low, let high, low > high, let field = object[.min] {
      report(.conflict("'min' is above 'max', no value passes"), at: field)
    }
    return .bestWithin(column: column, min: low, max: high)
  }

  /// A column of the curve that is the mean of a metric, such as `validation_mse`.
  private mutating func decodeColumn(
    _ field: SpecField, _ context: GateContext
  ) -> (column: String, metric: Metric)? {
    guard let metrics = context.metrics else { return nil }
    let names = GateKey.columns(metrics)
    if let name = field.node.string, names.contains(name),
      let metric = Measure(column: name).flatMap({ Metric(rawValue: $0.metric) })
    {
      if name.hasPrefix("test_"), context.hasTestSet == false {
        report(.conflict("there is no test set, write \"test\": 0.2 in 'split'"), at: field)
      }
      return (name, metric)
    }
    mismatch(
      field, allowed: quotedList(names),
      nearest: field.node.string.flatMap { likelyName(for: $0, among: names) })
    return nil
  }

  private mutating func decodeCountRule(_ object: SpecObject<GateKey>) -> Gate.Rule? {
    let status = word(object[.count], FitStatus.self)
    let most = require(.max, in: object, write: "\"max\": 0")
      .flatMap { whole($0, in: .wholeFromZero) }
    guard let status, let most else { return nil }
    return .count(status: status, max: most)
  }

  private mutating func decodeAxisRule(
    _ object: SpecObject<GateKey>, _ context: GateContext
  ) -> Gate.Rule? {
    let axis = word(object[.best], MagnitudeAxis.self)
    let decades = require(.withinDecades, in: object)
      .flatMap { _ in number(.withinDecades, of: object) }
    if let axis, let field = object[.best], let lack = context.lack(of: axis.axis) {
      report(.conflict(lack), at: field)
      return nil
    }
    guard let axis, let decades else { return nil }
    return .bestAxis(axis: axis.rawValue, withinDecades: decades)
  }
}

/// An axis whose values are magnitudes, so that a distance in decades means something.
struct MagnitudeAxis: RawRepresentable, CaseIterable {
  let axis: Axis
  var rawValue: String { axis.rawValue }

  init?(rawValue: String) {
    guard let axis = Axis(rawValue: rawValue), axis.isMagnitude else { return nil }
    self.axis = axis
  }

  static let allCases = Axis.allCases.compactMap { MagnitudeAxis(rawValue: $0.rawValue) }
}
