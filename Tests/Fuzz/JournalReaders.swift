import Journal
import Platform
import Sweeping
import Tables

/// Journal files: torn, flipped, mixed, and with records whose checks hold around any payload.
struct JournalFuzz: Reader {
  static let name = "journal"
  static let share = 10
  private let kept: [[UInt8]]
  private let mutation = Mutation([
    "\u{1}\u{0}\u{0}\u{0}", "\u{7}\u{7}\u{7}\u{7}\u{7}\u{7}\u{7}\u{7}",
  ])

  init(_ corpus: Corpus) throws {
    kept = try corpus.files("journals").map(\.bytes)
  }

  mutating func read(_ draw: inout Draw) throws -> Bool {
    var bytes = draw.pick(kept)
    let isResealed = draw.chance(50)
    if isResealed {
      bytes = bytes.resealed(&draw, mutation)
    } else if draw.chance(80) {
      mutation(&bytes, &draw, other: draw.pick(kept))
    }
    let scan = JournalScan(bytes)
    guard scan.damagedBytes + scan.tornBytes <= bytes.count else {
      throw Finding("more bytes damaged than there are")
    }
    var contents = JournalContents()
    contents.add(bytes, name: "run.0001.journal")
    contents.add(bytes, name: "run.0002.journal")
    guard contents.warnings.allSatisfy({ !$0.isEmpty }) else { throw Finding("an empty warning") }
    var decodedCount = 0
    for key in contents.keys {
      guard let payload = contents[key] else { throw Finding("a key without a payload") }
      guard let record = JobRecord(decoding: payload) else { continue }
      decodedCount += 1
      var again: [UInt8] = []
      // Weights of two lengths cannot be written; a reader gives them equal ones.
      record.encode(into: &again)
      guard JobRecord(decoding: again[...]) != nil else {
        throw Finding("a record that was read cannot be read again")
      }
    }
    return decodedCount > 0
  }
}

/// A whole run over a journal that holds its own records, damaged and sealed again.
struct MergeFuzz: Reader {
  static let name = "merge"
  static let share = 1
  private let corpus: Corpus
  private let spec: SweepSpec
  private let journal: [UInt8]
  private let mutation = Mutation([
    "\u{1}\u{0}\u{0}\u{0}", "\u{7}\u{7}\u{7}\u{7}\u{7}\u{7}\u{7}\u{7}",
  ])

  init(_ corpus: Corpus) throws {
    self.corpus = corpus
    let text = """
      {"data": {"synthetic": {"rows": 12, "features": 2}}, "split": {"k_fold": 2}, "grid":
        [{"solver": "normal", "lambda": [0, 1]}, {"solver": "gd", "lambda": 1, "eta": 0.1}],
        "training": {"epochs": 3}, "outputs": ["coefficients", "history", "predictions"]}
      """
    spec = try SpecReader.read(text: Array(text.utf8), path: corpus.path("m.json"))
    let output = corpus.path("merge")
    let request = RunRequest(spec: spec, output: output, workers: 1)
    _ = try SweepRun(request, log: { _ in }).perform()
    journal = try WholeFile.read(output + "/journal/run.0001.journal")
  }

  mutating func read(_ draw: inout Draw) throws -> Bool {
    var bytes = journal
    if draw.chance(70) {
      bytes = bytes.resealed(&draw, mutation)
    } else if draw.chance(70) {
      mutation(&bytes, &draw, other: journal)
    }
    _ = try corpus.write(bytes, "merge/journal/run.0001.journal")
    do {
      let request = RunRequest(spec: spec, output: corpus.path("merge"), workers: 1)
      _ = try SweepRun(request, log: { _ in }).merge()
      return true
    } catch is RunStop {
      return false
    }
  }
}

extension [UInt8] {
  /// This journal with some payloads changed and all checks right.
  fileprivate func resealed(_ draw: inout Draw, _ mutation: Mutation) -> [UInt8] {
    let scan = JournalScan(self)
    var batch = JournalBatch()
    for record in scan.records {
      var payload = [UInt8](self[record.payload])
      if draw.chance(30) { mutation(&payload, &draw, other: payload) }
      // A word changed as a whole keeps the layout: counts, bits of presence, the status.
      if draw.chance(30), payload.count >= 8 {
        let word = draw.below(payload.count / 8) * 8
        payload[word + draw.below(8)] = UInt8(draw.below(draw.chance(50) ? 4 : 256))
      }
      batch.add(record.key, payload: payload)
    }
    var header = JournalFormat.header(stamp: Array("fuzz".utf8))
    // One that a later program wrote, its checks right as well.
    if draw.chance(3) {
      header[8] = UInt8(draw.below(256))
      let check = JournalFormat.checksum(header.span.extracting(0..<16))
      for place in 0..<4 { header[16 + place] = UInt8(truncatingIfNeeded: check >> (8 * place)) }
    }
    return header + batch.bytes
  }
}
