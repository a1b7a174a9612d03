import Platform
import Sweeping

extension SpecArgument {
  /// Reads and checks the spec file.
  /// - Throws: `FileError` or `SpecErrors`.
  func load() throws -> SweepSpec {
    try SpecReader.read(
      text: WholeFile.read(path, allowsPipes: true), path: path, overrides: overrides)
  }
}
