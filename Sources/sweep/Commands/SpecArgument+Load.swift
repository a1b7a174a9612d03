import Platform
import Sweeping

extension SpecArgument {
  /// Reads and checks the spec file, `-` being standard input, and says what is remarkable in it.
  /// - Throws: `FileError` or `SpecErrors`.
  func load(_ options: CommonOptions) throws -> SweepSpec {
    let text =
      path == "-" ? try StandardInput.read() : try WholeFile.read(path, allowsPipes: true)
    let spec = try SpecReader.read(text: text, path: path, overrides: overrides)
    for remark in spec.remarks { options.log(remark) }
    return spec
  }
}
