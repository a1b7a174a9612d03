import Numerics

/// Eight points: one vector per coordinate, zero beyond `order`.
final class LogisticGroup {
  let weights: Workspace<HalfLanes>
  /// The lanes that want a Hessian, with its place among all Hessians.
  var curved: [(lane: Int, index: Int)] = []

  init(weights: Workspace<HalfLanes>) { self.weights = weights }
}

/// What a group adds up.
final class LogisticGroupSums {
  let gradient: Workspace<HalfLanes>
  var others = LogisticSums()

  init(stride: Int) { gradient = Workspace(stride, repeating: .zero) }
}

/// What all groups add up over some rows.
final class LogisticTotals {
  private let stride: Int
  private(set) var groups: [LogisticGroupSums] = []
  /// Of those points that want one.
  private(set) var hessians: [Workspace<Double>] = []
  private var groupCount = 0
  private var hessianCount = 0

  init(stride: Int) { self.stride = stride }

  func clear(groupCount: Int, hessianCount: Int) {
    (self.groupCount, self.hessianCount) = (groupCount, hessianCount)
    for group in groups {
      group.gradient.fill(.zero)
      group.others = LogisticSums()
    }
    for hessian in hessians.prefix(hessianCount) { hessian.fill(0) }
    while groups.count < groupCount { groups.append(LogisticGroupSums(stride: stride)) }
    while hessians.count < hessianCount {
      hessians.append(Workspace(stride * stride, repeating: 0))
    }
  }

  func add(_ other: LogisticTotals) {
    for (sum, term) in zip(groups.prefix(groupCount), other.groups) {
      for j in 0..<stride { sum.gradient[j] = sum.gradient[j] + term.gradient[j] }
      sum.others.add(term.others)
    }
    for (sum, term) in zip(hessians.prefix(hessianCount), other.hessians) {
      for index in Swift.stride(from: 0, to: stride * stride, by: 8) {
        // SAFETY: both hold `stride × stride` doubles, a multiple of eight.
        unsafe storeLanes(
          loadLanes(sum.base + index) + loadLanes(term.base + index), sum.base + index)
      }
    }
  }
}

/// A worker's own memory.
final class LogisticScratch {
  /// Where rows are scaled when they are not stored so.
  let block: RowBlock
  let z = Workspace<HalfLanes>(RowBlock.capacity, repeating: .zero)
  /// For slopes times the rows' weights.
  let slopes = Workspace<HalfLanes>(RowBlock.capacity, repeating: .zero)
  let weighted: Workspace<Double>
  let sums: LogisticTotals

  init(stride: Int, block: RowBlock) {
    self.block = block
    weighted = Workspace(RowBlock.capacity * stride, repeating: 0)
    sums = LogisticTotals(stride: stride)
  }
}
