import Datasets
import Foundation

/// Runs `body` with files of these names and contents in a folder of their own.
func withFiles<Result>(
  _ files: [String: [UInt8]], _ body: (_ folder: String) throws -> Result
) throws -> Result {
  let folder = NSTemporaryDirectory() + "datasets-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  for (name, bytes) in files {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
  }
  return try body(folder)
}

func withFiles<Result>(
  _ files: [String: String], _ body: (_ folder: String) throws -> Result
) throws -> Result {
  try withFiles(files.mapValues { Array($0.utf8) }, body)
}

extension DatasetError {
  /// Whether the file is missing or cannot be read, rather than wrong.
  var isOfFile: Bool {
    if case .file = self { true } else { false }
  }
}
