package import Tables

/// What the cells of one column of a file are, counted: enough to guess what the column is for.
///
/// A cell is one of: missing (a default mark), a finite number, `true` or `false`, or another text.
/// Surveys of consecutive stretches of a file add up in their order.
package struct ColumnSurvey: Sendable {
  /// Cells that hold a mark of a missing value, and which marks other than an empty cell.
  package private(set) var missingCount = 0
  package private(set) var marks: Set<String> = []
  package private(set) var numberCount = 0
  package private(set) var booleanCount = 0
  /// Other cells than missing ones, numbers and truth values; dates and the like are among them.
  package private(set) var textCount = 0
  package private(set) var dateCount = 0
  /// `inf` and the like.
  package private(set) var nonFiniteCount = 0
  /// Whether some cell is not UTF-8.
  private(set) var isNotUTF8 = false
  package private(set) var numbers: DistinctValues<Double>
  package private(set) var texts: DistinctValues<ExactText>
  package private(set) var order = CellOrder()
  package private(set) var range = NumberRanks()

  /// - Parameter limit: how many different values are told apart.
  init(limit: Int) {
    numbers = DistinctValues(limit: limit)
    texts = DistinctValues(limit: limit)
  }

  package var presentCount: Int { numberCount + booleanCount + textCount }

  /// How many values there are, or `nil` when there are more than are told apart.
  package var distinctCount: Int? {
    guard let numbers = numbers.count, let texts = texts.count else { return nil }
    return numbers + texts
  }

  mutating func add(
    _ cell: CSVCellScanner.Cell, _ marks: MissingMarks, _ format: NumberFormat
  ) {
    let cell = cell.trimmed
    if marks.contain(cell) {
      missingCount += 1
      if cell.byteCount > 0 { self.marks.insert(cell.text) }
      return
    }
    if let number = unsafe format.number(cell.start, end: cell.end), number.isFinite {
      numberCount += 1
      numbers.add(number)
      range.add(number) { cell.text }
      order.add(.number(number))
      return
    }
    guard let text = cell.validText else {
      isNotUTF8 = true
      textCount += 1
      return
    }
    add(text)
  }

  private mutating func add(_ text: String) {
    var text = text
    if text.isTruthValue {
      booleanCount += 1
      text = text.lowercased()
    } else {
      textCount += 1
      if text.isNonFinite { nonFiniteCount += 1 }
      if text.isDate { dateCount += 1 }
    }
    let exact = ExactText(text)
    // A text of pages is no level, and a million of them are not kept.
    if text.utf8.count <= 256 { texts.add(exact) } else { texts.giveUp() }
    order.add(.text(exact))
  }

  /// Adds the survey of the rows that come next.
  mutating func add(_ next: ColumnSurvey) {
    missingCount += next.missingCount
    marks.formUnion(next.marks)
    numberCount += next.numberCount
    booleanCount += next.booleanCount
    textCount += next.textCount
    dateCount += next.dateCount
    nonFiniteCount += next.nonFiniteCount
    isNotUTF8 = isNotUTF8 || next.isNotUTF8
    numbers.add(next.numbers)
    texts.add(next.texts)
    order.add(next.order)
    range.add(next.range)
  }
}

extension String {
  /// `true` or `false` in any case.
  var isTruthValue: Bool {
    guard utf8.count == 4 || utf8.count == 5 else { return false }
    let word = lowercased()
    return word == "true" || word == "false"
  }

  /// What Python's `float()` reads as a number that is not finite.
  var isNonFinite: Bool {
    guard utf8.count <= 9 else { return false }
    return Self.nonFiniteWords.contains(lowercased())
  }

  private static let nonFiniteWords: Set<String> = [
    "nan", "+nan", "-nan", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity",
  ]

  /// Whether this begins as a date does: three numbers, one of them a year of four digits, or two
  /// digits at the end, between `-`, `/` or `.`; a time of day may follow.
  var isDate: Bool {
    guard (6...40).contains(utf8.count) else { return false }
    let day = prefix { $0 != " " && $0 != "T" }
    guard let separator = day.first(where: { !$0.isNumber }), "-/.".contains(separator) else {
      return false
    }
    let parts = day.split(separator: separator, omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } })
    else { return false }
    let widths = parts.map(\.utf8.count)
    return widths[0] == 4 && (1...2).contains(widths[1]) && (1...2).contains(widths[2])
      || (1...2).contains(widths[0]) && (1...2).contains(widths[1])
        && (widths[2] == 4 || widths[2] == 2)
  }
}
