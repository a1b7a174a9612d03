import FoundationEssentials
import Platform
import Tables

extension FileError {
  /// The file of the same folder that was most likely meant, with its path; `nil` when none is near.
  package var nearestFile: String? {
    guard case .notFound(let path) = self else { return nil }
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[...$0]) } ?? ""
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    let place = folder.isEmpty ? "." : folder
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: place) else {
      return nil
    }
    return nearestName(to: name, among: names.sorted()).map { folder + $0 }
  }

  /// What is wrong, and the file that was most likely meant.
  package var hintedDescription: String {
    description + (nearestFile.map { " (did you mean '\($0)'?)" } ?? "")
  }
}
