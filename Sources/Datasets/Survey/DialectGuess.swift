import Tables

/// How a text file seems to write its table, guessed from its first records.
///
/// Of the characters that may stand between cells the one is taken that finds the target in the first
/// record; else the one that cuts the records into equally many cells, and of several the one that
/// leaves most numbers.
package struct DialectGuess: Sendable {
  package private(set) var delimiter: UInt8
  /// Whether the first record names the columns.
  package private(set) var hasHeader: Bool
  /// The cells of the first record.
  private(set) var firstRecord: [String]

  private static let candidates = Array(",;\t|: ".utf8)
  /// Records that are looked at.
  private static let sampleLimit = 200

  /// - Parameters:
  ///   - start: where the first record begins, behind empty lines.
  ///   - target: the column that is asked for.
  /// - Throws: a quote out of place, however the file is cut.
  init(_ start: CSVCellScanner, in window: FileWindow, target: String?) throws(DatasetError) {
    let samples = Self.candidates.compactMap { Sample(start, delimiter: $0, window, target) }
    guard let best = samples.max(by: { $0.isWorse(than: $1) }) else {
      var scanner = start
      scanner.delimiter = UInt8(ascii: ",")
      do throws(CSVCellScanner.Failure) {
        while scanner.skipEmptyLines() { _ = try scanner.record() }
      } catch {
        throw .invalid([DatasetProblem(path: window.path, error)])
      }
      throw .invalid(window.path, .empty)
    }
    delimiter = best.delimiter
    firstRecord = best.records[0]
    hasHeader = best.hasHeader(target: target)
  }

  /// The first records, cut by one delimiter.
  private struct Sample {
    let delimiter: UInt8
    private(set) var records: [[String]] = []
    private let hasTarget: Bool
    /// The share of records that have as many cells as most have.
    private var evenness = 0.0
    private var numberShare = 0.0
    private var width = 1

    /// `nil` where the records cannot be read so.
    init?(
      _ start: CSVCellScanner, delimiter: UInt8, _ window: FileWindow, _ target: String?
    ) {
      self.delimiter = delimiter
      var scanner = start
      scanner.delimiter = delimiter
      var isCut = false
      while records.count < DialectGuess.sampleLimit, scanner.skipEmptyLines() {
        guard let record = try? scanner.record() else {
          isCut = true
          break
        }
        records.append(record)
      }
      // The last record of a window may end, or lose its quote, in the next.
      let isWhole = window.isLast || records.count == DialectGuess.sampleLimit
      if isCut, isWhole || records.count < 2 { return nil }
      if !isCut, !isWhole, records.count > 1 { records.removeLast() }
      guard let first = records.first else { return nil }
      hasTarget = target.map(first.contains) ?? false
      measure()
    }

    private mutating func measure() {
      var widths: [Int: Int] = [:]
      for record in records { widths[record.count, default: 0] += 1 }
      let common = widths.max { ($0.value, $0.key) < ($1.value, $1.key) }
      width = common?.key ?? 1
      evenness = Double(common?.value ?? 0) / Double(records.count)
      let cells = records.dropFirst().joined()
      let numbers = cells.count(where: \.isNumberOfSomeKind)
      numberShare = cells.isEmpty ? 0 : Double(numbers) / Double(cells.count)
    }

    func isWorse(than other: Sample) -> Bool {
      func rank(_ sample: Sample) -> [Double] {
        // Records of a few wrong lengths are an error that is told; they do not make it one column.
        let isTable = sample.width > 1 && sample.evenness >= 0.5
        // Blanks and colons stand in texts and times; they delimit where nothing else does.
        let isLikely =
          sample.delimiter != UInt8(ascii: " ") && sample.delimiter != UInt8(ascii: ":")
        return [
          sample.hasTarget && sample.width > 1 ? 1 : 0, isTable && sample.evenness >= 0.9 ? 1 : 0,
          isTable ? 1 : 0, isLikely ? 1 : 0, isTable ? sample.numberShare : 0, sample.evenness,
          Double(sample.width),
        ]
      }
      return rank(self).lexicographicallyPrecedes(rank(other))
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
}

extension String {
  /// Whether this is a number, with a point or with a comma before its fraction.
  fileprivate var isNumberOfSomeKind: Bool {
    DecimalParser().number(self) != nil || isDecimalComma
  }
}
