import Datasets
import LinearModels
import ModelSelection
import Results
import Tables

/// Reads a spec file: strict, and with every error at once.
package enum SpecReader {
  /// The spec that the text holds.
  ///
  /// Every key of contract and schema is known, every value checked, defaults filled in, axes
  /// expanded, paths resolved against the folder of `path`.
  /// - Parameters:
  ///   - path: the file as the user typed it; messages begin with it, and without a `name` its
  ///     stem is the name.
  ///   - overrides: `--set` values, applied in turn before anything is checked.
  /// - Throws: all problems of the file, in its order.
  package static func read(
    text: [UInt8], path: String, overrides: [SpecOverride] = []
  ) throws(SpecErrors) -> SweepSpec {
    let document = try SpecDocument(text: text, path: path, overrides: overrides)
    var decoder = SpecDecoder(document)
    let spec = decoder.decodeSpec()
    guard let spec, decoder.problems.isEmpty else {
      throw SpecErrors(path: path, text: document.text, problems: decoder.problems)
    }
    return spec
  }
}

extension SpecDecoder {
  /// The spec, or `nil` when something without a default is bad; complete only without problems.
  fileprivate mutating func decodeSpec() -> SweepSpec? {
    let root = SpecField(node: document.root, path: "")
    guard let top = object(root, SpecKey.self) else { return nil }
    let seed = decodeSeed(top[.seed]) ?? 0
    let source = decodeData(in: top, seed: seed)
    let split = decodeSplit(top[.split], source: source)
    checkText(.schema, of: top)
    let features = object(.features, of: top, FeaturesKey.self)
    let model = object(.model, of: top, ModelKey.self)
    // No default in place of a bad word: nothing is held against a loss that nobody asked for.
    let loss = model?[.loss] == nil ? word(.loss, of: model) : word(model?[.loss], Loss.self)
    let training = decodeTraining(in: top)
    let limits = decodeLimits(in: top)
    let degree = whole(.polynomial, of: features) ?? 1
    let grids = decodeGrids(
      in: top,
      context: GridContext(
        loss: loss, degree: degree, schedule: training.schedule, epochs: training.epochs,
        valueLimit: min(limits.maxJobs, GridContext.largestAxis)))
    let metrics = decodeMetrics(top[.metrics], loss: loss, split: split)
    let select = object(.select, of: top, SelectKey.self)
    let selectionMetric = decodeSelectionMetric(select?[.metric], metrics: metrics, loss: loss)
    let rule = decodeRule(select?[.rule], split: split)
    let gates = decodeGates(
      top[.gates],
      context: GateContext(
        metrics: metrics, hasTestSet: split?.mayHaveTestSet, hasOneFold: split?.hasOneFold,
        grids: grids, writtenAxes: writtenAxes(top[.grid]), tolerance: training.tolerance))
    let standardization: Standardization? = word(.standardize, of: features)
    let positive = decodePositive(model, loss: loss)
    let hasIntercept = flag(.intercept, of: model)
    let classWeight = decodeClassWeight(model?[.classWeight], loss: loss)
    let lambdaScale: LambdaScale? = word(.lambdaScale, of: model)
    let outputs = words(top[.outputs], Output.self) ?? []
    checkSpectrum(top[.outputs], loss: loss, grids: grids)
    let description = checkText(.description, of: top) ?? ""
    guard let name = decodeName(in: top), let source, let split, let loss, let metrics,
      let first = metrics.first, let standardization, let lambdaScale
    else { return nil }
    return SweepSpec(
      name: name, description: description, data: source, polynomialDegree: degree,
      standardization: standardization, split: split, loss: loss, positive: positive,
      hasIntercept: hasIntercept, lambdaScale: lambdaScale, classWeight: classWeight, grids: grids,
      tolerance: training.tolerance, metrics: metrics,
      selectionMetric: selectionMetric ?? first, selectionRule: rule, outputs: Set(outputs),
      gates: gates, limits: limits, seed: seed, text: document.text, path: document.path,
      overrides: document.overrides, remarks: remarks.map { $0.text(in: document.path) },
      document: document)
  }

  private mutating func decodeName(in top: SpecObject<SpecKey>) -> String? {
    let allowed = SpecKey.nameWords
    if let field = top[.name] {
      if let name = field.node.string, Self.isName(name) { return name }
      mismatch(field, allowed: allowed)
      return nil
    }
    if document.path == "-" {
      report(
        .missing(key: "name", write: "\"name\" with \(allowed), since standard input has no name"),
        at: top.field)
      return nil
    }
    let file = document.path.split(separator: "/").last ?? ""
    let stem = file.lastIndex(of: ".").map { $0 == file.startIndex ? file : file[..<$0] } ?? file
    if Self.isName(String(stem)) { return String(stem) }
    report(
      .conflict(
        "the file's stem '\(stem)' cannot be the name, write \"name\" with \(allowed)"),
      at: top.field)
    return nil
  }

  static func isName(_ name: String) -> Bool {
    guard let first = name.utf8.first, first != UInt8(ascii: "."), first != UInt8(ascii: "-"),
      name.utf8.count <= 200
    else { return false }
    return name.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
        || $0 == "." || $0 == "_" || $0 == "-"
    }
  }

  /// A text that may be empty.
  @discardableResult
  private mutating func checkText(_ key: SpecKey, of top: SpecObject<SpecKey>) -> String? {
    guard let field = top[key] else { return nil }
    if let string = field.node.string { return string }
    mismatch(field, allowed: key.declaration.value.words)
    return nil
  }

  /// A seed is any whole number of 64 bits, also one that a double cannot hold.
  mutating func decodeSeed(_ field: SpecField?) -> UInt64? {
    guard let field else { return nil }
    if case .number(let number) = field.node.value {
      if let seed = UInt64(number.text) { return seed }
      if NumberRange.wholeFromZero.accepts(number.value) { return UInt64(number.value) }
    }
    mismatch(field, allowed: KeyValue.seed.words)
    return nil
  }

  private mutating func decodePositive(
    _ model: SpecObject<ModelKey>?, loss: Loss?
  ) -> ClassName? {
    guard let model, let field = model[.positive] else { return nil }
    guard let name = ClassName(field.node) else {
      mismatch(field, allowed: ModelKey.positive.declaration.value.words)
      return nil
    }
    if let loss, loss.measures.target != .classOfTwo {
      reject(
        .positive, in: model,
        "a target of the \(loss.rawValue) loss has no classes, 'positive' goes with "
          + "\"loss\": \"\(Loss.logistic.rawValue)\"")
    }
    return name
  }

  private mutating func decodeLimits(in top: SpecObject<SpecKey>) -> Limits {
    var limits = Limits()
    let object = object(.limits, of: top, LimitsKey.self)
    limits.maxJobs = whole(.maxJobs, of: object) ?? limits.maxJobs
    limits.maxMemoryGB = number(.maxMemoryGB, of: object)
    return limits
  }

  private mutating func decodeTraining(in top: SpecObject<SpecKey>) -> TrainingDefaults {
    let object = object(.training, of: top, TrainingKey.self)
    return TrainingDefaults(
      epochs: whole(.epochs, of: object) ?? 1, tolerance: number(.tolerance, of: object) ?? 0,
      schedule: object?[.schedule].flatMap { decodeSchedule($0) } ?? .constant)
  }

  /// The rule; one that needs a standard error needs two folds.
  private mutating func decodeRule(_ field: SpecField?, split: SplitPlan?) -> SelectionRule {
    guard let field, let rule = word(field, SelectionRule.self) else { return .min }
    if let split, split.hasOneFold, !rule.applies(toFoldCount: 1) {
      report(
        .conflict(
          "'\(rule.rawValue)' needs two or more folds and the split makes one, write \"min\", or "
            + "\"k_fold\": 5 or \"repeats\": 10 in 'split'"), at: field)
    }
    return rule
  }
}

/// What `training` says, for the axes that a grid leaves out.
private struct TrainingDefaults {
  let epochs: Int
  let tolerance: Double
  let schedule: LearningRateSchedule
}
