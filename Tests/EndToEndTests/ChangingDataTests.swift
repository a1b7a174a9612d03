import Foundation
import TestSupport
import Testing

/// Data that are written to while they are read: a message, exit status 65, and nothing kept.
///
/// The validation file is a pipe: the program opens it when it has read the start of the other file, and
/// then waits, so that the test knows where it is.
struct ChangingDataTests {
  private let program: BuiltProgram
  private let folder: ScratchFolder

  init() throws {
    program = try BuiltProgram()
    folder = try ScratchFolder()
    let note = String(repeating: "x", count: 1000)
    let rows = (0..<rowCount).map { "\($0 % 7),\($0 % 5),\($0 % 11),\(note)\n" }
    try folder.write("a,b,y,note\n" + rows.joined(), to: "d.csv")
    try folder.write(
      """
      {"data": {"csv": "d.csv", "target": "y", "drop": ["note"]}, "split": {"files": {"validation": "v.fifo"}},
       "grid": {"solver": "normal", "lambda": [1, 2]}}
      """, to: "s.json")
    let isMade = unsafe mkfifo(folder.url.path + "/v.fifo", 0o600) == 0
    #expect(isMade)
  }

  /// More bytes than are read at once.
  private let rowCount = 18_000
  private let validation = "a,b,y,note\n1,2,3,n\n3,1,4,n\n2,2,1,n\n"

  enum Change: CaseIterable {
    case none, truncated, overwritten, appended, replaced, removed
  }

  @Test(arguments: Change.allCases)
  func `data that change while they are read are refused`(change: Change) throws {
    let running = try program.start(["run", "s.json", "--output", "out"], in: folder.url)
    // Returns when the program has opened the pipe.
    let pipe = try FileHandle(forWritingTo: folder.url.appendingPathComponent("v.fifo"))
    let data = folder.url.appendingPathComponent("d.csv")
    switch change {
    case .none: break
    case .truncated: try FileHandle(forWritingTo: data).truncate(atOffset: 1000)
    case .overwritten:
      let file = try FileHandle(forWritingTo: data)
      try file.seek(toOffset: 11)
      try file.write(contentsOf: Data("9".utf8))
    case .appended:
      let file = try FileHandle(forWritingTo: data)
      try file.seekToEnd()
      try file.write(contentsOf: Data("1,2,3,n\n".utf8))
    case .replaced: try Data(contentsOf: data).write(to: data, options: .atomic)
    case .removed: try FileManager.default.removeItem(at: data)
    }
    try pipe.write(contentsOf: Data(validation.utf8))
    try pipe.close()
    let outcome = try running.wait()
    if change == .none {
      #expect(outcome.exitStatus == 0, "\(outcome.errors)")
      return
    }
    #expect(outcome.exitStatus == 65)
    #expect(outcome.errors.contains("d.csv: changed while it was read"))
    #expect(!FileManager.default.fileExists(atPath: folder.url.path + "/out"))
  }

  @Test(arguments: [(2, 130), (15, 143)] as [(Int32, Int32)])
  func `a signal is heard while a pipe has nothing to read`(signal: Int32, status: Int32) throws {
    let running = try program.start(["run", "s.json", "--output", "out"], in: folder.url)
    let pipe = try FileHandle(forWritingTo: folder.url.appendingPathComponent("v.fifo"))
    running.send(signal: signal)
    let outcome = try running.wait()
    #expect(outcome.exitStatus == status)
    #expect(outcome.errors.contains("interrupted"))
    try pipe.close()
  }

  @Test func `standard input is data that come once`() throws {
    try folder.write(
      """
      {"name": "s", "data": {"csv": "-", "target": "y", "drop": ["note"]}, "split": {"k_fold": 2},
       "grid": {"solver": "normal", "lambda": [1, 2]}}
      """, to: "s.json")
    try folder.write(validation + validation.dropFirst(11), to: "v.csv")
    let outcome = try program.run(
      ["run", "s.json", "--output", "out"], in: folder.url, limits: "exec <v.csv")
    #expect(outcome.exitStatus == 0, "\(outcome.errors)")
  }
}
