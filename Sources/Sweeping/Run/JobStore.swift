import Datasets
import Journal
import LinearModels
import ModelSelection
import Platform
import Results
import Synchronization

/// The records of a plan's jobs: those that the journal holds, and those that are being fitted.
final class JobStore: Sendable {
  private struct State {
    var records: [JobRecord?]
    var failure: (any Error)?
    var runCount = 0
  }

  private let plan: SweepPlan
  private let keys: JobKeys
  private let writer: JournalWriter?
  private let state: Mutex<State>
  /// Jobs whose records came from the journal.
  let reusedCount: Int
  /// Records under the key of a job, with a right checksum, that no job of this spec can have.
  let misshapenCount: Int
  /// Records of jobs that lack something that is asked for now.
  let lackingCount: Int

  /// - Parameters:
  ///   - writer: where finished jobs go; `nil` keeps them in memory only.
  ///   - takesFailures: whether a failed job counts as done, as it does for a merge; a run tries it
  ///     again.
  init(
    plan: SweepPlan, keys: JobKeys, journal: JournalContents?, writer: JournalWriter?,
    takesFailures: Bool = false
  ) {
    self.plan = plan
    self.keys = keys
    self.writer = writer
    var records = [JobRecord?](repeating: nil, count: plan.jobCount)
    var (reused, misshapen, lacking) = (0, 0, 0)
    if let journal, journal.count > 0 {
      for fold in 0..<plan.foldCount {
        for slice in plan.slices {
          let scope = keys.scope(plan.identity(fold: fold, slice: slice))
          for index in slice.points {
            let point = plan.grid[index]
            guard let payload = journal[scope.key(point)] else { continue }
            switch plan.record(payload, of: point) {
            case .misshapen: misshapen += 1
            case .lacking: lacking += 1
            case .whole(let record):
              if record.status == .failed, !takesFailures { continue }
              records[plan.jobIndex(point: index, fold: fold)] = record
              reused += 1
            }
          }
        }
      }
    }
    (reusedCount, misshapenCount, lackingCount) = (reused, misshapen, lacking)
    state = Mutex(State(records: records))
  }

  /// Whether a job has its record.
  var done: [Bool] { state.withLock { $0.records.map { $0 != nil } } }

  /// All records when none is missing.
  var complete: [JobRecord]? {
    state.withLock { state in
      let records = state.records.compactMap { $0 }
      return records.count == state.records.count ? records : nil
    }
  }

  /// The points of a solver that lead by the jobs that are done.
  func likelyWinners(_ solver: Solver, limit: Int) -> [Int] {
    let records = state.withLock { $0.records }
    return plan.likelyWinners(solver, records: records, limit: limit)
  }

  /// The first error of the journal; no further job should be started.
  var failure: (any Error)? { state.withLock { $0.failure } }

  var runCount: Int { state.withLock { $0.runCount } }

  /// Takes the records of one cohort: into the journal first, then into memory.
  /// - Parameter isDone: whether these jobs were done already, and are fitted again for their weights.
  func add(
    _ identity: FoldIdentity, _ points: [Int], _ records: [JobRecord], isDone: Bool = false
  ) {
    append(identity, points, records)
    let fold = identity.repeatIndex * plan.data.folds.foldsPerRepeat + identity.fold
    state.withLock { state in
      if !isDone { state.runCount += points.count }
      for (point, record) in zip(points, records) {
        state.records[plan.jobIndex(point: point, fold: fold)] = record
      }
    }
  }

  /// The fits of the winners on all rows that the journal holds already.
  func refits(of points: [Int], in journal: JournalContents?) -> [Int: JobRecord] {
    guard let journal else { return [:] }
    var refits: [Int: JobRecord] = [:]
    for point in points {
      let scope = keys.scope(.refit(degree: plan.grid[point].degree))
      if let payload = journal[scope.key(plan.grid[point])],
        case .whole(let record) = plan.record(payload, of: plan.grid[point], isRefit: true)
      {
        refits[point] = record
      }
    }
    return refits
  }

  func addRefits(_ refits: [Int: JobRecord]) {
    for point in refits.keys.sorted() {
      guard let record = refits[point] else { continue }
      append(.refit(degree: plan.grid[point].degree), [point], [record])
    }
  }

  private func append(_ identity: FoldIdentity, _ points: [Int], _ records: [JobRecord]) {
    guard let writer else { return }
    let scope = keys.scope(identity)
    // A record without coefficients and history, with its frame.
    var batch = JournalBatch(reserving: records.count * 128)
    for (point, record) in zip(points, records) {
      batch.add(scope.key(plan.grid[point])) { record.encode(into: &$0) }
    }
    do {
      try plan.data.dataset.checkFiles()
      try writer.append(batch)
    } catch {
      state.withLock { state in
        if state.failure == nil { state.failure = error }
      }
    }
  }
}

extension Journal {
  /// Everything in the folder; of a job with several records one that holds all that a spec wants.
  func readRecords(for spec: SweepSpec) throws(FileError) -> JournalContents {
    let wanted = spec.keptContents
    return try read { JobRecord.isProvisional($0, wanted: wanted) }
  }
}

extension SweepPlan {
  func identity(fold: Int, slice: Slice) -> FoldIdentity {
    FoldIdentity(
      repeatIndex: fold / data.folds.foldsPerRepeat, fold: fold % data.folds.foldsPerRepeat,
      degree: slice.degree, trainSize: slice.trainSize)
  }
}
