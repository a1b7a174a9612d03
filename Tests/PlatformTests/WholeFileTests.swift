import Foundation
import Platform
import Testing

@Suite struct WholeFileTests {
  private static func inTemporaryFolder(_ body: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "whole-file-\(UUID().uuidString)"
    try Folder.create(folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test(arguments: [0, 1, 70_000, 3_000_000])
  func `what is written is read back and nothing else is left`(count: Int) throws {
    try Self.inTemporaryFolder { folder in
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      try WholeFile.write(bytes, to: folder + "/a.bin")
      #expect(try WholeFile.read(folder + "/a.bin") == bytes)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.bin"])
    }
  }

  @Test func `a file is replaced whole`() throws {
    try Self.inTemporaryFolder { folder in
      try WholeFile.write("a long first text", to: folder + "/a.txt")
      try WholeFile.write("short", to: folder + "/a.txt")
      #expect(try WholeFile.read(folder + "/a.txt") == Array("short".utf8))
    }
  }

  @Test(arguments: ["/dev/null", "/dev/zero"])
  func `a device is not read: it may never end`(path: String) throws {
    let error = #expect(throws: FileError.self) { try WholeFile.read(path, allowsPipes: true) }
    #expect(error?.description == "\(path): cannot be read: it is no regular file")
  }

  @Test func `a link is replaced, and what it points at stays`() throws {
    try Self.inTemporaryFolder { folder in
      try WholeFile.write("mine", to: folder + "/target")
      let manager = FileManager.default
      try manager.createSymbolicLink(
        atPath: folder + "/link", withDestinationPath: folder + "/target")
      try WholeFile.write("new", to: folder + "/link")
      #expect(try WholeFile.read(folder + "/link") == Array("new".utf8))
      #expect(try WholeFile.read(folder + "/target") == Array("mine".utf8))
    }
  }

  @Test func `files that killed writers left are removed, and no others`() throws {
    try Self.inTemporaryFolder { folder in
      let live = folder + "/.curve.csv.7-2.tmp"
      for name in [".curve.csv.12345-deadbeef.tmp", ".x.tmp", ".curve.csv.1-g.tmp", "a.1-2.tmp"] {
        try WholeFile.write("x", to: folder + "/" + name)
      }
      let writer = try OpenFile(live, for: .creating)
      #expect(try writer.lock(exclusive: true) == .locked)
      try WholeFile.removeLeftovers(in: folder)
      let left = try Folder.names(in: folder).filter { $0 != "." && $0 != ".." }
      #expect(left.sorted() == [".curve.csv.1-g.tmp", ".curve.csv.7-2.tmp", ".x.tmp", "a.1-2.tmp"])
    }
  }

  @Test func `a device is written to, not replaced`() throws {
    try WholeFile.write("gone", to: "/dev/null")
    let error = #expect(throws: FileError.self) { try WholeFile.write("x", to: "/dev/full") }
    #expect(error?.description == "/dev/full: cannot be written: no space left on device")
  }

  @Test func `a write that fails leaves no temporary file and keeps what was there`() throws {
    try Self.inTemporaryFolder { folder in
      try Folder.create(folder + "/taken")
      let error = #expect(throws: FileError.self) {
        try WholeFile.write("x", to: folder + "/taken")
      }
      #expect(error?.description == "\(folder)/taken: cannot be written: is a directory")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["taken"])
    }
  }

  @Test func `errors name the path and the reason`() throws {
    try Self.inTemporaryFolder { folder in
      let missing = folder + "/none/a.txt"
      #expect(throws: FileError.notFound(path: missing)) { try WholeFile.read(missing) }
      #expect(FileError.notFound(path: "a").description == "a: no such file")
      #expect(throws: FileError.notReadable(path: folder, reason: "is a directory")) {
        try WholeFile.read(folder)
      }
      #expect(
        FileError.notReadable(path: "a", reason: "is a directory").description
          == "a: cannot be read: is a directory")
      #expect(
        throws: FileError.notWritten(path: missing, reason: "no such file or directory")
      ) { try WholeFile.write("x", to: missing) }
    }
  }

  @Test func `folders are made with the ones above them`() throws {
    try Self.inTemporaryFolder { folder in
      try Folder.create(folder + "/a/b//c/")
      try Folder.create(folder + "/a/b/c")
      #expect(Folder.isThere(folder + "/a/b/c"))
      try WholeFile.write("x", to: folder + "/file")
      let error = #expect(throws: FileError.self) {
        try Folder.create(folder + "/file/d")
      }
      #expect(
        error?.description == "\(folder)/file/d: folder cannot be made: file exists"
          || error?.description == "\(folder)/file/d: folder cannot be made: not a directory")
      #expect(error?.path == folder + "/file/d")
    }
  }
}
