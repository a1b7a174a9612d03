import Datasets
import Sweeping

extension CSVSource {
  /// What a spec with these members of `data` beside path and target says.
  static func ofSpec(_ data: String) throws -> CSVSource? {
    let text = """
      {"data": {"csv": "d.csv", "target": "y", \(data)}, "grid": {"solver": "normal", "lambda": 1}}
      """
    let spec = try SpecReader.read(text: Array(text.utf8), path: "s.json")
    guard case .csv(let source) = spec.data else { return nil }
    return source
  }
}
