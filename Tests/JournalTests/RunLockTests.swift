import Foundation
import Journal
import Platform
import Tables
import TestSupport
import Testing

struct RunLockTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  @Test(arguments: [RunLock.Purpose.run, .shard, .merge])
  func `a run excludes every other command and says who it is`(other: RunLock.Purpose) throws {
    let lock = try RunLock(output: folder.url.path, purpose: .run)
    let error = #expect(throws: RunLockError.self) {
      try RunLock(output: folder.url.path, purpose: other)
    }
    let text = "\(try #require(error))"
    #expect(text.contains("in use by sweep run, process \(getpid()) on "))
    #expect(text.contains("--output"))
    withExtendedLifetime(lock) {}
  }

  @Test func `shards and a merge share the folder and keep a run out`() throws {
    let locks = try [.shard, .shard, .merge].map {
      try RunLock(output: folder.url.path, purpose: $0)
    }
    let error = #expect(throws: RunLockError.self) {
      try RunLock(output: folder.url.path, purpose: .run)
    }
    guard case .held(_, let holders) = error else { return }
    #expect(holders.map(\.purpose) == ["shard", "shard", "merge"])
    withExtendedLifetime(locks) {}
  }

  @Test func `the lock goes with its holder and the folder is made`() throws {
    let output = folder.url.path + "/a/b"
    do {
      let lock = try RunLock(output: output, purpose: .run)
      #expect(lock.isEnforced)
    }
    let lock = try RunLock(output: output, purpose: .shard)
    withExtendedLifetime(lock) {}
  }

  @Test func `holders that are gone are not named`() throws {
    try withExtendedLifetime(RunLock(output: folder.url.path, purpose: .shard)) {}
    let path = folder.url.path + "/.lock"
    let text = String(decoding: try WholeFile.read(path), as: UTF8.self)
    // No process has this number: the largest that Linux gives is 2²².
    try WholeFile.write(text.replacing(" \(getpid()) ", with: " \(1 << 29) "), to: path)
    let shard = try RunLock(output: folder.url.path, purpose: .shard)
    let error = #expect(throws: RunLockError.self) {
      try RunLock(output: folder.url.path, purpose: .run)
    }
    guard case .held(_, let holders) = error else { return }
    #expect(holders.map(\.process) == [getpid()])
    withExtendedLifetime(shard) {}
  }

  @Test func `a folder that cannot be written is an error with the system's reason`() throws {
    try WholeFile.write("a file", to: folder.url.path + "/x")
    let error = #expect(throws: RunLockError.self) {
      try RunLock(output: folder.url.path + "/x", purpose: .run)
    }
    guard case .file = error else {
      Issue.record("expected a file error, got \(String(describing: error))")
      return
    }
  }
}
