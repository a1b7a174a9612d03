import Dispatch
import Foundation
import Platform
import TestSupport
import Testing

struct AppendedFileTests {
  @Test func `texts of many writers stand one after another, none is lost`() throws {
    let folder = try ScratchFolder()
    let path = folder.url.appendingPathComponent("page.md").path
    let line = String(repeating: "x", count: 5000) + "\n"
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      for _ in 0..<25 { try? AppendedFile.append(line, to: path) }
    }
    let lines = try folder.text(of: "page.md").split(separator: "\n")
    #expect(lines.count == 200)
    #expect(lines.allSatisfy { $0.count == 5000 })
  }

  @Test func `a page that cannot be written is an error with its path`() throws {
    #expect(throws: FileError.self) { try AppendedFile.append("x", to: "/dev/full") }
    #expect(throws: FileError.self) { try AppendedFile.append("x", to: "/no/such/page.md") }
  }
}
