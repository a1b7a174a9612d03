// Reads many inputs, right and wrong, with every reader of the program in one process.
//
//     SWEEP_FUZZ_SECONDS=60 swift run -c release sweep-fuzz
//
// SWEEP_FUZZ_COUNT ends it after so many cases instead, SWEEP_FUZZ_SEED (1) draws others,
// SWEEP_FUZZ_READER (csv) is the only one to read, SWEEP_FUZZ_CASE runs one alone. A trap ends the process: `case` in the scratch folder, which is
// told first, then holds the number of the case.
import Foundation

let environment = ProcessInfo.processInfo.environment
func setting(_ name: String) -> Int? { environment["SWEEP_FUZZ_" + name].flatMap { Int($0) } }

let onlyCase = setting("CASE")
let scratch =
  environment["SWEEP_FUZZ_FOLDER"] ?? NSTemporaryDirectory() + "sweep-fuzz-\(getpid())"
var session = try FuzzSession(
  scratch: scratch, seed: UInt64(setting("SEED") ?? 1), reader: environment["SWEEP_FUZZ_READER"])
do {
  if let onlyCase {
    try session.run(onlyCase)
  } else {
    let count = setting("COUNT") ?? (setting("SECONDS") == nil ? 20_000 : .max)
    try session.run(count: count, seconds: Double(setting("SECONDS") ?? .max))
  }
  print(session.summary)
  try session.close()
} catch {
  print("FAILED case \(session.current): \(error)")
  exit(1)
}
