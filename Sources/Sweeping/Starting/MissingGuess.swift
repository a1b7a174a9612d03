import Datasets
import Tables

/// What a guessed spec does with missing cells: numbers get the mean of each fold's training rows and
/// a column that says where, texts a level of their own, and rows without a target are left out.
struct MissingGuess {
  /// The members of `data` that say so.
  let members: [JSONValue.Member]
  let remarks: [String]

  init(_ columns: [GuessedColumn], target: String, missingTargetCount: Int) {
    let missing = columns.filter { !$0.isLeftOut && $0.survey.missingCount > 0 }
      .sorted { $0.survey.missingCount > $1.survey.missingCount }
    let numbers = missing.filter { !$0.isCategory }
    let categories = missing.filter(\.isCategory)
    // A level that is called so already would be another one of that name.
    let named = categories.filter { $0.survey.texts.count(of: ExactText("missing")) > 0 }
    let levels = categories.filter { $0.survey.texts.count(of: ExactText("missing")) == 0 }
    func word(_ policy: MissingRules.Policy) -> JSONValue { .string(policy.rawValue) }

    var remarks: [String] = []
    if missingTargetCount > 0 {
      remarks.append(
        "the target is missing in \(counted(missingTargetCount, "row")), which "
          + "\(missingTargetCount == 1 ? "is" : "are") left out (\"missing\": \"drop_rows\")")
    }
    guard !missing.isEmpty else {
      members =
        missingTargetCount > 0 ? [.init(DataKey.missing.rawValue, word(.dropRows))] : []
      self.remarks = remarks
      return
    }
    var rules: [JSONValue.Member] = numbers.isEmpty ? [] : [.init("*", word(.mean))]
    rules += levels.map { .init($0.name, word(.level)) }
    rules += named.map { .init($0.name, word(.dropRows)) }
    if missingTargetCount > 0 { rules.append(.init(target, word(.dropRows))) }
    var members: [JSONValue.Member] = [.init(DataKey.missing.rawValue, .object(rules))]
    if !numbers.isEmpty {
      // A file may say already where cells were missing.
      let names = Set(columns.map { ExactText($0.name) })
      let isTold = numbers.contains { names.contains(ExactText("\($0.name) missing")) }
      if !isTold { members.append(.init(DataKey.missingIndicator.rawValue, true)) }
      remarks.append(
        "missing numbers get the mean of the training rows"
          + (isTold ? "" : ", and a column says where (\"missing_indicator\")")
          + ": \(Self.list(numbers))")
    }
    if !levels.isEmpty {
      remarks.append("missing texts are a level of their own: \(Self.list(levels))")
    }
    if !named.isEmpty { remarks.append("rows are left out that lack \(Self.list(named))") }
    self.members = members
    self.remarks = remarks
  }

  private static func list(_ columns: [GuessedColumn]) -> String {
    let shown = columns.prefix(GuessRemarks.limit).map {
      "\(GuessRemarks.shown($0.name)) \($0.survey.missingCount)"
    }
    return shown.joined(separator: ", ") + (columns.count > GuessRemarks.limit ? ", …" : "")
  }
}
