/// The first records of a file, read in one dialect, and how well it fits.
struct DialectSample {
  let dialect: CSVDialect
  /// From the one that names the columns, or is the first of data.
  let records: [[String]]
  private let hasTarget: Bool
  /// The share of records that have as many cells as most have.
  private let evenness: Double
  private let numberShare: Double
  private let width: Int

  /// Records that are looked at, and lines before the table that may be none.
  private static let recordLimit = 200
  private static let titleLimit = 20

  /// `nil` where the records cannot be read so.
  init?(_ window: FileWindow, _ dialect: CSVDialect, target: String?) {
    guard var (records, lines) = Self.records(of: window, dialect), !records.isEmpty else {
      return nil
    }
    var widths: [Int: Int] = [:]
    for record in records { widths[record.count, default: 0] += 1 }
    let common = widths.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 1
    // Titles before the table have other numbers of cells; the header has the target.
    let isNamed = target.map(records[0].contains) ?? false
    var dialect = dialect
    if common > 1, !isNamed, let first = records.firstIndex(where: { $0.count == common }),
      first > 0, first <= Self.titleLimit, 2 * (records.count - first) > records.count
    {
      dialect.skippedLineCount = lines[first] - 1
      records.removeFirst(first)
      lines.removeFirst(first)
    }
    let cells = records.dropFirst().joined()
    let numbers = cells.count(where: \.isNumberOfSomeKind)
    self.dialect = dialect
    self.records = records
    width = common
    evenness = Double(records.count { $0.count == common }) / Double(records.count)
    hasTarget = target.map(records[0].contains) ?? false
    numberShare = cells.isEmpty ? 0 : Double(numbers) / Double(cells.count)
  }

  /// The first records with the lines they begin on; `nil` where quotes are out of place.
  private static func records(
    of window: FileWindow, _ dialect: CSVDialect
  ) -> (records: [[String]], lines: [Int])? {
    var scanner = CSVCellScanner(
      window, window.startOfText..<window.count, line: 1, CSVSyntax(dialect))
    var (records, lines): ([[String]], [Int]) = ([], [])
    var isCut = false
    while records.count < recordLimit, scanner.skipLinesWithoutRecord() {
      let place = scanner.place
      lines.append(scanner.line)
      do throws(CSVCellScanner.Failure) {
        records.append(try scanner.record().map(\.text))
      } catch {
        guard records.count < titleLimit else {
          isCut = true
          break
        }
        // A title may have a quote in it; it is no record of any width.
        records.append([])
        scanner.place = place
        if !scanner.skipLines(1) { break }
      }
    }
    // The last record of a window may end, or lose its quote, in the next.
    let isWhole = window.isLast || records.count == recordLimit
    if isCut, isWhole { return nil }
    if !isWhole, records.count > 1 { records.removeLast() }
    return records.contains { !$0.isEmpty } ? (records, lines) : nil
  }

  func isWorse(than other: Self) -> Bool { rank.lexicographicallyPrecedes(other.rank) }

  private var rank: [Double] {
    // Records of a few wrong lengths are an error that is told; they do not make it one column.
    let isTable = width > 1 && evenness >= 0.5
    // Blanks and colons stand in texts and times too.
    let isLikely = dialect.delimiter != .whitespace && dialect.delimiter != ":"
    return [
      hasTarget && width > 1 ? 1 : 0, isTable && evenness >= 0.9 ? 1 : 0, isTable ? 1 : 0,
      isTable ? numberShare : 0, isLikely ? 1 : 0, evenness,
      dialect.comment == nil ? 1 : 0, Double(-dialect.skippedLineCount), Double(width),
    ]
  }

  /// A record of names has no number among them, unless they are the numbers of the columns, as
  /// pandas writes them; a target that it names, or that is called `c3`, decides.
  func hasHeader(target: String?) -> Bool {
    let first = records[0]
    if let target {
      let names = ColumnFinder(header: first, path: "", line: 1).names
      if names.contains(target) { return true }
      if first.indices.contains(where: { target == "c\($0 + 1)" }) { return false }
    }
    guard first.contains(where: \.isNumberOfSomeKind) else {
      return !first.contains { $0 == "?" || $0 == "NA" }
    }
    let numbers = first.compactMap { Int($0) }
    let isCounting = zip(numbers, numbers.dropFirst()).allSatisfy { $1 == $0 + 1 }
    return isCounting && first.count - numbers.count <= 2
      && (numbers.first == 0 && numbers.count > 2 || numbers.first == 1 && numbers.count > 4)
  }
}

extension String {
  /// Whether this is a number, with a point or with a comma before its fraction.
  fileprivate var isNumberOfSomeKind: Bool {
    if DecimalParser().number(self) != nil { return true }
    return utf8.contains(UInt8(ascii: ",")) && last != ","
      && DecimalParser(decimal: .comma).number(self) != nil
  }
}
