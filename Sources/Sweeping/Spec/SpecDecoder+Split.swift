import Datasets
import ModelSelection
import Results
import Tables

extension SpecDecoder {
  /// The split; without one, a quarter of the shuffled rows validates.
  ///
  /// `shuffle` may stand with every kind, since `train_size` takes the first rows after it.
  /// `repeats` beyond 1 needs a shuffled `holdout` or `k_fold`: any other split would repeat
  /// itself. `test` cannot stand with `column` or `files`, which name their test rows themselves.
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
    guard let kind = decodeKind(key, kindField, object, source: source) else { return nil }
    return SplitPlan(kind: kind, shuffle: shuffle, repeats: repeats, test: test)
  }

  private mutating func decodeKind(
    _ key: SplitKey, _ field: SpecField, _ object: SpecObject<SplitKey>, source: DataSource?
  ) -> SplitPlan.Kind? {
    switch key {
    case .holdout: return number(key, of: object).map { .holdout($0) }
    case .kFold: return whole(key, of: object).map { .kFold($0) }
    case .leaveOneOut:
      if field.node.bool == true { return .leaveOneOut }
      mismatch(field, allowed: "true (leave the key out for another split)")
      return nil
    case .column: return decodeColumn(field, source: source).map { .column($0) }
    case .foldColumn: return decodeColumn(field, source: source).map { .foldColumn($0) }
    case .files: return decodeFiles(field, source: source)
    case .shuffle, .repeats, .test: return nil
    }
  }

  private mutating func checkOptions(
    _ object: SpecObject<SplitKey>, key: SplitKey, shuffle: Bool, repeats: Int
  ) {
    if repeats > 1, let field = object[.repeats] {
      if !key.canRepeat {
        report(
          .conflict(
            "every repeat of '\(key.rawValue)' would be the same, repeats go with 'holdout' "
              + "or 'k_fold'"), at: field)
      } else if !shuffle {
        report(
          .conflict(
            "every repeat would be the same without a shuffle, write \"shuffle\": true "
              + "or \"repeats\": 1"), at: field)
      }
    }
    if let field = object[.test], key.namesTestRows {
      let instead =
        key == .column ? "mark test rows with 'test' in the column" : "write split.files.test"
      report(.conflict("'test' does not go with '\(key.rawValue)', \(instead)"), at: field)
    }
  }

  /// A column that only says where a row belongs.
  private mutating func decodeColumn(_ field: SpecField, source: DataSource?) -> String? {
    guard let name = text(field, "the name of a column") else { return nil }
    switch source {
    case nil: break
    case .csv(let csv):
      if csv.target == name {
        report(.conflict("'\(name)' is the target, so it cannot say how to split"), at: field)
      } else if csv.features?.contains(name) == true || csv.categorical.contains(name) {
        report(
          .conflict("'\(name)' is a feature, a split column must not be one, take it out there"),
          at: field)
      }
    case .libsvm, .npy, .synthetic:
      report(.conflict("only 'csv' data have columns to split by"), at: field)
    }
    return name
  }

  private mutating func decodeFiles(_ field: SpecField, source: DataSource?) -> SplitPlan.Kind? {
    guard let object = object(field, FilesKey.self) else { return nil }
    switch source {
    case .npy, .synthetic:
      report(.conflict("validation and test files go with 'csv' or 'libsvm' data"), at: field)
    case .csv, .libsvm, nil: break
    }
    let validation = require(.validation, in: object).flatMap { path($0) }
    let test = path(object[.test])
    return validation.map { .files(validation: $0, test: test) }
  }
}

extension SplitPlan {
  /// Whether every fit is validated on one set of rows only, whatever the data hold.
  var hasOneFold: Bool {
    switch kind {
    case .holdout: repeats == 1
    case .column, .files: true
    case .kFold, .leaveOneOut, .foldColumn: false
    }
  }

  /// Whether rows may be held out as a test set; a split column may or may not have some.
  var mayHaveTestSet: Bool {
    if test != nil { return true }
    switch kind {
    case .column: return true
    case .files(_, let test): return test != nil
    case .holdout, .kFold, .leaveOneOut, .foldColumn: return false
    }
  }
}
