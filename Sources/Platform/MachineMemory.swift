import FoundationEssentials

/// What the machine has.
package enum MachineMemory {
  package static var bytes: Int { Int(clamping: ProcessInfo.processInfo.physicalMemory) }
}
