import Foundation
import Synchronization

/// Runs cases one after another and keeps count of them.
struct FuzzSession {
  private struct Count {
    var accepted = 0
    var refused = 0
    var seconds = 0.0
  }
  private var readers: [any Reader] = []
  private var counts: [Count] = []
  /// For each of a hundred cases the reader that gets it.
  private var turns: [Int] = []
  private let seed: UInt64
  private let scratch: String
  private let caseFile: FileHandle
  private var slowest = (seconds: 0.0, index: 0)
  private(set) var current = 0
  private let watchdog: Watchdog

  private static let kinds: [any Reader.Type] = [
    CSVFuzz.self, LibsvmFuzz.self, NpyFuzz.self, SpecFuzz.self, JournalFuzz.self, MergeFuzz.self,
    TableFuzz.self, FolderFuzz.self,
  ]

  /// - Parameter reader: the only one that reads; `nil` for all.
  init(scratch: String, seed: UInt64, reader: String?) throws {
    self.scratch = scratch
    self.seed = seed
    print("scratch folder \(scratch)")
    try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
    let path = scratch + "/case"
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let file = FileHandle(forWritingAtPath: path)
    else { throw Finding("\(path): cannot be written") }
    caseFile = file
    watchdog = Watchdog()
    let corpus = Corpus(scratch: scratch)
    for kind in Self.kinds {
      if reader == nil || reader == kind.name {
        turns += Array(repeating: readers.count, count: kind.share)
      }
      readers.append(try kind.init(corpus))
      counts.append(Count())
    }
    if turns.isEmpty { throw Finding("no reader is called so") }
  }

  mutating func run(count: Int, seconds: Double) throws {
    let start = ContinuousClock.now
    for index in 0..<count {
      try run(index)
      if index % 100 == 0, (ContinuousClock.now - start) > .seconds(min(seconds, 1e9)) { return }
    }
  }

  mutating func run(_ index: Int) throws {
    current = index
    try caseFile.seek(toOffset: 0)
    try caseFile.write(contentsOf: Data("\(index)\n".utf8))
    watchdog.start(index)
    var draw = Draw(seed: seed, index: index)
    let turn = draw.pick(turns)
    let start = ContinuousClock.now
    let isAccepted = try readers[turn].read(&draw)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    if isAccepted { counts[turn].accepted += 1 } else { counts[turn].refused += 1 }
    counts[turn].seconds += seconds
    if seconds > slowest.seconds { slowest = (seconds, index) }
  }

  /// Removes the folder; too few inputs that were right make the run worthless.
  func close() throws {
    try FileManager.default.removeItem(atPath: scratch)
    for (kind, count) in zip(Self.kinds, counts) where count.accepted + count.refused > 200 {
      guard count.accepted * 10 >= count.accepted + count.refused else {
        throw Finding("\(kind.name): fewer than a tenth of the inputs were right")
      }
    }
  }

  var summary: String {
    var lines = zip(Self.kinds, counts).map { kind, count in
      let name = kind.name.padding(toLength: 8, withPad: " ", startingAt: 0)
      let time = (count.seconds * 10).rounded() / 10
      return "\(name) \(count.accepted + count.refused) read, \(count.accepted) accepted, \(time) s"
    }
    let all = counts.reduce(0) { $0 + $1.accepted + $1.refused }
    let slowest = (self.slowest.seconds * 1000).rounded()
    lines.append(
      "\(all) inputs, the slowest (case \(self.slowest.index)) \(slowest) ms\(Self.memory)")
    return lines.joined(separator: "\n")
  }
}

extension FuzzSession {
  /// The most memory that the process had, where the system tells.
  private static var memory: String {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let kilobytes = line.split(whereSeparator: { " \t".contains($0) }).dropFirst().first
        .flatMap({ Int($0) })
    else { return "" }
    return ", at most \(kilobytes >> 10) MB"
  }
}

/// Ends the process when a case takes longer than any should: by the time it computes, since the machine
/// may be busy with others, and by the clock, since who waits for ever computes nothing.
private final class Watchdog: Sendable {
  private static let computedSeconds = 20.0
  private static let waitedSeconds = 600.0
  private let current = Atomic(-1)

  init() {
    Thread.detachNewThread { [self] in
      var (last, since, computed) = (-1, ContinuousClock.now, clock())
      while true {
        Thread.sleep(forTimeInterval: 1)
        let index = current.load(ordering: .relaxed)
        if index != last { (last, since, computed) = (index, ContinuousClock.now, clock()) }
        let seconds = Double(clock() - computed) / Double(CLOCKS_PER_SEC)
        let waited = (ContinuousClock.now - since) / .seconds(1)
        if index >= 0, seconds > Self.computedSeconds || waited > Self.waitedSeconds {
          print("FAILED case \(index): it hangs")
          exit(1)
        }
      }
    }
  }

  func start(_ index: Int) { current.store(index, ordering: .relaxed) }
}
