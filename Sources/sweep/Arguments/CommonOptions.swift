import Sweeping

/// What every command understands.
struct CommonOptions: Hashable {
  enum Color: String, CaseIterable {
    case auto, always, never
  }
  enum Format: String, CaseIterable {
    case text, github, json

    /// What commands other than `check` may write.
    static let usual: [Format] = [.text, .json]

    /// The format that a command line asks for which is otherwise wrong.
    init(asked words: [String]) {
      let asksForJSON = words.enumerated().contains { index, word in
        word == "--format=json"
          || (word == "json" && index > 0 && words[index - 1] == OptionName.format.rawValue)
      }
      self = asksForJSON ? .json : .text
    }
  }
  var isQuiet = false
  var progress = ProgressStyle.auto
  var color = Color.auto
  var format = Format.text
}

/// A spec file and what `--set` changes in it.
struct SpecArgument: Hashable {
  var path: String
  var overrides: [SpecOverride] = []
}
