import Foundation
import Platform
import TestSupport
import Testing

struct OpenFileTests {
  private let folder: ScratchFolder
  private let path: String

  init() throws {
    folder = try ScratchFolder()
    path = folder.url.path + "/file"
  }

  @Test func `what is written is read again, and the status tells its size`() throws {
    let file = try OpenFile(path, for: .creating)
    try file.writeAll([1, 2, 3].span)
    try file.truncate(to: 2)
    try file.writeAll([4].span)
    try file.synchronize()
    let status = try file.status()
    #expect(status.kind == .regular && status.size == 3 && status.linkCount == 1)
    let reader = try OpenFile(path, for: .reading)
    #expect(try reader.read(upTo: 10) == [1, 2, 4])
    #expect(try reader.status() == FileStatus(of: path))
  }

  @Test func `a file that is there is not made again`() throws {
    try WholeFile.write("kept", to: path)
    let error = #expect(throws: SystemError.self) { _ = try OpenFile(path, for: .creating) }
    #expect(error?.isAlreadyThere == true)
    #expect(error?.description == "file exists")
    #expect(try WholeFile.read(path) == Array("kept".utf8))
  }

  @Test func `an exclusive lock keeps others out until its file is closed`() throws {
    let other = try OpenFile(path, for: .appending)
    do {
      let file = try OpenFile(path, for: .appending)
      #expect(try file.lock(exclusive: true) == .locked)
      #expect(try other.lock(exclusive: false) == .held)
      _ = file
    }
    #expect(try other.lock(exclusive: false) == .locked)
  }

  @Test func `a folder is synchronised and tells its names`() throws {
    try WholeFile.write("", to: path)
    try Folder.create(folder.url.path + "/inner")
    try Folder.synchronize(folder.url.path)
    let names = try Folder.names(in: folder.url.path).filter { !$0.hasPrefix(".") }
    #expect(names.sorted() == ["file", "inner"])
    #expect(try Folder.names(in: path + "-missing").isEmpty)
  }
}
