/// The limits of Linux's control groups, of version 1 or 2, on this process.
///
/// A group's limits hold for the groups in it, so all from its own to the top are looked at. Inside a
/// container the path is often that of the host: then only the top is there, and it is the container's.
/// Source: Linux, Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/memory.rst.
struct ControlGroups {
  private let root: String
  /// For version 2 the empty word, for version 1 the controller's name: the group's path.
  private var paths: [String: String] = [:]

  init(root: String) {
    self.root = root
    for line in WholeFile.readSystemText(root + "/proc/self/cgroup").split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      for controller in parts[1].split(separator: ",", omittingEmptySubsequences: false) {
        paths[String(controller)] = String(parts[2])
      }
    }
  }

  /// Bytes.
  var memoryLimits: [Int] {
    (files("", "/sys/fs/cgroup", "memory.max")
      + files("memory", "/sys/fs/cgroup/memory", "memory.limit_in_bytes"))
      .compactMap { Int($0) }
  }

  /// Processors, rounded up: a group may use one and a half.
  var processorLimits: [Int] {
    let second = files("", "/sys/fs/cgroup", "cpu.max").compactMap { text -> Int? in
      let words = text.split(separator: " ").map { Int($0) }
      return words.count == 2 ? Self.share(words[0], of: words[1]) : nil
    }
    let first = ["/sys/fs/cgroup/cpu", "/sys/fs/cgroup/cpu,cpuacct"].flatMap { mount in
      zip(
        files("cpu", mount, "cpu.cfs_quota_us"), files("cpu", mount, "cpu.cfs_period_us")
      ).compactMap { Self.share(Int($0), of: Int($1)) }
    }
    return second + first
  }

  /// The file of a name in the group and in those above it, where it is there.
  private func files(_ controller: String, _ mount: String, _ name: String) -> [String] {
    guard let path = paths[controller] else { return [] }
    var parts = path.split(separator: "/")
    var texts: [String] = []
    while true {
      let folder = ([mount] + parts.map(String.init)).joined(separator: "/")
      let text = WholeFile.readSystemText("\(root)\(folder)/\(name)").split(separator: "\n").first
      if let text { texts.append(String(text)) }
      if parts.isEmpty { return texts }
      parts.removeLast()
    }
  }

  private static func share(_ quota: Int?, of period: Int?) -> Int? {
    guard let quota, let period, quota > 0, period > 0 else { return nil }
    return (quota - 1) / period + 1
  }
}
