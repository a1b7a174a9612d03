/// The version that `--version` shows.
enum ProgramVersion {
  static let number = "0.1.0"
}
