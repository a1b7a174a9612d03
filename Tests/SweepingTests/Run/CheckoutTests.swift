import Foundation
import Sweeping
import TestSupport
import Testing

struct CheckoutTests {
  private let folder: ScratchFolder
  private let program = ".build/x/release/sweep"
  private let commits = ["a", "b", "c"].map { String(repeating: $0, count: 40) }

  init() throws {
    folder = try ScratchFolder()
    try folder.write("", to: "Sources/sweep/main.swift")
    try folder.write("", to: program)
  }

  private func log(_ times: [Int]) -> String {
    zip([String(repeating: "0", count: 40)] + commits, zip(commits, times)).map {
      "\($0) \($1.0) A B <a@b> \($1.1) +0100\tcommit: x\n"
    }.joined()
  }

  private func commit() throws -> String? {
    let path = folder.url.appendingPathComponent(program).path
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1000)], ofItemAtPath: path)
    return Checkout.commit(ofProgram: path)
  }

  @Test(arguments: [([1, 2, 3], "c"), ([1, 1000, 1001], "b"), ([1001, 1002, 1003], nil)])
  func `the commit is the one that was checked out when the program was linked`(
    times: [Int], expected: String?
  ) throws {
    try folder.write(log(times), to: ".git/logs/HEAD")
    #expect(try commit()?.prefix(1) == expected.map { $0[...] })
  }

  @Test func `a worktree says where its log is`() throws {
    try folder.write("gitdir: .elsewhere\n", to: ".git")
    try folder.write(log([1, 2, 3]), to: ".elsewhere/logs/HEAD")
    #expect(try commit() == commits[2])
  }

  @Test func `the checkout of another project is none`() throws {
    try folder.write(log([1, 2, 3]), to: ".git/logs/HEAD")
    try FileManager.default.removeItem(at: folder.url.appendingPathComponent("Sources"))
    #expect(try commit() == nil)
  }
}
