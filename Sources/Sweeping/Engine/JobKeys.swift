import Datasets
import Journal
import LinearModels
import ModelSelection
import Numerics
import Results

/// What a job's numbers depend on, hashed: its journal key.
///
/// Data, split, features, model, point, training set, seed and the version of the arithmetic; not the
/// place in the grid, the name of the experiment, how a number was spelled, or which metrics and outputs
/// are asked for: a record says itself what it holds.
struct JobKeys: Sendable {
  /// Changes whenever a solver's or a metric's numbers do.
  static let arithmeticVersion = 4

  private let base: ContentHasher
  private let dataHash: String
  /// The class that is +1, where it is not the one that it would be unasked.
  private let positive: String?
  /// Whether columns of truth values are in no square, which earlier versions made.
  private let hasTruthValues: Bool

  init(_ spec: SweepSpec, data: PreparedData) {
    let dataHash = data.dataset.contentHash
    positive = data.hasChosenClass ? data.classes?.last?.name : nil
    hasTruthValues = data.dataset.hasTruthValues
    var hasher = ContentHasher()
    hasher.combine(JobKeys.arithmeticVersion)
    hasher.combine(JobRecord.layoutVersion)
    hasher.combine(dataHash)
    hasher.combine(spec.split.kind.declaration.canonicalText)
    hasher.combine(spec.split.shuffle)
    hasher.combine(spec.split.test ?? 0)
    hasher.combine(spec.standardization.rawValue)
    hasher.combine(spec.loss.rawValue)
    hasher.combine(spec.hasIntercept)
    hasher.combine(spec.lambdaScale.rawValue)
    hasher.combine(spec.tolerance)
    hasher.combine(spec.seed)
    if let positive {
      hasher.combine("positive")
      hasher.combine(positive)
    }
    if let classWeight = spec.classWeight {
      hasher.combine(ModelKey.classWeight.rawValue)
      hasher.combine(classWeight.canonicalText)
    }
    base = hasher
    self.dataHash = dataHash
  }

  /// What all jobs of a journal file share, in words, so that a plan can say why a record is stale.
  func stamp(_ spec: SweepSpec) -> [UInt8] {
    let parts = [
      "arithmetic \(JobKeys.arithmeticVersion).\(JobRecord.layoutVersion)", "data \(dataHash)",
      "split \(spec.split.kind.declaration.canonicalText) \(spec.split.shuffle) \(spec.split.test ?? 0)",
      "features \(spec.standardization.rawValue)",
      "model \(spec.loss.rawValue) \(spec.hasIntercept) \(spec.lambdaScale.rawValue)"
        + (positive.map { " \($0)" } ?? "")
        + (spec.classWeight.map { " \($0.canonicalText)" } ?? ""),
      "tolerance \(spec.tolerance)",
      "seed \(spec.seed)",
    ]
    return Array(parts.joined(separator: "\n").utf8)
  }

  /// The keys of one training set's jobs.
  func scope(_ identity: FoldIdentity) -> Scope {
    var hasher = base
    hasher.combine(identity.repeatIndex)
    hasher.combine(identity.fold)
    hasher.combine(identity.degree)
    hasher.combine(identity.trainSize)
    if hasTruthValues, identity.degree > 1 { hasher.combine("truth values are not squared") }
    return Scope(base: hasher)
  }

  struct Scope {
    fileprivate let base: ContentHasher

    func key(_ point: Point) -> JournalKey {
      var hasher = base
      hasher.combine(point.solver.program.keyNumber)
      hasher.combine(point.schedule)
      for axis in KeyedAxis.all { axis.combine(point, into: &hasher) }
      let hash = hasher.finish()
      return JournalKey(high: hash.high, low: hash.low)
    }
  }
}

/// An axis as the keys of jobs hold it: looked up once, for millions of keys.
private struct KeyedAxis {
  let axis: Axis
  /// What stands for a hole; `nil` for an axis that is hashed only where it has a value.
  let filler: Double?
  let isWhole: Bool

  static let all: [KeyedAxis] = Axis.allCases.compactMap { axis in
    let isWhole = axis.range?.isWhole ?? false
    return switch axis.key {
    case .own: nil
    case .filled(let filler): KeyedAxis(axis: axis, filler: filler, isWhole: isWhole)
    case .whereUsed: KeyedAxis(axis: axis, filler: nil, isWhole: isWhole)
    }
  }

  func combine(_ point: Point, into hasher: inout ContentHasher) {
    if let filler {
      let number = point.number(on: axis) ?? filler
      if isWhole { hasher.combine(Int(number)) } else { hasher.combine(number) }
    } else if let value = point[axis] {
      hasher.combine(axis.rawValue)
      hasher.combine(value.text)
    }
  }
}

extension ContentHasher {
  fileprivate mutating func combine(_ schedule: LearningRateSchedule?) {
    switch schedule {
    case nil: combine(0)
    case .constant: combine(1)
    case .inverseTime(let decay):
      combine(2)
      combine(decay)
    case .inverseSqrt(let decay):
      combine(3)
      combine(decay)
    }
  }

  fileprivate mutating func combine(_ trainSize: TrainSize?) {
    switch trainSize {
    case nil: combine(0)
    case .rows(let count):
      combine(1)
      combine(count)
    case .fraction(let fraction):
      combine(2)
      combine(fraction)
    }
  }
}
