package import Platform

/// The folder in which finished jobs are kept: `<output>/journal`.
///
/// Every process writes a new file of its own, `<label>.<number>.journal`, and never touches
/// another's: two processes of one shard may write side by side, as happens when a cluster
/// restarts a task whose first attempt still lives.
package struct Journal: Sendable {
  package let folder: String

  package init(output: String) {
    folder = output + "/journal"
  }

  /// Creates the next file of `label`, such as `run` or a shard's.
  package func makeWriter(label: String, stamp: [UInt8] = []) throws(FileError) -> JournalWriter {
    precondition(Self.isLabel(label), "labels are letters, digits and -")
    try Folder.create(folder)
    // Anybody may have put a link here, in a folder that came with git, say.
    if (try? FileStatus(ofLink: folder))?.kind == .link {
      throw .notWritten(path: folder, reason: "it is a symbolic link")
    }
    var number = 1 + (try fileNames().lazy.filter { $0.label == label }.map(\.number).max() ?? 0)
    while true {
      if let file = try JournalFile(creating: path(FileName(label: label, number: number))) {
        let writer = try JournalWriter(file, stamp: stamp)
        try Folder.synchronize(folder)
        return writer
      }
      number += 1
    }
  }

  /// Reads all files; a folder that is not there is empty.
  ///
  /// Files are read, not mapped: a writer that cuts its file back while it is mapped here would
  /// end this process with SIGBUS.
  package func read(
    isProvisional: (ArraySlice<UInt8>) -> Bool = { _ in false }
  ) throws(FileError) -> JournalContents {
    var contents = JournalContents()
    for name in try fileNames() {
      let bytes: [UInt8]
      do {
        bytes = try WholeFile.read(path(name))
      } catch .notFound {
        continue  // removed since the folder was listed
      }
      contents.add(bytes, name: name.text, isProvisional: isProvisional)
    }
    return contents
  }

  /// Removes all files, or those of one label; files of other kinds stay.
  package func remove(label: String? = nil) throws(FileError) {
    for name in try fileNames() where label == nil || name.label == label {
      try Folder.removeFile(path(name))
    }
  }

  /// Removes the files of runs that ended before their first job did; nobody else may work here.
  package func removeEmpty(in contents: JournalContents?) throws(FileError) {
    for file in contents?.files ?? [] where file.recordCount == 0 && file.damagedBytes == 0 {
      // A header and perhaps the start of a batch, or not even a header.
      switch file.header {
      case .whole: break
      case .damaged where file.tornBytes == 0: break
      case .damaged, .unknownVersion: continue
      }
      try Folder.removeFile(folder + "/" + file.name)
    }
  }

  /// The labels under which something was written, in order.
  package func labels() throws(FileError) -> [String] {
    var labels: [String] = []
    for name in try fileNames() where labels.last != name.label { labels.append(name.label) }
    return labels
  }

  struct FileName: Comparable {
    var label: String
    var number: Int

    init(label: String, number: Int) {
      self.label = label
      self.number = number
    }

    init?(_ text: String) {
      let parts = text.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count == 3, parts[2] == "journal", Journal.isLabel(parts[0]),
        let number = Int(parts[1]), number > 0
      else { return nil }
      label = String(parts[0])
      self.number = number
      // A file that only looks like ours, such as "run.+1.journal", would be opened under a
      // name that is not its own.
      guard self.text == text else { return nil }
    }

    var text: String {
      let digits = String(number)
      let zeros = String(repeating: "0", count: max(0, 4 - digits.utf8.count))
      return "\(label).\(zeros)\(digits).journal"
    }

    static func < (left: FileName, right: FileName) -> Bool {
      (left.label, left.number) < (right.label, right.number)
    }
  }

  private static func isLabel(_ text: some StringProtocol) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }

  private func path(_ name: FileName) -> String { folder + "/" + name.text }

  private func fileNames() throws(FileError) -> [FileName] {
    try Folder.names(in: folder).compactMap { FileName($0) }.sorted()
  }
}
