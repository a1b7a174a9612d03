import Platform
import Testing

struct ThisProcessTests {
  @Test func `the process knows itself`() throws {
    #expect(ThisProcess.isAlive(ThisProcess.identifier))
    // The largest number that Linux gives is 2²².
    #expect(!ThisProcess.isAlive(1 << 29))
    let path = try #require(ThisProcess.executablePath)
    #expect(try FileStatus(of: path).kind == .regular)
    #expect(!ThisProcess.hostName.isEmpty)
  }

  @Test(arguments: [("exit 3", 3 as Int32), ("kill -9 $$", 137), (":", 0)])
  func `a shell's exit status is told, or the signal that ended it`(
    script: String, status: Int32
  ) throws {
    #expect(try ChildProcess.runShell(script) == status)
  }

  @Test func `clocks go forward`() {
    let (time, work) = (MonotonicClock.nanoseconds, MonotonicClock.processorNanoseconds)
    #expect(MonotonicClock.nanoseconds >= time)
    #expect(MonotonicClock.processorNanoseconds >= work)
    #expect(time > 0 && work > 0)
  }
}
