import Datasets
import Numerics

/// CSV files, alone and with a validation file; cut small and whole, by one and two workers.
struct CSVFuzz: Reader {
  static let name = "csv"
  static let share = 40
  private let corpus: Corpus
  private let kept: [[UInt8]]
  private let mutation = Mutation([
    ",\n", "y", "a0", "c1", "1,2\n", "\"a\nb\"", "train", "x^2", "//", "--", "# \"", "1.234,5",
    "1,234", "\u{A0}",
  ])

  init(_ corpus: Corpus) throws {
    self.corpus = corpus
    kept = try corpus.files("csv").map(\.bytes)
  }

  mutating func read(_ draw: inout Draw) throws -> Bool {
    var input = CSVInput(&draw)
    if draw.chance(10), !kept.isEmpty { input.bytes = draw.pick(kept) }
    if draw.chance(60) { mutation(&input.bytes, &draw, other: CSVInput(&draw).bytes) }
    input.source.path = try corpus.write(input.bytes, "d.csv")
    var extraFiles: [Dataset.ExtraFile] = []
    if input.labelColumn == nil, draw.chance(20) {
      var other = input.bytes
      if draw.chance(50) { mutation(&other, &draw, other: input.bytes) }
      extraFiles = [("validation", try corpus.write(other, "v.csv"))]
    }
    let testCount = draw.below(4)
    func load(_ workers: Int, _ chunkByteCount: Int, _ windowSize: Int? = nil) -> String {
      do throws(DatasetError) {
        let dataset = try CSVLoader(
          input.source, labelColumn: input.labelColumn, allowedLabels: input.allowedLabels,
          extraFiles: extraFiles,
          testRows: { count, _ in (0..<min(testCount, count - 1)).map { Int32($0) } },
          workers: workers, chunkByteCount: chunkByteCount, windowSize: windowSize
        ).load()
        return dataset.summary + dataset.hash(windowSize)
      } catch {
        return "refused: \(error.withoutHints)"
      }
    }
    let whole = load(1, 1 << 20)
    let size = 1 + draw.below(40)
    let pieces = load(2, size, draw.chance(50) ? 64 + draw.below(200) : nil)
    guard whole.hasPrefix(pieces) else {
      throw Finding("pieces of \(size) bytes read otherwise:\n\(whole)\n\(pieces)")
    }
    return !whole.hasPrefix("refused: ")
  }
}

/// LIBSVM files.
struct LibsvmFuzz: Reader {
  static let name = "libsvm"
  static let share = 14
  private let corpus: Corpus
  private let kept: [[UInt8]]
  private let mutation = Mutation(["0:", "1:", "2147483647:1", "qid:3", " # x", "3:4 ", "1:1 1:2"])

  init(_ corpus: Corpus) throws {
    self.corpus = corpus
    kept = try corpus.files("libsvm").map(\.bytes)
  }

  mutating func read(_ draw: inout Draw) throws -> Bool {
    var bytes = draw.chance(10) && !kept.isEmpty ? draw.pick(kept) : Self.lines(&draw)
    if draw.chance(60) { mutation(&bytes, &draw, other: Self.lines(&draw)) }
    let path = try corpus.write(bytes, "d.svm")
    let other = try draw.chance(20) ? corpus.write(Self.lines(&draw), "v.svm") : nil
    func load(_ workers: Int, _ chunkByteCount: Int, _ windowSize: Int? = nil) -> String {
      do throws(DatasetError) {
        let dataset = try LibsvmLoader(
          path: path, extraFiles: other.map { [("validation", $0)] } ?? [], workers: workers,
          chunkByteCount: chunkByteCount, windowSize: windowSize
        ).load()
        return dataset.summary + dataset.hash(windowSize)
      } catch {
        return "refused: \(error)"
      }
    }
    let whole = load(1, 1 << 20)
    let pieces = load(2, 1 + draw.below(30), draw.chance(50) ? 64 + draw.below(200) : nil)
    guard whole.hasPrefix(pieces) else {
      throw Finding("pieces read otherwise:\n\(whole)\n\(pieces)")
    }
    return !whole.hasPrefix("refused: ")
  }

  private static func lines(_ draw: inout Draw) -> [UInt8] {
    let first = draw.chance(30) ? 0 : 1
    let step = draw.chance(20) ? 400 : 3
    var text = draw.chance(10) ? "\u{FEFF}" : ""
    for _ in 0..<draw.below(8) {
      text += draw.pick(["1", "-1", "+1", "0.5", "1e3"])
      var index = first
      for _ in 0..<draw.below(6) {
        text += " \(index):\(draw.pick(["1", "0", "-2.5", "1e-7", ".5"]))"
        index += 1 + draw.below(step)
      }
      text += draw.pick(["\n", "\n", " # c\n", "\r\n", "\n\n"])
    }
    return Array(text.utf8)
  }
}

extension DatasetError {
  /// What a file suggests is looked for in the first window, and here windows are tiny.
  fileprivate var withoutHints: DatasetError {
    guard case .invalid(var problems) = self else { return self }
    for index in problems.indices { problems[index].hint = nil }
    // With a suggestion the target alone is told.
    let target = problems.first {
      if case .unknownColumn(_, _, use: .target, _) = $0.reason { true } else { false }
    }
    return .invalid(target.map { [$0] } ?? problems)
  }
}

extension Dataset {
  /// Only windows of whole blocks have the hash of the file.
  fileprivate func hash(_ windowSize: Int?) -> String {
    windowSize == nil ? "\n\(contentHash)" : ""
  }

  /// Every value that was read, to compare two readings by.
  var summary: String {
    let numbers = (0..<rowCount).map { row in
      (0..<min(featureNames.count, 50)).map { "\(features[row, $0].bitPattern)" }
        .joined(separator: " ")
        + " \(target[row].bitPattern) \(weights?.values[row].bitPattern ?? 0) "
        + "\(origins.number(of: row))"
    }
    return "\(featureNames.count) \(featureNames.prefix(50)) \(splitLabels ?? [])"
      + " \(textClasses ?? []) \(remarks) \(levelGroups) \(weights?.unit ?? 1)\n"
      + numbers.joined(separator: "\n")
  }
}
