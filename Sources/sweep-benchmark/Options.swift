/// What the command line asks for.
struct Options {
  var isJSON = false
  var rounds = 7
  var sampleSeconds = 0.05
  /// Only benchmarks whose name or section contains this.
  var filter: String?

  static let help = """
    sweep-benchmark: what the kernels, solvers and whole sweeps reach on this machine

    swift run -c release -Xcc -march=native sweep-benchmark [--json] [--quick] [--rounds N] [--filter TEXT]

      --json         the report as JSON
      --quick        three short samples each
      --rounds N     samples of each benchmark (7)
      --filter TEXT  only those whose name or section contains TEXT

    Time is the median of the samples, spread their range over it; processor time for one core, wall time
    for more. Peak and memory are the shares of what the machine did at best in a loop without any other work.
    """

  init?(_ arguments: [String]) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "--json": isJSON = true
      case "--quick": (rounds, sampleSeconds) = (3, 0.02)
      case "--rounds":
        guard let count = rest.popFirst().flatMap({ Int($0) }), count > 0 else { return nil }
        rounds = count
      case "--filter":
        guard let text = rest.popFirst() else { return nil }
        filter = text
      default: return nil
      }
    }
  }

  func selects(_ name: String, in section: String) -> Bool {
    guard let filter else { return true }
    return name.contains(filter) || section.contains(filter)
  }
}
