import Sweeping
import Tables

func performPlan(_ options: RunOptions) throws -> ExitStatus {
  let spec = try options.spec.load()
  let grid = try Grid(spec)
  switch options.common.format {
  case .json:
    try Terminal.print(
      JSONText.encode([
        "schema_version": 1, "name": .string(spec.name), "points": .integer(grid.count),
        "duplicates_dropped": .integer(grid.duplicateCount),
        "excluded": .integer(grid.excludedCount),
      ]))
  case .text, .github:
    try Terminal.print(
      "\(spec.name): \(grid.count) points, \(grid.duplicateCount) duplicates dropped, "
        + "\(grid.excludedCount) excluded\n")
  }
  return .done
}
