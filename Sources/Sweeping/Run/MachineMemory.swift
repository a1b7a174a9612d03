import FoundationEssentials

/// What the machine has.
enum MachineMemory {
  static var bytes: Double { Double(ProcessInfo.processInfo.physicalMemory) }
}
