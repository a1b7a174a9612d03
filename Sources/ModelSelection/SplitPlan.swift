import Numerics

/// How rows are divided into training, validation and test sets, as a spec says it.
package struct SplitPlan: Hashable, Sendable {
  package var kind: Kind
  package var shuffle: Bool
  package var repeats: Int
  /// The fraction held out first, never trained or selected on.
  package var test: Double?

  /// The cells that a column of sets may hold.
  package static let setNames = ["train", "validation", "test"]

  package init(kind: Kind, shuffle: Bool = false, repeats: Int = 1, test: Double? = nil) {
    self.kind = kind
    self.shuffle = shuffle
    self.repeats = repeats
    self.test = test
  }
}

extension SplitPlan {
  /// The rows held out as a test set, ascending: by their labels, or the last ⌈fraction·n⌉ after the
  /// shuffle.
  package func testRows(rowCount: Int, labels: [String]?, seed: UInt64) -> [Int32] {
    switch kind.declaration.labels {
    case .sets, .files:
      return (labels ?? []).indices.filter { labels?[$0] == "test" }.map { Int32($0) }
    case .none, .folds: break
    }
    guard let fraction = test else { return [] }
    let count = Int((fraction * Double(rowCount)).rounded(.up))
    let order =
      shuffle
      ? permutation(of: rowCount, seed: seed, stream: [Stream.test])
      : (0..<Int32(rowCount)).map { $0 }
    return order[(rowCount - min(count, rowCount))...].sorted()
  }

  /// Whether rows may be held out as a test set; a column of sets may or may not have some.
  package var mayHaveTestSet: Bool {
    switch kind.declaration.labels {
    case .sets: true
    case .files(_, let file): test != nil || file != nil
    case .none, .folds: test != nil
    }
  }

  /// Whether every fit is validated on one set of rows only, whatever the data hold.
  package var hasOneFold: Bool {
    kind.declaration.folds == .exactly(1)
      && (repeats == 1 || kind.declaration.labels != .none)
  }

  /// How many folds a repeat has, at least.
  /// - Parameter rowCount: `nil` where it is not known.
  package func leastFoldCount(rowCount: Int?) -> Int {
    switch kind.declaration.folds {
    case .exactly(let count): count
    case .rows: rowCount ?? 2
    case .labels: 2
    }
  }

  func permutation(of count: Int, seed: UInt64, stream: [UInt64]) -> [Int32] {
    var generator = RandomGenerator(seed: seed, stream: stream)
    return generator.permutation(count: count)
  }

  /// Names of the random streams that a split draws from.
  enum Stream {
    static let folds: UInt64 = 0x666f_6c64
    static let test: UInt64 = 0x7465_7374
  }
}
