import Synchronization

/// The features that do not vary over the training rows of some folds, gathered so that each is told once
/// and not once a fold.
final class ConstantFeatures: Sendable {
  private struct State {
    /// In order of first appearance.
    var names: [String] = []
    /// The folds of each of the names that will be listed.
    var folds: [String: Set<[Int]>] = [:]
    var others: Set<String> = []
  }

  private let state = Mutex(State())

  /// How many names the remark lists.
  private static let namedFeatureLimit = 10

  func add(_ identity: FoldIdentity, _ names: [String]) {
    state.withLock { state in
      for name in names {
        if state.folds[name] == nil {
          guard state.names.count < Self.namedFeatureLimit else {
            state.others.insert(name)
            continue
          }
          state.names.append(name)
        }
        state.folds[name, default: []].insert([identity.repeatIndex, identity.fold])
      }
    }
  }

  /// `constant in the training rows, so set to 0: a (5 folds), b (1 fold)`; `nil` where nothing is.
  var remark: String? {
    state.withLock { state in
      guard !state.names.isEmpty else { return nil }
      let named = state.names.map {
        "\($0) (\(counted(state.folds[$0, default: []].count, "fold")))"
      }
      return "constant in the training rows, so set to 0: " + named.joined(separator: ", ")
        + (state.others.isEmpty ? "" : " and \(state.others.count) more")
    }
  }
}
