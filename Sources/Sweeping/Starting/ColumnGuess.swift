import Datasets
import Tables

/// What a column that is not the target seems to be for.
enum ColumnGuess: Hashable {
  case number
  case category(levels: Int)
  case leftOut(LeftOut)

  /// Why a column is no feature.
  enum LeftOut: Hashable, CaseIterable {
    case repeatedName, reservedName, empty, constant, mostlyMissing, countsRows, identifies, date,
      manyTexts
  }

  /// Texts are levels when few rows share none: at most this many, five rows each or more.
  static let mostLevels = 200
  private static let fewLevels = 10

  /// - Parameter role: what is known of the column but its cells.
  init(_ column: ColumnSurvey, _ role: ColumnRole, rowCount: Int) {
    if role.isRepeated {
      self = .leftOut(.repeatedName)
    } else if role.name == FeatureNames.intercept {
      self = .leftOut(.reservedName)
    } else if column.presentCount == 0 {
      self = .leftOut(.empty)
    } else if column.distinctCount == 1 {
      self = .leftOut(.constant)
    } else if 2 * column.missingCount > rowCount {
      self = .leftOut(.mostlyMissing)
    } else if column.looksLikeNumbersOfRows(role) {
      self = .leftOut(.countsRows)
    } else if column.identifies(role) {
      self = .leftOut(.identifies)
    } else {
      self = column.isNumeric ? .number : Self.text(column)
    }
  }

  private static func text(_ column: ColumnSurvey) -> ColumnGuess {
    let count = column.presentCount
    if 10 * column.dateCount >= 9 * count { return .leftOut(.date) }
    guard let levels = column.distinctCount, levels <= mostLevels,
      5 * levels <= count || levels <= fewLevels && 2 * levels <= count
    else { return .leftOut(.manyTexts) }
    return .category(levels: levels)
  }
}

extension ColumnSurvey {
  /// Whether every cell that is there is a number or every one a truth value.
  var isNumeric: Bool {
    presentCount > 0 && (numberCount == presentCount || booleanCount == presentCount)
  }

  /// Whether the column counts the rows: from 0 or 1, or from anywhere as a name that says so.
  fileprivate func looksLikeNumbersOfRows(_ role: ColumnRole) -> Bool {
    guard order.countsUp, numberCount > 9, missingCount == 0 else { return false }
    return order.firstNumber == 0 || order.firstNumber == 1 || role.isIdentifier
  }

  /// Whether the column tells things apart and says nothing of them: by its name, or as the first of
  /// columns without names, with whole numbers of which nearly all are different.
  fileprivate func identifies(_ role: ColumnRole) -> Bool {
    guard presentCount > 9, numberCount == presentCount, range.isWhole else { return false }
    let differing = Double(distinctCount ?? .max) / Double(presentCount)
    return role.isIdentifier && (distinctCount ?? .max) > 10
      || role.isFirstOfUnnamed && differing > 0.9 && (range.largest?.value ?? 0) >= 1000
  }

  /// Whether a value stands for several rows, as a patient of many visits does: rows of one value stand
  /// together, or the name says so.
  func looksGrouped(_ role: ColumnRole) -> Bool {
    guard let distinctCount, distinctCount > 4, 3 * distinctCount <= 2 * presentCount,
      missingCount == 0, numberCount == 0 || range.isWhole, !ColumnName(role.name).isTime
    else { return false }
    if ColumnName(role.name).isGroup || role.isIdentifier { return true }
    return order.runCount == distinctCount && (numberCount == 0 || order.isStepwise)
  }

  /// Whether the rows seem to be in order of this time; of dates that is not known where they begin
  /// with the day.
  func looksLikeTime(_ role: ColumnRole) -> Bool {
    guard (distinctCount ?? .max) > 4, presentCount > 0 else { return false }
    return 10 * dateCount >= 9 * presentCount || order.isSorted && ColumnName(role.name).isTime
  }
}

/// What is known of a column without looking at its cells.
struct ColumnRole {
  let name: String
  /// Whether the header has no name for it.
  var isNameless = false
  /// Whether another column has the same name.
  var isRepeated = false
  /// Whether it is the first column of a file that names none.
  var isFirstOfUnnamed = false

  /// As pandas and R write the names of rows, the first column has no name.
  var isIdentifier: Bool { isNameless || ColumnName(name).isIdentifier }
}

/// What a column's name says of it.
struct ColumnName {
  private let words: [String]
  private let name: String

  init(_ name: String) {
    self.name = name.lowercased()
    var words: [String] = []
    var last: Character = "_"
    for letter in name {
      let isWord = letter.isLetter || letter.isNumber
      // `PassengerId` is two words, `ID` is one.
      if isWord,
        words.isEmpty || !(last.isLetter || last.isNumber) || letter.isUppercase && last.isLowercase
      {
        words.append("")
      }
      if isWord { words[words.count - 1].append(contentsOf: letter.lowercased()) }
      last = letter
    }
    self.words = words
  }

  var isIdentifier: Bool {
    guard let last = words.last else { return false }
    return ["id", "ids", "uuid", "guid"].contains(last) || Self.rowNames.contains(name)
  }

  var isGroup: Bool { words.contains { Self.groups.contains($0) } }
  var isTime: Bool { words.contains { Self.times.contains($0) } }

  private static let rowNames: Set<String> = [
    "unnamed: 0", "index", "rownames", "row", "rowname", "row number", "row_number", "no", "nr",
    "obs",
    "key",
  ]
  private static let groups: Set<String> = [
    "subject", "patient", "person", "participant", "user", "customer", "client", "household",
    "family", "individual", "speaker", "donor", "animal", "hospital", "group",
  ]
  private static let times: Set<String> = [
    "date", "time", "datetime", "timestamp", "year", "month", "week", "day", "ds",
  ]
}
