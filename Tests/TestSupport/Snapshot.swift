import Foundation

/// A long text that the repository keeps, to be held equal to what the program says now.
///
/// `SWEEP_RECORD=1 swift test` writes such files anew; read `git diff` before a commit.
package struct Snapshot {
  private let file: URL

  /// - Parameter path: from the top of the repository, such as `docs/spec.md`.
  package init(_ path: String) {
    let here = URL(fileURLWithPath: #filePath)
    file =
      here.deletingLastPathComponent().appendingPathComponent("../../" + path)
      .standardizedFileURL
  }

  /// The lines in which the file differs from the text, those of the file behind `-` and those of
  /// the text behind `+`; none where both are equal, or after the file was recorded.
  package func differences(from text: String) throws -> [String] {
    if ProcessInfo.processInfo.environment["SWEEP_RECORD"] != nil {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      return []
    }
    let kept = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    if kept == text { return [] }
    func lines(_ text: String) -> [Substring] {
      text.split(separator: "\n", omittingEmptySubsequences: false)
    }
    return lines(text).difference(from: lines(kept)).map { change in
      switch change {
      case .remove(let line, let content, _): "- \(line + 1): \(content)"
      case .insert(let line, let content, _): "+ \(line + 1): \(content)"
      }
    }
  }
}
