import TestSupport
import Testing
import sweep

/// The long texts of the program are files; `SWEEP_RECORD=1 swift test --filter SnapshotTests`
/// records them anew.
struct SnapshotTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  @Test(arguments: [
    (["schema"], "docs/sweep.schema.json"), (["help", "--man"], "docs/sweep.1"),
    (["help"], "Tests/Snapshots/help.txt"),
    (["completions", "bash"], "Tests/Snapshots/completions.bash"),
    (["completions", "zsh"], "Tests/Snapshots/completions.zsh"),
    (["completions", "fish"], "Tests/Snapshots/completions.fish"),
  ])
  func `a long text is what its file holds`(arguments: [String], file: String) throws {
    try hold(arguments, file)
  }

  @Test(arguments: HelpTopic.allCases)
  func `a topic of the help is a page of docs`(topic: HelpTopic) throws {
    try hold(["help", topic.rawValue], "docs/\(topic.rawValue).md")
  }

  @Test(arguments: CommandName.allCases)
  func `the help of a command is what its file holds`(command: CommandName) throws {
    try hold(["help", command.rawValue], "Tests/Snapshots/help-\(command.rawValue).txt")
  }

  private func hold(_ arguments: [String], _ file: String) throws {
    let outcome = try BuiltProgram().run(arguments, in: folder.url)
    #expect(outcome.exitStatus == 0)
    #expect(try Snapshot(file).differences(from: outcome.output) == [])
  }
}
