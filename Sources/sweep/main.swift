import Foundation
import Sweeping

func run() throws {
  let arguments = CommandLine.arguments
  let path = arguments[2]
  var output: String?
  var workers = ProcessInfo.processInfo.activeProcessorCount
  var i = 3
  while i < arguments.count {
    if arguments[i] == "--output" { output = arguments[i + 1] }
    if arguments[i] == "-j" { workers = Int(arguments[i + 1]) ?? 1 }
    i += 2
  }
  let spec = try SpecReader.read(
    text: [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))), path: path)
  let request = RunRequest(
    spec: spec, output: output ?? "results/\(spec.name)", workers: workers)
  _ = try SweepRun(request) { StandardError.write($0 + "\n") }.perform()
}
do { try run() } catch { print(error); exit(1) }
