import FoundationEssentials
import Platform
import Results
import Tables

/// Which experiment the tables of a folder are of: a spec at a place, and what `--set` changed in it.
///
/// `run.json` keeps it. The spec's path is relative to the folder, so that both may be moved together;
/// what the spec says does not count, since editing it and running again is the usual thing.
struct OutputOwner: Hashable {
  let specPath: String
  /// `PATH=VALUE` as given, in their order.
  let overrides: [String]

  init(_ spec: SweepSpec, output: String) {
    specPath = spec.path == "-" ? "-" : Paths.relative(spec.path, to: output)
    overrides = spec.overrides.map { "\($0.path)=\($0.value)" }
  }

  /// The owner that the folder's `run.json` names; `nil` where there is none, or none that can be read.
  init?(of folder: String) {
    guard let bytes = try? WholeFile.read(RunMember.file.path(in: folder)),
      let manifest = JSONReader.read(bytes).root, let path = manifest[RunMember.specPath]?.string
    else { return nil }
    specPath = path
    overrides = manifest[RunMember.overrides]?.elements?.compactMap(\.string) ?? []
  }

  var words: String {
    ([specPath] + overrides.map { "--set " + $0 }).joined(separator: " ")
  }
}

/// A run would put its tables over those of another experiment.
package struct OutputOwnerError: Error, CustomStringConvertible {
  let folder: String
  let owner: OutputOwner
  let mine: OutputOwner

  package var description: String {
    "\(folder) holds the results of '\(owner.words)' and this run is '\(mine.words)' (paths from "
      + "that folder); write --output with another folder, or --replace to take this one over"
  }
}

extension SweepSpec {
  /// Refuses a folder whose tables are of another spec or of other overrides.
  package func checkOwner(of output: String) throws(OutputOwnerError) {
    let mine = OutputOwner(self, output: output)
    if let owner = OutputOwner(of: output), owner != mine {
      throw OutputOwnerError(folder: output, owner: owner, mine: mine)
    }
  }
}

/// Paths as places, whatever links and dots they were written with.
enum Paths {
  /// How to get to a file from within a folder that may not exist yet.
  static func relative(_ file: String, to folder: String) -> String {
    var target = resolved(file)
    var start = resolved(folder)
    while let first = target.first, first == start.first {
      target.removeFirst()
      start.removeFirst()
    }
    return (start.map { _ in ".." } + target).joined(separator: "/")
  }

  /// The parts of the absolute path: links resolved as far as it exists, the rest as written.
  private static func resolved(_ path: String) -> ArraySlice<Substring> {
    let absolute =
      path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    var known = absolute[...]
    var rest: [Substring] = []
    while !known.isEmpty {
      if let real = realPath(String(known)) {
        return real.split(separator: "/")[...] + normalised(rest)
      }
      let slash = known.lastIndex(of: "/") ?? known.startIndex
      rest.insert(known[known.index(after: slash)...], at: 0)
      known = known[..<slash]
    }
    return normalised(rest)
  }

  private static func normalised(_ parts: [Substring]) -> ArraySlice<Substring> {
    var kept: [Substring] = []
    for part in parts where !part.isEmpty && part != "." {
      if part == "..", !kept.isEmpty { kept.removeLast() } else { kept.append(part) }
    }
    return kept[...]
  }
}
