import Foundation
import Platform
import TestSupport
import Testing

struct SystemTextTests {
  @Test(
    arguments: [
      Array("plain".utf8), Array("ü/é/e\u{301}".utf8), [0xFF], [0x61, 0xC3], [0xC3, 0x28, 0x80],
      [0xED, 0xA0, 0x80], Array("\u{10FF80}\u{10FFFF}\u{10FF7F}😀".utf8), [0xF4, 0x8F, 0xBE],
      Array(1...255), [],
    ] as [[UInt8]])
  func `any bytes go through a text and come back`(bytes: [UInt8]) {
    #expect(String(systemBytes: bytes).systemBytes == bytes)
  }

  @Test func `what is Unicode stays what it is`() {
    #expect(String(systemBytes: Array("ü 😀".utf8)) == "ü 😀")
  }

  @Test func `a file of any name is written, listed and removed`() throws {
    let folder = try ScratchFolder()
    let path = folder.url.path + "/" + String(systemBytes: [0x61, 0xFF, 0xFE])
    try WholeFile.write("x", to: path)
    #expect(try WholeFile.read(path) == Array("x".utf8))
    let names = try Folder.names(in: folder.url.path).map(\.systemBytes)
    #expect(names.contains([0x61, 0xFF, 0xFE]))
    try Folder.removeFile(path)
    #expect(!Folder.hasFile(path))
  }
}
