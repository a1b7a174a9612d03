import Foundation
import Journal
import Testing

struct FileHandlesTests {
  /// In a process of its own, whose limit it lowers.
  @Test(arguments: [(1, 74 as Int32), (7, 74), (9, 0)])
  func `too few file handles are an error before the work starts`(
    spare: Int, expected: Int32
  ) async {
    await #expect(processExitsWith: .exitCode(expected)) { [spare] in
      // The runtime needs the handles that it has, so the gaps between them are filled.
      let taken = (0..<1024).filter { fcntl(Int32($0), F_GETFD) >= 0 }
      let next = (taken.last ?? 2) + 1
      for _ in taken.count..<next { _ = unsafe open("/dev/null", O_RDONLY) }
      var limit = rlimit(rlim_cur: rlim_t(next + spare), rlim_max: 1024)
      guard unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
        exit(1)
      }
      do {
        try FileHandles.require(for: "out")
        exit(0)
      } catch {
        exit("\(error)".hasPrefix("out: cannot be written: too many open files") ? 74 : 2)
      }
    }
  }
}
