import Datasets
import ModelSelection
package import Platform
import Tables

/// A file that a spec names and that is not there, with its place in the spec.
package struct SpecFileError: Error, CustomStringConvertible {
  package let file: FileError
  package let errors: SpecErrors

  package var description: String { errors.description }
}

extension SweepSpec {
  /// The place in the spec of a file that cannot be read.
  func located(_ file: FileError) -> any Error {
    guard let keys = keys(of: file.path) else { return file }
    return SpecFileError(file: file, errors: errors(file.hintedDescription, at: keys))
  }

  private func keys(of path: String) -> String? {
    if case .files(let validation, let test) = split.kind {
      if path == validation { return FilesKey.validation.path }
      if path == test { return FilesKey.test.path }
    }
    switch data {
    case .csv(let source): return path == source.path ? DataKey.csv.path : nil
    case .libsvm(let file): return path == file ? DataKey.libsvm.path : nil
    case .npy(let features, let target, let weights):
      let files: [(String?, NpyKey)] = [
        (features, .features), (target, .target), (weights, .weights),
      ]
      return files.first { $0.0 == path }?.1.path
    case .synthetic: return nil
    }
  }
}
