import Foundation

/// A part of the program that reads what others wrote.
protocol Reader: Sendable {
  static var name: String { get }
  /// How many of a hundred cases it gets.
  static var share: Int { get }

  init(_ corpus: Corpus) throws

  /// Reads one input.
  /// - Returns: whether it was accepted; one that is refused with an error is as good.
  /// - Throws: what must not happen, such as two answers for one input.
  mutating func read(_ draw: inout Draw) throws -> Bool
}

/// What must not happen.
struct Finding: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// The inputs that are kept in `Tests/Fuzz/Corpus`, and a folder for those of a case.
struct Corpus {
  private let root: URL
  let scratch: String

  init(scratch: String) {
    root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Corpus")
    self.scratch = scratch
  }

  /// The files of a folder, in the order of their names.
  func files(_ folder: String) throws -> [(name: String, bytes: [UInt8])] {
    let folder = root.appendingPathComponent(folder)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
      ($0, [UInt8](try Data(contentsOf: folder.appendingPathComponent($0))))
    }
  }

  func lines(_ name: String) throws -> [String] {
    try String(contentsOf: root.appendingPathComponent(name), encoding: .utf8)
      .split(separator: "\n").map(String.init)
  }

  func path(_ name: String) -> String { scratch + "/" + name }

  /// Puts an input where a reader finds it.
  func write(_ bytes: [UInt8], _ name: String) throws -> String {
    let path = path(name)
    guard let file = unsafe fopen(path, "w") else { throw Finding("\(path): cannot be written") }
    defer { unsafe _ = fclose(file) }
    guard unsafe fwrite(bytes, 1, bytes.count, file) == bytes.count else {
      throw Finding("\(path): cannot be written")
    }
    return path
  }
}
