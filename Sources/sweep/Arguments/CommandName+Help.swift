extension CommandName {
  /// What stands after the command, in order.
  var operands: [String] {
    switch self {
    case .run, .plan, .merge, .slurm, .check: ["SPEC"]
    case .diff: ["DIR", "DIR"]
    case .plot, .report: ["DIR"]
    case .initialise: ["NAME"]
    case .completions: ["SHELL"]
    case .schema, .help: []
    }
  }

  /// What may stand after the command but need not.
  var optionalOperand: String? {
    self == .help ? (["COMMAND"] + HelpTopic.allCases.map(\.rawValue)).joined(separator: "|") : nil
  }

  var summary: String {
    switch self {
    case .run: "fit every point of a grid and write the tables"
    case .plan: "say what 'run' would do: points, jobs, what is done, memory, time"
    case .merge: "write the tables from the journals of all shards"
    case .slurm: "print (or submit) a Slurm job array and the merge that waits for it"
    case .check: "rerun a spec in memory and hold it against its gates and a baseline"
    case .diff: "compare two results folders"
    case .plot: "draw the curves of a results folder as SVG"
    case .report: "write a results folder as one HTML page"
    case .schema: "print the JSON Schema of a spec"
    case .initialise: "write a spec to start from, NAME.json"
    case .completions: "print completions for bash, zsh or fish"
    case .help: "show help for a command, or what a spec may hold"
    }
  }

  /// What is worth knowing beyond the options.
  var details: String? {
    switch self {
    case .run:
      """
      Results go to ./results/<name>. What is done is kept: after an interruption, or with points
      added, 'run' fits only what is new. The first Ctrl-C finishes the jobs in flight.
      """
    case .merge: "Exits with 5 and names what is missing when some shard is not done."
    case .check:
      """
      Without gates every number of the curve must agree with the baseline's within 1e-9 relative.
      Exits with 2 when a gate fails, a result got worse or one of the baseline is gone; an
      improvement never fails.
      """
    case .initialise:
      """
      The spec runs as it is; its description says how to go on. For editors that complete and
      explain keys, sweep.schema.json is written beside it unless it is there.
      """
    default: nil
    }
  }

  /// Command lines that work, each with what it does.
  var examples: [(line: String, effect: String)] {
    switch self {
    case .run:
      [
        ("sweep run experiments/ridge.json", "fit what is not done yet"),
        (
          "sweep run experiments/complexity.json --set grid.lambda=0.1 -o /tmp/one",
          "another grid, elsewhere"
        ),
        ("sweep run experiments/ridge.json -j 4 --output /tmp/ridge", "elsewhere, 4 at a time"),
        ("sweep run experiments/ridge.json --shard 2/3", "the second of three parts"),
      ]
    case .plan: [("sweep plan experiments/ridge.json", "how much there is to do")]
    case .merge: [("sweep merge experiments/ridge.json", "after the last shard")]
    case .slurm:
      [
        ("sweep slurm experiments/ridge.json --shards 16", "print the scripts"),
        (
          "sweep slurm experiments/ridge.json --shards 16 --sbatch-args \"--mem 4G\"",
          "with more memory"
        ),
        ("sweep slurm experiments/ridge.json --shards 16 --submit", "submit them"),
      ]
    case .check:
      [
        ("sweep check experiments/ridge.json", "against results/ridge"),
        (
          "sweep check experiments/ridge.json --junit check.xml --format github",
          "in a CI job"
        ),
      ]
    case .diff: [("sweep diff results/ridge /tmp/ridge", "what moved, and by how much")]
    case .plot: [("sweep plot results/ridge --output ridge.svg", "training and validation curves")]
    case .report: [("sweep report results/ridge", "writes results/ridge/report.html")]
    case .schema: [("sweep schema > sweep.schema.json", "for an editor's completion")]
    case .initialise: [("sweep init demo && sweep run demo.json", "the first minute")]
    case .completions:
      [
        ("eval \"$(sweep completions bash)\"", "in ~/.bashrc"),
        ("mkdir -p ~/.zfunc && sweep completions zsh > ~/.zfunc/_sweep", ""),
        ("sweep completions fish > sweep.fish", "to be sourced by config.fish"),
      ]
    case .help:
      [("sweep help run", "one command")]
        + HelpTopic.allCases.map { ("sweep help \($0.rawValue)", $0.summary) }
        + [("sweep help --man | man -l -", "everything")]
    }
  }
}
