import Datasets
import ModelSelection
import Results
import Tables

extension SpecDecoder {
  /// The split; without one, a quarter of the shuffled rows validates.
  ///
  /// `shuffle` may stand with every kind, since `train_size` takes the first rows after it.
  /// `repeats` beyond 1 needs a shuffle that makes another split: others would repeat themselves.
  /// `test` cannot stand with kinds that name their test rows themselves.
  mutating func decodeSplit(_ field: SpecField?, source: DataSource?) -> SplitPlan? {
    guard let field else { return SplitPlan(kind: .holdout(0.25), shuffle: true) }
    guard let object = object(field, SplitKey.self) else { return nil }
    let shuffle = flag(.shuffle, of: object)
    let repeats = whole(.repeats, of: object) ?? 1
    let test = number(.test, of: object)
    guard
      let (key, kindField) = choice(
        of: SplitKey.kinds, in: object, missing: .kFold,
        write: SplitKey.kFold.written + " or another of "
          + SplitKey.kinds.map(\.rawValue).joined(separator: ", "))
    else { return nil }
    checkOptions(object, key: key, shuffle: shuffle, repeats: repeats)
    guard let kind = key.kind(kindField, of: object, source: source, decoder: &self) else {
      return nil
    }
    return SplitPlan(kind: kind, shuffle: shuffle, repeats: repeats, test: test)
  }

  private mutating func checkOptions(
    _ object: SpecObject<SplitKey>, key: SplitKey, shuffle: Bool, repeats: Int
  ) {
    if repeats > 1, let field = object[.repeats] {
      if !key.canRepeat {
        report(
          .conflict(
            "every repeat of '\(key.rawValue)' would be the same, repeats go with "
              + SplitKey.kinds.filter(\.canRepeat).map { "'\($0.rawValue)'" }
              .joined(separator: " or ")), at: field)
      } else if !shuffle {
        report(
          .conflict(
            "every repeat would be the same without a shuffle, write \"shuffle\": true "
              + "or \"repeats\": 1"), at: field)
      }
    }
    if let field = object[.test], let instead = key.insteadOfTest {
      report(.conflict("'test' does not go with '\(key.rawValue)', \(instead)"), at: field)
    }
  }
}
