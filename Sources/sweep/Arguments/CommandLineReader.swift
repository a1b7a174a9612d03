import Sweeping
import Tables

/// Reads a command line: scanned low, validated here.
enum CommandLineReader {
  /// - Parameter environment: read for the shard when `--shard` does not give it.
  static func read(
    _ arguments: [String], environment: [String: String]
  ) throws(UsageError) -> Command {
    let scanned = try ArgumentScanner(arguments)
    if scanned.has(.help) { return .help(scanned.command, CommonOptions()) }
    if scanned.has(.version) {
      let reader = OptionReader(name: scanned.command ?? .help, scanned: scanned)
      return .version(try reader.common())
    }
    guard let name = scanned.command else { throw .noCommand }
    let reader = OptionReader(name: name, scanned: scanned)
    switch name {
    case .run, .plan:
      let options = try reader.run(environment: environment)
      return name == .plan || scanned.has(.dryRun) ? .plan(options) : .run(options)
    case .merge:
      return .merge(
        MergeOptions(
          spec: try reader.spec(), output: try reader.path(.output),
          replaces: scanned.has(.replace), common: try reader.common()))
    case .slurm: return .slurm(try reader.slurm())
    case .check: return .check(try reader.check())
    case .diff:
      let folders = try reader.takeOperands()
      return .diff(
        DiffOptions(
          first: folders[0], second: folders[1], allowsMissing: scanned.has(.allowMissing),
          common: try reader.common()))
    case .plot:
      return .plot(
        PlotOptions(
          results: try reader.takeOperands()[0], output: try reader.path(.output),
          common: try reader.common()))
    case .report:
      return .report(
        ReportOptions(
          results: try reader.takeOperands()[0], output: try reader.path(.output),
          common: try reader.common()))
    case .schema:
      _ = try reader.takeOperands()
      _ = try reader.common()
      return .schema
    case .initialise:
      return .initialise(
        InitOptions(name: try reader.takeOperands()[0], common: try reader.common()))
    case .completions:
      return .completions(
        try reader.word(try reader.takeOperands()[0]), try reader.common())
    case .help:
      let common = try reader.common()
      let allowed = scanned.has(.man) ? 0 : 1
      if let extra = scanned.operands.dropFirst(allowed).first {
        throw .extraOperand(extra, command: .help)
      }
      if scanned.has(.man) { return .manual(common) }
      guard let word = scanned.operands.first else { return .help(nil, common) }
      if let topic = HelpTopic(rawValue: word) { return .topic(topic, common) }
      guard let command = CommandName(rawValue: word) else {
        throw .badOperand(
          found: word, allowed: HelpTopic.words.listed,
          nearest: nearestName(to: word, among: HelpTopic.words))
      }
      return .help(command, common)
    }
  }
}

/// Turns the scanned words of one command into its options.
struct OptionReader {
  let name: CommandName
  let scanned: ArgumentScanner

  /// The operands, as many as the command needs.
  func takeOperands() throws(UsageError) -> [String] {
    let wanted = name.operands
    if let missing = wanted.dropFirst(scanned.operands.count).first {
      throw .missingOperand(missing, command: name)
    }
    if let extra = scanned.operands.dropFirst(wanted.count).first {
      throw .extraOperand(extra, command: name)
    }
    if let index = scanned.operands.firstIndex(of: "") {
      throw .missingOperand(wanted[index], command: name)
    }
    return scanned.operands
  }

  func spec() throws(UsageError) -> SpecArgument {
    let path = try takeOperands()[0]
    var overrides: [SpecOverride] = []
    for text in scanned.values[.set] ?? [] {
      guard let override = SpecOverride(argument: text) else {
        throw .badValue(
          option: "--set", found: text, allowed: "PATH=VALUE such as grid.lambda=0.1",
          nearest: nil)
      }
      overrides.append(override)
    }
    return SpecArgument(path: path, overrides: overrides)
  }

  func common() throws(UsageError) -> CommonOptions {
    var options = CommonOptions()
    options.isQuiet = scanned.has(.quiet)
    if let progress = try choice(.progress, ProgressStyle.self) {
      options.progress = progress
    }
    if let color = try choice(.color, CommonOptions.Color.self) { options.color = color }
    if let format = try choice(.format, CommonOptions.Format.self) { options.format = format }
    return options
  }

  func run(environment: [String: String]) throws(UsageError) -> RunOptions {
    var options = RunOptions(spec: try spec())
    options.output = try path(.output)
    options.workers = try whole(.jobs)
    options.isFresh = scanned.has(.fresh)
    options.replaces = scanned.has(.replace)
    _ = try choice(.rerun, Rerun.self)
    do {
      options.shard = try Shard.resolve(flag: scanned.last(.shard), environment: environment)
    } catch {
      throw .shard(error)
    }
    options.common = try common()
    return options
  }

  private enum Rerun: String, CaseIterable {
    case failed
  }

  func slurm() throws(UsageError) -> SlurmOptions {
    let spec = try spec()
    guard let shards = try whole(.shards) else { throw .missingOption(.shards, command: name) }
    return SlurmOptions(
      spec: spec, output: try path(.output), shardCount: shards,
      sbatchArguments: scanned.last(.sbatchArgs), submits: scanned.has(.submit),
      replaces: scanned.has(.replace), common: try common())
  }

  func check() throws(UsageError) -> CheckOptions {
    CheckOptions(
      spec: try spec(), baseline: try path(.baseline),
      allowsMissing: scanned.has(.allowMissing), junit: try path(.junit), workers: try whole(.jobs),
      common: try common())
  }

  // MARK: Values

  func path(_ option: OptionName) throws(UsageError) -> String? {
    guard let path = scanned.last(option) else { return nil }
    if path.isEmpty {
      throw .missingValue(
        option: scanned.spellings[option] ?? option.rawValue,
        value: name.placeholder(of: option) ?? "PATH")
    }
    return path
  }

  /// A whole number from 1 to 100,000.
  func whole(_ option: OptionName) throws(UsageError) -> Int? {
    guard let text = scanned.last(option) else { return nil }
    guard let value = Int(text), (1...100_000).contains(value) else {
      throw .badValue(
        option: scanned.spellings[option] ?? option.rawValue, found: text,
        allowed: "a whole number from 1 to 100000", nearest: nil)
    }
    return value
  }

  /// One of the words that the option takes after this command.
  func choice<Word: RawRepresentable<String>>(
    _ option: OptionName, _: Word.Type
  ) throws(UsageError) -> Word? {
    guard let text = scanned.last(option) else { return nil }
    guard case .word(let words) = name.value(of: option) else { return nil }
    if words.contains(text), let word = Word(rawValue: text) { return word }
    throw .badValue(
      option: option.rawValue, found: text, allowed: words.listed,
      nearest: nearestName(to: text, among: words))
  }

  func word<Word: RawRepresentable<String> & CaseIterable>(
    _ text: String
  ) throws(UsageError) -> Word {
    if let word = Word(rawValue: text) { return word }
    let words = Word.allCases.map(\.rawValue)
    throw .badOperand(
      found: text, allowed: words.listed, nearest: nearestName(to: text, among: words))
  }
}
