/// One of several parts of a sweep, counted from 1.
package struct Shard: Hashable, Sendable, CustomStringConvertible {
  package let index: Int
  package let count: Int

  package init(_ index: Int, of count: Int) throws(ShardError) {
    guard count >= 1, index >= 1, index <= count else {
      throw .outOfRange(text: "\(index)/\(count)", count: count)
    }
    self.index = index
    self.count = count
  }

  /// `2/3`.
  package var description: String { "\(index)/\(count)" }

  /// The name of its journal files: `shard-2-of-3`.
  package var label: String { "shard-\(index)-of-\(count)" }

  /// The shard whose label this is, or `nil`.
  package init?(label: String) {
    let words = label.split(separator: "-", omittingEmptySubsequences: false)
    guard words.count == 4, words[0] == "shard", words[2] == "of",
      let index = Int(words[1]), let count = Int(words[3]),
      let shard = try? Shard(index, of: count), shard.label == label
    else { return nil }
    self = shard
  }

  /// The shard to run, from `--shard` and the environment.
  ///
  /// | `--shard` | shard |
  /// |---|---|
  /// | `2/3` | the second of three, whatever the environment says |
  /// | `auto` | from `SLURM_ARRAY_TASK_ID` and `SLURM_ARRAY_TASK_COUNT` |
  /// | `auto/3` | of three, from `SLURM_ARRAY_TASK_ID` or `JOB_COMPLETION_INDEX` |
  /// | `none` | none: the whole sweep, whatever the environment says |
  /// | not given | as `auto` when both Slurm variables are set, otherwise none |
  ///
  /// Slurm's numbers are counted from `SLURM_ARRAY_TASK_MIN` in steps of
  /// `SLURM_ARRAY_TASK_STEP`. Without a minimum (no real Slurm leaves it out) 1 is the first
  /// shard, and 0 stands for the last one, so arrays from 0 and from 1 both cover everything.
  /// `JOB_COMPLETION_INDEX` of Kubernetes counts from 0.
  package static func resolve(
    flag: String?, environment: [String: String]
  ) throws(ShardError) -> Shard? {
    guard let flag else {
      return environment["SLURM_ARRAY_TASK_ID"] != nil
        && environment["SLURM_ARRAY_TASK_COUNT"] != nil
        ? try fromSlurm(environment, count: nil) : nil
    }
    if flag == "none" { return nil }
    if flag == "auto" {
      guard environment["SLURM_ARRAY_TASK_ID"] != nil else {
        throw .missing(variable: "SLURM_ARRAY_TASK_ID", flag: flag)
      }
      return try fromSlurm(environment, count: nil)
    }
    let parts = flag.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let count = number(parts[1]) else { throw .malformed(text: flag) }
    guard count >= 1 else { throw .outOfRange(text: flag, count: count) }
    if parts[0] == "auto" {
      if environment["SLURM_ARRAY_TASK_ID"] != nil {
        return try fromSlurm(environment, count: count)
      }
      let variable = "JOB_COMPLETION_INDEX"
      guard environment[variable] != nil else { throw .missing(variable: variable, flag: flag) }
      return try Shard(try value(of: variable, in: environment) + 1, of: count)
    }
    guard let index = number(parts[0]) else { throw .malformed(text: flag) }
    return try Shard(index, of: count)
  }

  private static func fromSlurm(
    _ environment: [String: String], count givenCount: Int?
  ) throws(ShardError) -> Shard {
    let task = try value(of: "SLURM_ARRAY_TASK_ID", in: environment)
    let count: Int
    if let givenCount {
      count = givenCount
    } else {
      count = try value(of: "SLURM_ARRAY_TASK_COUNT", in: environment)
    }
    guard environment["SLURM_ARRAY_TASK_MIN"] != nil else {
      return try Shard(task == 0 ? count : task, of: count)
    }
    let first = try value(of: "SLURM_ARRAY_TASK_MIN", in: environment)
    let step =
      environment["SLURM_ARRAY_TASK_STEP"] == nil
      ? 1 : max(1, try value(of: "SLURM_ARRAY_TASK_STEP", in: environment))
    guard task >= first, (task - first) % step == 0 else {
      throw .outOfRange(text: "SLURM_ARRAY_TASK_ID=\(task)", count: count)
    }
    return try Shard((task - first) / step + 1, of: count)
  }

  private static func value(
    of variable: String, in environment: [String: String]
  ) throws(ShardError) -> Int {
    guard let text = environment[variable] else {
      throw .missing(variable: variable, flag: "auto")
    }
    guard let value = number(text) else { throw .malformedVariable(variable, text: text) }
    return value
  }

  /// Digits alone, no sign, below a million.
  private static func number(_ text: some StringProtocol) -> Int? {
    guard !text.isEmpty, text.utf8.count <= 6,
      text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
    else { return nil }
    return Int(text)
  }
}

package enum ShardError: Error, Hashable, CustomStringConvertible {
  case malformed(text: String)
  case outOfRange(text: String, count: Int)
  case missing(variable: String, flag: String)
  case malformedVariable(String, text: String)

  package var description: String {
    switch self {
    case .malformed(let text):
      "--shard '\(text)': expected I/N, such as 2/3 for the second of three shards, 'auto', 'auto/N' or 'none'"
    case .outOfRange(let text, let count) where count < 1:
      "--shard '\(text)': there must be at least one shard"
    case .outOfRange(let text, let count):
      "--shard '\(text)': shards are numbered from 1 to \(count)"
    case .missing(let variable, let flag):
      "--shard \(flag): the environment variable \(variable) is not set"
    case .malformedVariable(let variable, let text):
      "\(variable)='\(text)': expected a whole number"
    }
  }
}
