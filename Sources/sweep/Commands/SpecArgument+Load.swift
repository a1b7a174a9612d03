import Sweeping
import Tables

extension SpecArgument {
  /// Reads and checks the spec file.
  func load() throws(Failure) -> SweepSpec {
    let text: [UInt8]
    do {
      text = try WholeFile.read(path)
    } catch {
      throw Failure(error)
    }
    do {
      return try SpecReader.read(text: text, path: path, overrides: overrides)
    } catch {
      throw Failure(error)
    }
  }
}
