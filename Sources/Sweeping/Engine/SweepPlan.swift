import Datasets
import LinearModels
import ModelSelection

/// What a spec amounts to on its data, before anything is fitted.
struct SweepPlan: Sendable {
  let spec: SweepSpec
  let data: PreparedData
  let grid: Grid
  let jobCount: Int
  /// Points that share a feature map and a training size, in order of first appearance.
  let slices: [Slice]
  private let trainingRowCounts: [Int]

  /// The points of one degree and one training size.
  struct Slice: Sendable {
    let degree: Int
    let trainSize: TrainSize?
    let points: [Int]
  }

  init(_ spec: SweepSpec, data: PreparedData) throws {
    self.spec = spec
    self.data = data
    grid = try Grid(spec)
    jobCount = try grid.jobCount(
      foldCount: data.folds.foldsPerRepeat, repeats: data.folds.repeatCount, of: spec)
    trainingRowCounts = (0..<data.folds.count).map { data.folds.trainingRowCount($0) }
    var order: [SliceKey] = []
    var members: [SliceKey: [Int]] = [:]
    for index in 0..<grid.count {
      let point = grid[index]
      let key = SliceKey(degree: point.degree, trainSize: point.trainSize)
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(index)
    }
    slices = order.map {
      Slice(degree: $0.degree, trainSize: $0.trainSize, points: members[$0, default: []])
    }
    try checkTrainSizes()
  }

  var foldCount: Int { data.folds.count }

  /// A job's place among all: point by point, within it fold by fold.
  func jobIndex(point: Int, fold: Int) -> Int { point * foldCount + fold }

  /// The rows that a fold's jobs with a training size are fitted on.
  func trainingRowCount(_ fold: Int, trainSize: TrainSize?) -> Int {
    let available = trainingRowCounts[fold]
    return trainSize?.rowCount(of: available) ?? available
  }

  private func checkTrainSizes() throws(DataProblem) {
    for slice in slices {
      guard case .rows(let wanted) = slice.trainSize else { continue }
      for index in 0..<foldCount {
        let available = trainingRowCounts[index]
        guard wanted <= available else {
          throw .trainSizeTooLarge(
            wanted: wanted, available: available, fold: index % data.folds.foldsPerRepeat)
        }
      }
    }
  }
}

private struct SliceKey: Hashable {
  let degree: Int
  let trainSize: TrainSize?
}

extension TrainSize {
  /// How many of `available` training rows this is; a fraction is rounded down, but not to none.
  func rowCount(of available: Int) -> Int {
    switch self {
    case .rows(let count): count
    case .fraction(let fraction): max(1, Int(fraction * Double(available)))
    }
  }
}
