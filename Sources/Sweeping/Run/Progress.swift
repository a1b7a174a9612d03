import Dispatch
import FoundationEssentials
import Synchronization

/// How a command tells of its progress on standard error.
package enum ProgressStyle: String, CaseIterable, Sendable {
  case auto, bar, lines, none
}

/// Counts finished jobs and says so now and then: a bar with rate and time left, or lines.
final class Progress: Sendable {
  private struct State {
    var done = 0
    var lastShown = ContinuousClock.now
    var isShown = false
  }

  private let style: ProgressStyle
  private let total: Int
  private let start = ContinuousClock.now
  private let state = Mutex(State())
  private let write: @Sendable (String) -> Void

  /// - Parameters:
  ///   - style: `auto` must have been decided by the caller.
  ///   - total: the jobs to be fitted.
  init(_ style: ProgressStyle, total: Int, write: @escaping @Sendable (String) -> Void) {
    self.style = style
    self.total = total
    self.write = write
  }

  func add(_ jobs: Int) {
    guard style == .bar || style == .lines else { return }
    let interval: Duration = style == .bar ? .milliseconds(100) : .seconds(5)
    let text: String? = state.withLock { state in
      state.done += jobs
      let now = ContinuousClock.now
      guard now - state.lastShown >= interval else { return nil }
      state.lastShown = now
      state.isShown = true
      return line(state.done)
    }
    if let text { write(style == .bar ? "\r\u{1B}[K" + text : text + "\n") }
  }

  /// Takes the bar off the screen.
  func finish() {
    if style == .bar, state.withLock({ $0.isShown }) { write("\r\u{1B}[K") }
  }

  private func line(_ done: Int) -> String {
    let seconds = max(start.secondsUntilNow, 1e-3)
    let rate = Double(done) / seconds
    let left = rate > 0 ? Double(total - done) / rate : 0
    let percent = total > 0 ? done * 100 / total : 100
    let counts = "\(done)/\(total) jobs, \(Int(rate)) per second, \(Self.time(left)) left"
    guard style == .bar else { return "\(percent) %  \(counts)" }
    let width = 24
    let filled = total > 0 ? done * width / total : width
    let (full, empty) = OutputLocale.isUnicode ? ("█", "░") : ("#", "-")
    let bar =
      String(repeating: full, count: filled) + String(repeating: empty, count: width - filled)
    return "\(bar) \(percent) %  \(counts)"
  }

  private static func time(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }
}
