import Tables

extension ColumnSurvey {
  /// Texts of the column that seem to stand for a missing value: a few words among numbers, and
  /// numbers such as -999 far from all others.
  var likelyMarks: [String] {
    words + [range.smallest, range.largest].compactMap { $0 }.filter(isMark).map(\.text)
  }

  /// Words between so many numbers that the column is one of numbers. What has a digit, as `10+`,
  /// says more than nothing.
  private var words: [String] {
    let texts = texts.all.map(\.value.text)
    guard booleanCount == 0, (1...3).contains(texts.count), 5 * numberCount >= 4 * presentCount,
      !texts.contains(where: { $0.contains(where: \.isNumber) })
    else { return [] }
    return texts
  }

  /// Whether the number at one end is one of those that stand for nothing, held by several cells, and
  /// farther from the next one than that is from the other end; above, ten times as large.
  private func isMark(_ end: NumberRanks.End) -> Bool {
    guard let next = end.next, end.count > 1, let smallest = range.smallest,
      let largest = range.largest, abs(end.value) < 1e15, end.value == end.value.rounded()
    else { return false }
    let digits = String(Int(abs(end.value)))
    let areNines = digits.allSatisfy { $0 == "9" }
    if end.value < 0 {
      return (areNines || digits.count > 2 && digits.hasSuffix("00"))
        && next - end.value > largest.value - next
    }
    return areNines && digits.count > 2 && end.value == largest.value && end.value >= 10 * next
      && end.value - next > next - smallest.value
  }
}
