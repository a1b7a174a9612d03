import Datasets
import LinearModels
import ModelSelection
import Numerics
import Results
import Tables

/// The CSV files of a sweep, as bytes in pieces to be written one after another; rows in point, then
/// repeat, then fold order.
struct ResultTables {
  let results: SweepResults
  let workers: Int

  private var plan: SweepPlan { results.plan }
  private var metrics: [Metric] { plan.spec.metrics }

  /// `curve.csv`: one row per point.
  func curve() -> [[UInt8]] {
    var header = ["point"] + PointCells.header + ["lambda_mean", "status", "folds"]
    for metric in metrics {
      for column in columns(of: metric, plan.parts) { header += [column, "\(column)_se"] }
    }
    header += ["weight_norm", "effective_df", "selected"]
    return table(header, rowCount: plan.grid.count) { point, row in
      let summary = results.points[point]
      row.cell(point)
      PointCells.write(plan.grid[point], to: &row)
      row.cell(lambdaMean(point))
      row.cell(summary.status.rawValue)
      row.cell(summary.foldCount)
      for metric in metrics.indices {
        for part in plan.parts {
          let value = summary.metrics[part, metric]
          row.cell(value?.mean)
          row.cell(value?.standardError)
        }
      }
      row.cell(summary.weightNorm)
      row.cell(summary.effectiveDegreesOfFreedom)
      row.cell(results.selectionCells[point, default: ""])
      return true
    }
  }

  /// `jobs.csv`: one row per job.
  func jobs() -> [[UInt8]] {
    var header = ["point", "repeat", "fold"] + PointCells.header
    header += ["lambda_mean", "status", "epochs_run", "gradient_norm", "objective"]
    for metric in metrics { header += columns(of: metric, plan.parts) }
    header += ["weight_norm", "effective_df", "multiplier", "message"]
    let folds = plan.foldCount
    return table(header, rowCount: plan.jobCount) { job, row in
      let record = results.records[job]
      writeJob(job, to: &row)
      PointCells.write(plan.grid[job / folds], to: &row)
      row.cell(lambdaMean(job / folds, fold: job % folds))
      row.cell(record.status.rawValue)
      if let epochs = record.epochsRun { row.cell(epochs) } else { row.emptyCell() }
      row.cell(record.gradientNorm)
      row.cell(record.objective)
      writeMetrics(record.means, plan.parts, job, to: &row)
      row.cell(record.weightNorm)
      row.cell(record.effectiveDegreesOfFreedom)
      row.cell(record.multiplier)
      row.cell(record.message ?? "")
      return true
    }
  }

  /// `coefficients.csv`: one row per job and feature, the intercept first.
  func coefficients(featureNames: @escaping @Sendable (_ degree: Int) -> [String]) -> [[UInt8]] {
    let header = ["point", "repeat", "fold", "feature", "coefficient", "standardized_coefficient"]
    let folds = plan.foldCount
    return table(header, rowCount: plan.jobCount) { job, row in
      guard let coefficients = results.records[job].coefficients else { return false }
      let names = featureNames(plan.grid[job / folds].degree)
      writeJob(job, to: &row)
      row.cell(FeatureNames.intercept)
      row.cell(coefficients.intercept)
      row.cell(coefficients.standardizedIntercept)
      for (index, name) in names.enumerated() {
        row.endRow()
        writeJob(job, to: &row)
        row.cell(name)
        row.cell(coefficients.weights[index])
        row.cell(coefficients.standardizedWeights[index])
      }
      return true
    }
  }

  /// `history.csv`: one row per job and recorded epoch.
  func history() -> [[UInt8]] {
    var header = ["point", "repeat", "fold", "epoch", "objective"]
    for metric in metrics { header += columns(of: metric, [.train, .validation]) }
    header += ["weight_norm"]
    return table(header, rowCount: plan.jobCount) { job, row in
      guard let history = results.records[job].history, !history.isEmpty else { return false }
      for (index, entry) in history.enumerated() {
        if index > 0 { row.endRow() }
        writeJob(job, to: &row)
        row.cell(entry.epoch)
        row.cell(entry.objective)
        writeMetrics(entry.means, [.train, .validation], job, to: &row)
        row.cell(entry.weightNorm)
      }
      return true
    }
  }

  /// `spectrum.csv`: one row per fold, λ and eigenvalue, the largest eigenvalue first.
  func spectrum(_ spectra: [[Double]]) -> [[UInt8]] {
    let header = ["repeat", "fold", "component", "eigenvalue", "lambda_mean", "shrinkage"]
    let perRepeat = plan.data.folds.foldsPerRepeat
    return table(header, rowCount: plan.foldCount) { fold, row in
      var isFirst = true
      for lambda in distinctLambdaMeans(fold: fold) {
        for (component, eigenvalue) in spectra[fold].enumerated() {
          if !isFirst { row.endRow() }
          isFirst = false
          row.cell(fold / perRepeat)
          row.cell(fold % perRepeat)
          row.cell(component)
          row.cell(eigenvalue)
          row.cell(lambda)
          row.cell(eigenvalue <= 0 ? 0 : eigenvalue / (eigenvalue + lambda))
        }
      }
      return !isFirst
    }
  }

  /// The λ of J, the mean over folds when these have different numbers of rows.
  func lambdaMean(_ point: Int) -> Double? {
    let first = lambdaMean(point, fold: 0)
    guard plan.spec.lambdaScale != .mean, let first else { return first }
    let values = (0..<plan.foldCount).compactMap { lambdaMean(point, fold: $0) }
    return values.allSatisfy { $0 == first } ? first : Summary(values)?.mean
  }

  private func lambdaMean(_ point: Int, fold: Int) -> Double? {
    let point = plan.grid[point]
    return point.lambda.map {
      plan.spec.lambdaScale.lambdaMean(
        $0, rowCount: plan.trainingRowCount(fold, trainSize: point.trainSize))
    }
  }

  private func distinctLambdaMeans(fold: Int) -> [Double] {
    var seen: Set<Double> = []
    return plan.slices[0].points.compactMap { lambdaMean($0, fold: fold) }
      .filter { seen.insert($0).inserted }
  }

  private func columns(of metric: Metric, _ parts: [Part]) -> [String] {
    parts.map { Measure($0, metric.rawValue).column }
  }

  private func writeMetrics(
    _ means: MeanTable, _ parts: [Part], _ job: Int, to row: inout CSVWriter
  ) {
    let (point, fold) = job.quotientAndRemainder(dividingBy: plan.foldCount)
    for metric in metrics {
      for part in parts {
        let value = plan.value(of: metric, means, part, point: point, fold: fold)
        if value.isFinite { row.cell(value) } else { row.emptyCell() }
      }
    }
  }

  private func writeJob(_ job: Int, to row: inout CSVWriter) {
    let folds = plan.data.folds
    let fold = job % plan.foldCount
    row.cell(job / plan.foldCount)
    row.cell(fold / folds.foldsPerRepeat)
    row.cell(fold % folds.foldsPerRepeat)
  }

  /// Formats rows in pieces on all cores; `write` says whether it wrote.
  private func table(
    _ header: [String], rowCount: Int, _ write: @Sendable (Int, inout CSVWriter) -> Bool
  ) -> [[UInt8]] {
    let pieceSize = 1024
    var first = CSVWriter()
    first.row(header)
    return [first.bytes]
      + concurrentMap((rowCount + pieceSize - 1) / pieceSize, workers: workers) { piece in
        var rows = CSVWriter()
        let indices = (piece * pieceSize)..<min((piece + 1) * pieceSize, rowCount)
        for index in indices {
          if write(index, &rows) { rows.endRow() }
          // Rows are about as long as the first; what is longer than a megabyte grows as it comes.
          if index == indices.lowerBound {
            rows.reserve(min(rows.bytes.count * indices.count * 9 / 8, 1 << 20))
          }
        }
        return rows.bytes
      }
  }
}

/// The hyperparameter columns that every table shares.
enum PointCells {
  static let header = Axis.allCases.map(\.rawValue)

  static func write(_ point: Point, to row: inout CSVWriter) {
    point.forEachValue(ofFirst: header.count) { value in
      switch value {
      case .number(let number): row.cell(number)
      case .word(let word): row.cell(word)
      case nil: row.emptyCell()
      }
    }
  }
}
