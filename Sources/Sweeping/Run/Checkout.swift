import Platform

/// The git checkout that a program was built in, read from its files.
package enum Checkout {
  /// The commit that was checked out when the program was linked: git notes each change of HEAD with its time
  /// in a log. `nil` outside of a checkout. Changes that were not committed show nowhere.
  package static func commit(ofProgram path: String) -> String? {
    guard let built = try? FileStatus(of: path).version.seconds else { return nil }
    var folder = parent(of: path)
    // .build/TRIPLE/CONFIGURATION/sweep
    for _ in 0..<6 {
      guard let here = folder else { return nil }
      if Folder.hasFile(here + "/.git"), Folder.hasFile(here + "/Sources/sweep/main.swift") {
        return gitFolder(of: here).flatMap { lastCommit(in: $0 + "/logs/HEAD", until: built) }
      }
      folder = parent(of: here)
    }
    return nil
  }

  /// Where git keeps what it knows: a worktree has a file that says so.
  private static func gitFolder(of checkout: String) -> String? {
    let path = checkout + "/.git"
    if Folder.isThere(path) { return path }
    guard let text = text(of: path), text.hasPrefix("gitdir: ") else { return nil }
    let place = String(text.dropFirst(8).prefix { $0 != "\n" })
    return place.hasPrefix("/") ? place : checkout + "/" + place
  }

  /// A line is `OLD NEW NAME <MAIL> SECONDS ZONE<tab>WHAT`.
  private static func lastCommit(in log: String, until built: Int) -> String? {
    let entries = (text(of: log) ?? "").split(separator: "\n").compactMap { line in
      let fields = line.prefix { $0 != "\t" }.split(separator: " ")
      guard fields.count >= 4, let time = Int(fields[fields.count - 2]), time <= built,
        fields[1].utf8.count >= 40, fields[1].allSatisfy(\.isHexDigit)
      else { return String?.none }
      return String(fields[1])
    }
    return entries.last
  }

  private static func parent(of path: String) -> String? {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash > path.startIndex else {
      return nil
    }
    return String(path[..<slash])
  }

  private static func text(of path: String) -> String? {
    (try? WholeFile.read(path)).map { String(decoding: $0, as: UTF8.self) }
  }
}
