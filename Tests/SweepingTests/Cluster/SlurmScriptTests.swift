import Foundation
import Platform
import Sweeping
import Tables
import TestSupport
import Testing

struct ShellWordsTests {
  @Test(arguments: [
    ("", []), ("  a  b\tc ", ["a", "b", "c"]),
    ("--comment='a b' -p x", ["--comment=a b", "-p", "x"]),
    (#""a \"b\" \n" c\ d"#, [#"a "b" \n"#, "c d"]), ("'' \"\"", ["", ""]), (#"'a\'"#, [#"a\"#]),
    ("ü'ß e'\u{301}", ["üß e\u{301}"]),
  ])
  func `a line is split as a shell does`(line: String, words: [String]) throws {
    #expect(try ShellWords.split(line) == words)
  }

  @Test(arguments: ["'a", "\"a", "\"a\\\"", "a\\"])
  func `what is not closed is an error`(line: String) {
    let error = #expect(throws: ShellWordsError.self) { try ShellWords.split(line) }
    #expect(error?.description.hasPrefix("'\(line)': ") == true)
  }

  @Test(arguments: [
    "", "a", "a b", "it's", "$HOME `x` \"y\" \\", "a\nb", "*?[~#&;|<>(){}!", "ü%", "it'\u{301}s",
  ])
  func `a quoted word comes back`(word: String) throws {
    #expect(try ShellWords.split(ShellWords.quote(word)) == [word])
  }
}

struct SlurmScriptTests {
  /// Runs the script with an `sbatch` that notes its options and its script and prints a number.
  private func submit(_ script: SlurmScript, in folder: ScratchFolder) throws -> [String] {
    let bin = folder.url.path + "/bin"
    try Folder.create(bin)
    try WholeFile.write(
      """
      #!/bin/sh
      cd \(ShellWords.quote(folder.url.path))
      number=$(($(ls -d call.* 2>/dev/null | wc -l) + 1))
      printf '%s\\n' "$@" >call.$number
      cat >script.$number
      echo "10$number;cluster"

      """, to: bin + "/sbatch")
    try #require(unsafe chmod(bin + "/sbatch", 0o755) == 0)
    try WholeFile.write(
      "PATH=\(ShellWords.quote(bin)):$PATH\n" + script.text, to: folder.url.path + "/submit.sh")
    let status = unsafe system("sh \(ShellWords.quote(folder.url.path + "/submit.sh")) >/dev/null")
    try #require(status == 0)
    return try (1...2).flatMap { number in
      try ["call", "script"].map { name in
        String(decoding: try WholeFile.read("\(folder.url.path)/\(name).\(number)"), as: UTF8.self)
      }
    }
  }

  @Test func `the array and the merge after it are submitted`() throws {
    let folder = try ScratchFolder()
    let script = SlurmScript(
      name: "ridge", shardCount: 8, program: "/opt/sweep", spec: "/home/a/ridge.json",
      output: folder.url.path + "/out",
      sbatchArguments: ["-p", "long", "--array=1-8%2", "-a", "1-8%2", "--comment=it's"])
    let calls = try submit(script, in: folder)
    #expect(
      calls[0] == "--parsable\n-p\nlong\n--array=1-8%2\n-a\n1-8%2\n--comment=it's\n")
    #expect(
      calls[1] == """
        #!/bin/sh
        #SBATCH --job-name=ridge
        #SBATCH --array=1-8
        #SBATCH --output=slurm/%A_%a.log
        #SBATCH --open-mode=append
        #SBATCH --requeue
        trap : TERM  # the sweep gets the signal too, and this shell waits until it has stopped
        status=0
        /opt/sweep run /home/a/ridge.json --output \(folder.url.path)/out \\
          --shard "$SLURM_ARRAY_TASK_ID/8" -j "${SLURM_CPUS_ON_NODE:-1}" || status=$?
        case $status in
          3) status=0 ;;  # jobs that failed are for the merge to report
          129 | 13[1-9] | 14[0-24-9] | 15?)  # killed: once more, twice at most
            [ "${SLURM_RESTART_COUNT:-0}" -ge 2 ] || scontrol requeue "$SLURM_JOB_ID" ;;
        esac
        exit "$status"

        """)
    #expect(
      calls[2] == """
        --parsable
        -p
        long
        --comment=it's
        --dependency=afterok:101
        --kill-on-invalid-dep=yes

        """)
    #expect(
      calls[3].hasSuffix(
        "exec /opt/sweep merge /home/a/ridge.json --output \(folder.url.path)/out\n"))
    #expect(Folder.isThere(folder.url.path + "/out/slurm"))
  }

  @Test(arguments: [
    "a b", "it's", "'\u{301}\r\n", "$(touch x)`y`\"", "new\nline",
    "a\nSWEEP_SHARD\nSWEEP_MERGE\n(exit 9)\n", "SWEEP_SHARD\nSWEEP_SHARD_\n", "100%", "\\", "-n",
    "ü",
  ])
  func `odd paths reach the program unchanged`(oddity: String) throws {
    let folder = try ScratchFolder()
    let program = folder.url.path + "/\(oddity) program"
    try WholeFile.write("#!/bin/sh\nprintf '%s\\0' \"$@\"\n", to: program)
    try #require(unsafe chmod(program, 0o755) == 0)
    let output = folder.url.path + "/\(oddity)"
    let script = SlurmScript(
      name: "x", shardCount: 3, program: program, spec: folder.url.path + "/\(oddity).json",
      output: output, commonArguments: ["--set", "name=\(oddity)"])
    _ = try submit(script, in: folder)
    #expect(Folder.isThere(output + "/slurm"))
    let expected = ["--output", output, "--set", "name=\(oddity)"]
    let spec = folder.url.path + "/\(oddity).json"
    for (number, arguments) in [
      (1, ["run", spec] + expected + ["--shard", "2/3", "-j", "4"]),
      (2, ["merge", spec] + expected),
    ] {
      let status = unsafe system(
        "cd \(folder.url.path) && SLURM_ARRAY_TASK_ID=2 SLURM_CPUS_ON_NODE=4 sh script.\(number) >told"
      )
      #expect(status == 0)
      let told = try WholeFile.read(folder.url.path + "/told").split(separator: 0)
      #expect(told.map { String(decoding: $0, as: UTF8.self) } == arguments)
    }
  }

  /// The status that a task exits with, and how often it put itself back in the queue.
  @Test(arguments: [
    (0, 0, "0", ""), (3, 0, "0", ""), (64, 0, "64", ""), (143, 0, "143", ""), (130, 0, "130", ""),
    (137, 0, "137", "requeue 77"), (139, 1, "139", "requeue 77"), (137, 2, "137", ""),
    (141, 0, "141", "requeue 77"), (129, 0, "129", "requeue 77"),
  ])
  func `a task that was killed goes back to the queue`(
    status: Int, restarts: Int, exit: String, requeue: String
  ) throws {
    let folder = try ScratchFolder()
    let program = folder.url.path + "/program"
    try WholeFile.write("#!/bin/sh\nexit \(status)\n", to: program)
    try #require(unsafe chmod(program, 0o755) == 0)
    let script = SlurmScript(
      name: "x", shardCount: 3, program: program, spec: "/x", output: folder.url.path)
    _ = try submit(script, in: folder)
    try WholeFile.write(
      """
      scontrol() { echo "$@"; }
      SLURM_ARRAY_TASK_ID=2 SLURM_JOB_ID=77 SLURM_RESTART_COUNT=\(restarts)
      . ./script.1

      """, to: folder.url.path + "/task")
    _ = unsafe system("cd \(folder.url.path) && { sh ./task >told; echo $? >status; }")
    let lines = try ["status", "told"].map {
      String(decoding: try WholeFile.read("\(folder.url.path)/\($0)"), as: UTF8.self)
    }
    #expect(lines == [exit + "\n", requeue.isEmpty ? "" : requeue + "\n"])
  }

  @Test func `without Slurm nothing is done`() throws {
    let folder = try ScratchFolder()
    #expect(throws: SlurmSubmissionError.noSlurm) {
      try SlurmSubmission.require(searchPath: "/nonexistent:\(folder.url.path)")
    }
  }
}
