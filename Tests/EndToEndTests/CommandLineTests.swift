import Foundation
import TestSupport
import Testing
import sweep

struct CommandLineTests {
  private let program: BuiltProgram
  private let folder: ScratchFolder

  init() throws {
    program = try BuiltProgram()
    folder = try ScratchFolder()
  }

  private func run(
    _ arguments: String..., environment: [String: String] = [:]
  ) throws -> BuiltProgram.Outcome {
    try program.run(arguments, in: folder.url, environment: environment)
  }

  private let spec = """
    {"data": {"csv": "d.csv", "target": "y"}, "grid": {"solver": "normal", "lambda": [1, 2]}}
    """

  @Test func aBareSweepIsShortAndFriendlyAndAUsageError() throws {
    let outcome = try run()
    #expect(outcome.exitStatus == 64)
    #expect(outcome.output == "")
    #expect(outcome.errors.contains("sweep init demo"))
    #expect(outcome.errors.split(separator: "\n").count < 8)
  }

  @Test(arguments: ["--help", "-h", "help"])
  func helpGoesToStandardOutput(word: String) throws {
    let outcome = try run(word)
    #expect(outcome.exitStatus == 0)
    #expect(outcome.errors == "")
    for command in CommandName.allCases.map(\.rawValue) {
      #expect(outcome.output.contains("  \(command) "))
    }
  }

  private static let commands = CommandName.allCases.map(\.rawValue)
  private static let topics = HelpTopic.allCases.map(\.rawValue)

  private static func listed(_ words: [String]) -> String {
    words.dropLast().joined(separator: ", ") + " or " + words[words.count - 1]
  }

  @Test(arguments: commands)
  func everyCommandHasHelpWithAnExample(command: String) throws {
    let byOption = try run(command, "--help")
    let byCommand = try run("help", command)
    #expect(byOption.exitStatus == 0)
    #expect(byOption.output == byCommand.output)
    #expect(byOption.output.contains("usage: sweep \(command)"))
    #expect(byOption.output.contains("example"))
    #expect(byOption.output.contains("\n  sweep \(command)"))
    for line in byOption.output.split(separator: "\n") { #expect(line.count <= 100) }
  }

  @Test func theVersionIsOneLine() throws {
    let outcome = try run("--version")
    #expect(outcome.exitStatus == 0)
    #expect(outcome.output.wholeMatch(of: /sweep \d+\.\d+\.\d+\n/) != nil)
  }

  /// Every message about a command line, each provoked.
  @Test(arguments: [
    (
      ["--quiet"],
      "no command, write one of \(CommandLineTests.listed(CommandLineTests.commands))"
    ),
    (["rnu"], "unknown command 'rnu' (did you mean 'run'?)"),
    (
      ["frobnicate"],
      "unknown command 'frobnicate', write one of \(CommandLineTests.listed(CommandLineTests.commands))"
    ),
    (["ridge.json"], "unknown command 'ridge.json' (did you mean 'sweep run ridge.json'?)"),
    (["run"], "'sweep run' needs SPEC, as in: sweep run experiments/ridge.json"),
    (["run", ""], "'sweep run' needs SPEC, as in: sweep run experiments/ridge.json"),
    (["diff", "a"], "'sweep diff' needs DIR, as in: sweep diff results/ridge /tmp/ridge"),
    (["run", "a.json", "b.json"], "unexpected 'b.json', 'sweep run' takes SPEC"),
    (["schema", "x"], "unexpected 'x', 'sweep schema' takes nothing"),
    (
      ["run", "a.json", "--outptu", "x"],
      "unknown option '--outptu' of 'sweep run' (did you mean '--output'?)"
    ),
    (
      ["schema", "--wibble"],
      "unknown option '--wibble' of 'sweep schema', which has --quiet, --progress, --color, --format or --help"
    ),
    (
      ["merge", "a.json", "--shard", "1/2"],
      "'--shard' is no option of 'sweep merge', it belongs to 'sweep run'"
    ),
    (
      ["run", "a.json", "-x"],
      "unknown option '-x' of 'sweep run', which has --output, --jobs, --fresh, --replace, --shard, --set, --dry-run, --quiet, --progress, --color, --format or --help"
    ),
    (["run", "a.json", "--output"], "'--output' needs a value, DIR"),
    (["run", "a.json", "--output="], "'--output' needs a value, DIR"),
    (["run", "a.json", "--output", "--fresh"], "'--output' needs a value, DIR"),
    (["run", "a.json", "-j"], "'-j' needs a value, N"),
    (["run", "a.json", "--fresh=1"], "'--fresh' takes no value"),
    (["run", "a.json", "-j0"], "-j: found '0', must be a whole number from 1 to 100000"),
    (
      ["run", "a.json", "--jobs", "two"],
      "--jobs: found 'two', must be a whole number from 1 to 100000"
    ),
    (
      ["run", "a.json", "--rerun", "faild"],
      "--rerun: found 'faild', must be failed (did you mean 'failed'?)"
    ),
    (["run", "a.json", "--shard", "3/2"], "--shard '3/2': shards are numbered from 1 to 2"),
    (
      ["run", "a.json", "--set", "grid.lambda"],
      "--set: found 'grid.lambda', must be PATH=VALUE such as grid.lambda=0.1"
    ),
    (["run", "a.json", "--format", "github"], "--format: found 'github', must be text or json"),
    (
      ["run", "a.json", "--color=allways"],
      "--color: found 'allways', must be auto, always or never (did you mean 'always'?)"
    ),
    (
      ["run", "a.json", "--progress", "line"],
      "--progress: found 'line', must be auto, bar, lines or none (did you mean 'lines'?)"
    ),
    (
      ["slurm", "a.json"],
      "'sweep slurm' needs --shards, as in: sweep slurm experiments/ridge.json --shards 16"
    ),
    (["completions", "bsh"], "found 'bsh', must be bash, zsh or fish (did you mean 'bash'?)"),
    (
      ["help", "rnu"],
      "found 'rnu', must be \(CommandLineTests.listed(CommandLineTests.commands + CommandLineTests.topics)) (did you mean 'run'?)"
    ),
    (["help", "run", "plan"], "unexpected 'plan', 'sweep help' takes nothing"),
    (["init", "a b"], "found 'a b', must be a name of letters, digits, '.', '_' and '-'"),
  ])
  func aWrongCommandLineHasOneMessageAndAPointerToHelp(
    arguments: [String], message: String
  ) throws {
    let outcome = try program.run(arguments, in: folder.url)
    #expect(outcome.exitStatus == 64)
    #expect(outcome.output == "")
    let lines = outcome.errors.split(separator: "\n")
    #expect(lines.first.map(String.init) == "sweep: \(message)")
    #expect(lines.last?.hasPrefix("sweep: see 'sweep help") == true)
    #expect(try folder.names == [])
  }

  @Test(arguments: [
    ["plan", "s.json"], ["--quiet", "plan", "s.json"], ["plan", "-q", "--", "s.json"],
    ["run", "s.json", "--dry-run"], ["plan", "--jobs=4", "s.json"], ["plan", "-j4", "s.json"],
    ["plan", "-j", "4", "s.json"], ["plan", "-qj", "4", "s.json"], ["plan", "-qj4", "s.json"],
    ["plan", "-j=4", "s.json", "-o", "out", "--shard", "1/1", "--color", "never"],
  ])
  func theseSpellingsAllAskForAPlan(arguments: [String]) throws {
    try folder.write(spec, to: "s.json")
    try folder.write("x,y\n1,2\n2,3\n3,5\n4,4\n", to: "d.csv")
    let outcome = try program.run(arguments, in: folder.url)
    #expect(outcome.errors == "")
    #expect(outcome.exitStatus == 0)
    #expect(outcome.output.contains("2 points"))
    #expect(try folder.names == ["d.csv", "s.json"])
  }

  @Test func setChangesTheSpecAndTheLastOneCounts() throws {
    try folder.write(spec, to: "s.json")
    try folder.write("x,y\n1,2\n2,3\n3,5\n4,4\n", to: "d.csv")
    let outcome = try run(
      "plan", "s.json", "--set", "grid.lambda=[1]", "--set=grid.lambda=[1, 2, 3]")
    #expect(outcome.exitStatus == 0)
    #expect(outcome.output.contains("3 points"))
  }

  @Test func aBadSpecIsExitSixtyFiveWithEveryErrorAndNoOutput() throws {
    try folder.write(
      #"{"data": {"csv": "d.csv", "target": "y"}, "seed": -1, "gird": {}}"#, to: "s.json")
    let outcome = try run("run", "s.json")
    #expect(outcome.exitStatus == 65)
    #expect(outcome.output == "")
    #expect(
      outcome.errors == """
        s.json:1:51: seed: found -1, must be a whole number from 0 to 18446744073709551615
        s.json:1:55: gird: unknown key (did you mean 'grid'?)

        """)
    #expect(try folder.names == ["s.json"])
  }

  @Test func anErrorOfAnOverrideNamesIt() throws {
    try folder.write(spec, to: "s.json")
    let outcome = try run("run", "s.json", "--set", "grid.lambda=-1")
    #expect(outcome.exitStatus == 65)
    #expect(outcome.errors == "--set grid.lambda: found -1, must be a number of at least 0\n")
  }

  @Test(arguments: ["missing.json", "missing/s.json"])
  func aMissingSpecIsExitSixtySix(path: String) throws {
    let outcome = try run("run", path)
    #expect(outcome.exitStatus == 66)
    #expect(outcome.errors == "\(path): no such file\n")
  }

  @Test func aFolderInPlaceOfASpecIsExitSixtySix() throws {
    let outcome = try run("run", ".")
    #expect(outcome.exitStatus == 66)
    #expect(outcome.errors.contains("."))
  }

  @Test func aGridBeyondTheLimitSaysHowToLiftIt() throws {
    try folder.write(spec, to: "s.json")
    try folder.write("x,y\n1,2\n2,3\n3,5\n4,4\n", to: "d.csv")
    let outcome = try run("plan", "s.json", "--set", "limits.max_jobs=1")
    #expect(outcome.exitStatus == 65)
    #expect(outcome.errors.contains("raise the limit with --set limits.max_jobs="))
  }

  @Test func initWritesASpecThatCanBePlannedAndNeverOverwrites() throws {
    let first = try run("init", "demo")
    #expect(first.exitStatus == 0)
    #expect(first.output == "wrote demo.json; next: sweep run demo.json\n")
    let written = try folder.text(of: "demo.json")
    #expect(written.contains("\"name\": \"demo\""))
    #expect(written.split(separator: "\n").count < 35)
    #expect(try run("plan", "demo.json").output.contains("58 points"))
    #expect(written.contains("\"$schema\": \"sweep.schema.json\""))
    #expect(try folder.text(of: "sweep.schema.json") == run("schema").output)
    let second = try run("init", "demo.json")
    #expect(second.exitStatus == 74)
    #expect(second.errors == "demo.json: there is such a file already, it is left as it is\n")
    #expect(try folder.text(of: "demo.json") == written)
  }

  @Test func outputThatCannotBeWrittenIsExitSeventyFour() throws {
    let shell = try Shell.run("\(program.path) schema > /dev/full", in: folder.url)
    #expect(shell.status == 74)
    #expect(shell.text.contains("stdout: cannot be written: no space left on device"))
  }

  @Test func aReaderThatGoesAwayIsNoError() throws {
    let shell = try Shell.run(
      "set -o pipefail; \(program.path) schema | head -n 1", in: folder.url)
    #expect(shell.status == 0)
    #expect(shell.text == "{\n")
  }

  @Test func theBashCompletionCompletes() throws {
    try folder.write(try run("completions", "bash").output, to: "completion.bash")
    func complete(_ words: String) throws -> [String] {
      let script = """
        source completion.bash
        COMP_WORDS=(\(words)); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _sweep
        printf '%s\\n' "${COMPREPLY[@]}"
        """
      return try Shell.run(script, in: folder.url).text.split(separator: "\n").map(String.init)
    }
    #expect(try complete("sweep pl") == ["plan", "plot"])
    #expect(try complete("sweep run --sh") == ["--shard"])
    #expect(try complete("sweep completions f") == ["fish"])
    #expect(try complete("sweep run x.json --color a") == ["auto", "always"])
    #expect(try complete("sweep run compl") == ["completion.bash"])
  }

  /// The quoting of zsh's list is that of bash, which is there to read it.
  @Test func completionsKeepTheirPunctuation() throws {
    let zsh = try run("completions", "zsh").output
    let list = try #require(zsh.firstMatch(of: /(?s)commands=\((.*?)\n  \)/)).1
    let read = try Shell.run("list=(\(list)); printf '%s\\n' \"${list[@]}\"", in: folder.url)
    #expect(read.text.contains("plan:say what 'run' would do\\: points, jobs, what is done"))
    #expect(
      try run("completions", "fish").output.contains("-d 'say what \\'run\\' would do: points"))
  }
}

/// A script of bash, with what it says on either stream.
private struct Shell {
  let status: Int32
  let text: String

  static func run(_ script: String, in folder: URL) throws -> Shell {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = folder
    process.standardOutput = pipe
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Shell(
      status: process.terminationStatus, text: String(decoding: data, as: UTF8.self))
  }
}
