import FoundationEssentials

/// The memory and the cores that this process may use: what the machine has, less what a control group or
/// Slurm takes away.
package struct Machine: Sendable {
  package let memoryBytes: Int
  package let processorCount: Int

  /// As it was when it was first asked for.
  package static let current = Machine(
    memoryBytes: Int(clamping: ProcessInfo.processInfo.physicalMemory),
    processorCount: ProcessInfo.processInfo.activeProcessorCount, root: "",
    environment: ProcessInfo.processInfo.environment)

  /// - Parameters:
  ///   - memoryBytes: the machine's.
  ///   - processorCount: the machine's.
  ///   - root: where `/proc` and `/sys` are.
  package init(
    memoryBytes: Int, processorCount: Int, root: String, environment: [String: String]
  ) {
    let groups = ControlGroups(root: root)
    var memory = [memoryBytes] + groups.memoryLimits
    // Slurm writes megabytes; 0 is all that the node has.
    if let megabytes = environment["SLURM_MEM_PER_NODE"].flatMap({ Int($0) }), megabytes > 0 {
      memory.append(megabytes.multipliedReportingOverflow(by: 1 << 20).partialValue)
    }
    var processors = [processorCount] + groups.processorLimits
    if let count = Self.allowedProcessorCount(root: root) { processors.append(count) }
    if let count = environment["SLURM_CPUS_PER_TASK"].flatMap({ Int($0) }) {
      processors.append(count)
    }
    self.memoryBytes = memory.filter { $0 > 0 }.min() ?? memoryBytes
    self.processorCount = max(1, processors.filter { $0 > 0 }.min() ?? processorCount)
  }

  /// The cores that the system lets this process run on (`taskset`, a cluster's scheduler), where Linux
  /// tells.
  private static func allowedProcessorCount(root: String) -> Int? {
    let name = "Cpus_allowed:"
    let status = WholeFile.readSystemText(root + "/proc/self/status")
    guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix(name) }) else {
      return nil
    }
    return line.dropFirst(name.count).reduce(0) { $0 + ($1.hexDigitValue?.nonzeroBitCount ?? 0) }
  }
}

/// The memory that a process may use.
package enum MachineMemory {
  package static var bytes: Int { Machine.current.memoryBytes }
}
