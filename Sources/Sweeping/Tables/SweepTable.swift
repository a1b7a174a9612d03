import LinearModels
import ModelSelection
import Numerics
package import Results
import Tables

/// A table of a result folder with its rows.
package protocol SweepTable: ResultField {
  /// The rows below the header, as bytes in pieces to be written one after another; in point, then repeat,
  /// then fold order. `nil` when abandoned.
  static func rows(_ source: TableSource) throws -> [[UInt8]]?
}

extension SweepTable {
  /// The whole table; `nil` when abandoned.
  static func table(_ source: TableSource) throws -> [[UInt8]]? {
    guard let rows = try rows(source) else { return nil }
    var header = CSVWriter()
    header.row(Self.header(in: source.plan.tableShape))
    return [header.bytes] + rows
  }
}

/// What the rows of tables are made from.
package struct TableSource: Sendable {
  let results: SweepResults
  let engine: SweepEngine<LinearModelRunner>
  /// By degree.
  let featureNames: [Int: [String]]
  let workers: Int
  let shouldAbandon: @Sendable () -> Bool

  var plan: SweepPlan { results.plan }

  /// Formats rows in pieces on all cores; `write` makes those of a point, a job or a fold.
  func rows<Columns: ResultField>(
    _: Columns.Type, count: Int, _ write: @Sendable (Int, inout TableRows<Columns>) -> Void
  ) -> [[UInt8]] {
    let pieceSize = 1024
    return concurrentMap((count + pieceSize - 1) / pieceSize, workers: workers) { piece in
      var rows = TableRows<Columns>()
      let indices = (piece * pieceSize)..<min((piece + 1) * pieceSize, count)
      for index in indices {
        write(index, &rows)
        // Rows are about as long as the first; what is longer than a megabyte grows as it comes.
        if index == indices.lowerBound {
          rows.cells.reserve(min(rows.cells.bytes.count * indices.count * 9 / 8, 1 << 20))
        }
      }
      return rows.cells.bytes
    }
  }
}

/// Some rows of a table as text.
struct TableRows<Columns: ResultField> {
  var cells = CSVWriter()
  private let columns = Array(Columns.allCases)

  /// Adds a row.
  /// - Parameter write: makes the cells of a column, as many as its names.
  mutating func add(_ write: (_ column: Columns, _ cells: inout CSVWriter) throws -> Void) rethrows
  {
    for column in columns { try write(column, &cells) }
    cells.endRow()
  }
}

extension SweepPlan {
  var tableShape: TableShape {
    var conditions: Set<FieldCondition> = []
    if data.classes != nil { conditions.insert(.classes) }
    if case .files = spec.split.kind { conditions.insert(.fileSplit) }
    return TableShape(
      metrics: spec.metrics.map(\.rawValue), parts: parts, conditions: conditions)
  }

  /// The λ of the objective; `nil` for a point that has none.
  func lambdaMean(_ point: Int, fold: Int) -> Double? {
    let point = grid[point]
    return point.lambda.map {
      spec.lambdaScale.lambdaMean(
        $0, totalWeight: trainingWeight(fold, trainSize: point.trainSize))
    }
  }

  /// The repeat of a fold, and its place in it.
  func place(ofFold fold: Int) -> (repeatIndex: Int, fold: Int) {
    let (repeatIndex, fold) = fold.quotientAndRemainder(dividingBy: data.folds.foldsPerRepeat)
    return (repeatIndex, fold)
  }
}

extension CSVWriter {
  /// What a point has on each axis.
  mutating func axes(of point: Point) {
    point.forEachValue(ofFirst: Axis.allCases.count) { value in
      switch value {
      case .number(let number): cell(number)
      case .word(let word): cell(word)
      case nil: emptyCell()
      }
    }
  }

  /// The values of every metric on some parts of a job.
  mutating func measures(_ means: MeanTable, _ parts: [Part], of job: Int, in plan: SweepPlan) {
    let (point, fold) = job.quotientAndRemainder(dividingBy: plan.foldCount)
    for metric in plan.spec.metrics {
      for part in parts {
        cell(plan.value(of: metric, means, part, point: point, fold: fold))
      }
    }
  }
}
