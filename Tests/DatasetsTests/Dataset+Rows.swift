import Datasets
import Numerics

extension Dataset {
  /// The features as arrays, for comparison.
  var rows: [[Double]] { (0..<rowCount).map { features.row($0) } }
}

/// The text of an error without the folder that the test's files are in.
func message(_ error: DatasetError?, without folder: String) -> String? {
  error?.description.replacing(folder + "/", with: "")
}
