import Foundation
import Platform
import Testing

/// Each runs in a process of its own: signal handlers are the process's.
struct InterruptionTests {
  @Test func `the first SIGINT only sets the flag`() async {
    await #expect(processExitsWith: .exitCode(7)) {
      Interruption.install()
      guard !Interruption.isRequested, Interruption.exitCode == nil else { exit(1) }
      raise(SIGINT)
      exit(Interruption.isRequested && Interruption.exitCode == 130 ? 7 : 2)
    }
  }

  @Test func `the second SIGINT leaves at once with 130`() async {
    await #expect(processExitsWith: .exitCode(130)) {
      Interruption.install()
      raise(SIGINT)
      raise(SIGINT)
      exit(1)
    }
  }

  @Test func `SIGTERM means 143, and the second signal counts`() async {
    await #expect(processExitsWith: .exitCode(143)) {
      Interruption.install()
      raise(SIGTERM)
      guard Interruption.exitCode == 143 else { exit(1) }
      raise(SIGTERM)
      exit(2)
    }
  }

  @Test func `signals that the parent had ignored work`() async {
    await #expect(processExitsWith: .exitCode(130)) {
      _ = signal(SIGINT, SIG_IGN)
      Interruption.install()
      close(0)
      raise(SIGINT)
      exit(Interruption.exitCode ?? 1)
    }
  }

  @Test func `a pipe without a reader is an error and not a death`() async {
    await #expect(processExitsWith: .exitCode(9)) {
      Interruption.install()
      var ends: [Int32] = [0, 0]
      unsafe pipe(&ends)
      close(ends[0])
      let count = unsafe write(ends[1], "x", 1)
      exit(count == -1 && errno == EPIPE ? 9 : 1)
    }
  }
}
