import Tables

/// A POSIX shell script that submits a sweep to Slurm: an array with one task a shard, and the
/// merge that waits until every task has succeeded.
///
/// Each task names its shard itself, so that a part of the array that is submitted again does the
/// same work. Tasks may be requeued at any moment: what is in the journal is not run again. Slurm
/// itself requeues what it or a node's failure ended; a task whose program was killed, by the
/// kernel for its memory, say, puts itself back.
package struct SlurmScript: Sendable {
  /// The experiment's name: letters, digits, `.`, `_` and `-`.
  package let name: String
  package let shardCount: Int
  /// Absolute paths; any characters but a zero byte.
  package let program: String
  package let spec: String
  package let output: String
  /// What else `sweep run` and `sweep merge` are given, such as `--set grid.lambda=1`.
  package var commonArguments: [String] = []
  /// Options for both calls of `sbatch`; an array option goes to the array alone.
  package var sbatchArguments: [String] = []

  package init(
    name: String, shardCount: Int, program: String, spec: String, output: String,
    commonArguments: [String] = [], sbatchArguments: [String] = []
  ) {
    precondition(shardCount >= 1)
    precondition([program, spec, output].allSatisfy { $0.hasPrefix("/") })
    self.name = name
    self.shardCount = shardCount
    self.program = program
    self.spec = spec
    self.output = output
    self.commonArguments = commonArguments
    self.sbatchArguments = sbatchArguments
  }

  package var text: String {
    """
    #!/bin/sh
    # \(name) in \(shardCount) shards on Slurm, then the merge that writes the tables.
    # Run this file with sh to submit both. To submit it again is safe: done jobs are kept.
    set -eu
    mkdir -p -- \(ShellWords.quote(output + "/slurm"))
    cd -- \(ShellWords.quote(output))

    shards=$(sbatch \(words(["--parsable"] + sbatchArguments)) \(hereDocument(shardText, "SWEEP_SHARD"))
    )
    shards=${shards%%;*}
    echo "shards: job $shards, an array of \(shardCount)"

    merge=$(sbatch \(words(["--parsable"] + mergeSbatchArguments)) \\
      --dependency="afterok:$shards" --kill-on-invalid-dep=yes \(hereDocument(mergeText, "SWEEP_MERGE"))
    )
    echo "merge: job ${merge%%;*}, when all shards have succeeded"

    """
  }

  private var shardText: String {
    """
    #!/bin/sh
    #SBATCH --job-name=\(name)
    #SBATCH --array=1-\(shardCount)
    #SBATCH --output=slurm/%A_%a.log
    #SBATCH --open-mode=append
    #SBATCH --requeue
    trap : TERM  # the sweep gets the signal too, and this shell waits until it has stopped
    status=0
    \(words([program, "run", spec, "--output", output] + commonArguments)) \\
      --shard "$SLURM_ARRAY_TASK_ID/\(shardCount)" -j "${SLURM_CPUS_ON_NODE:-1}" || status=$?
    case $status in
      3) status=0 ;;  # jobs that failed are for the merge to report
      129 | 13[1-9] | 14[0-24-9] | 15?)  # killed: once more, twice at most
        [ "${SLURM_RESTART_COUNT:-0}" -ge 2 ] || scontrol requeue "$SLURM_JOB_ID" ;;
    esac
    exit "$status"
    """
  }

  private var mergeText: String {
    """
    #!/bin/sh
    #SBATCH --job-name=\(name)-merge
    #SBATCH --output=slurm/%j_merge.log
    #SBATCH --open-mode=append
    #SBATCH --requeue
    exec \(words([program, "merge", spec, "--output", output] + commonArguments))
    """
  }

  /// A text for the standard input of a command. What ends it is a line that the text does not have: a path
  /// may have lines, too.
  private func hereDocument(_ text: String, _ mark: String) -> String {
    var mark = mark
    let lines = Set(text.utf8.split(separator: UInt8(ascii: "\n")).map(Array.init))
    while lines.contains(Array(mark.utf8)) { mark += "_" }
    return "<<'\(mark)'\n\(text)\n\(mark)"
  }

  /// Without `--array` in any of its spellings: the merge is one job.
  private var mergeSbatchArguments: [String] {
    var kept: [String] = []
    var isValue = false
    for argument in sbatchArguments {
      if isValue {
        isValue = false
      } else if argument == "--array" || argument == "-a" {
        isValue = true
      } else if !argument.hasPrefix("--array=")
        && !(argument.hasPrefix("-a") && !argument.hasPrefix("--"))
      {
        kept.append(argument)
      }
    }
    return kept
  }

  private func words(_ words: [String]) -> String {
    words.map(ShellWords.quote).joined(separator: " ")
  }
}
