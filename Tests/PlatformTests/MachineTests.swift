import Foundation
import Platform
import TestSupport
import Testing

struct MachineTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  /// A machine of 64 GiB and 16 cores.
  private func machine(_ files: [String: String], _ environment: [String: String] = [:]) throws
    -> Machine
  {
    for (name, text) in files { try folder.write(text, to: name) }
    return Machine(
      memoryBytes: 64 << 30, processorCount: 16, root: folder.url.path, environment: environment)
  }

  @Test func `without limits it is what the machine has`() throws {
    let machine = try machine([
      "proc/self/cgroup": "0::/a\n", "sys/fs/cgroup/a/memory.max": "max\n",
      "sys/fs/cgroup/a/cpu.max": "max 100000\n", "proc/self/status": "Cpus_allowed:\tffff\n",
    ])
    #expect(machine.memoryBytes == 64 << 30)
    #expect(machine.processorCount == 16)
  }

  @Test func `the limits of every group above count, of version 2`() throws {
    let machine = try machine([
      "proc/self/cgroup": "0::/a/b\n", "sys/fs/cgroup/a/b/memory.max": "4294967296\n",
      "sys/fs/cgroup/a/memory.max": "1073741824\n", "sys/fs/cgroup/a/b/cpu.max": "250000 100000\n",
    ])
    #expect(machine.memoryBytes == 1 << 30)
    #expect(machine.processorCount == 3)
  }

  @Test func `the limits of version 1 count, of a container too`() throws {
    let machine = try machine([
      "proc/self/cgroup": "5:cpu,cpuacct:/docker/1\n4:memory:/docker/1\n",
      "sys/fs/cgroup/memory/memory.limit_in_bytes": "2147483648\n",
      "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "50000\n",
      "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
    ])
    #expect(machine.memoryBytes == 2 << 30)
    #expect(machine.processorCount == 1)
  }

  @Test func `Slurm's share and the cores allowed count`() throws {
    let files = ["proc/self/status": "Name:\tx\nCpus_allowed:\t00000000,0000003f\n"]
    #expect(try machine(files).processorCount == 6)
    let job = try machine(files, ["SLURM_CPUS_PER_TASK": "4", "SLURM_MEM_PER_NODE": "2048"])
    #expect(job.processorCount == 4)
    #expect(job.memoryBytes == 2 << 30)
    let odd = try machine(files, ["SLURM_CPUS_PER_TASK": "0", "SLURM_MEM_PER_NODE": "all"])
    #expect(odd.processorCount == 6)
    #expect(odd.memoryBytes == 64 << 30)
  }
}
