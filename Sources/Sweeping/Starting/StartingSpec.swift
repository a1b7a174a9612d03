/// The spec that `sweep init` writes: it runs as it is and says how to make it one's own.
package enum StartingSpec {
  /// The schema that the spec names, for editors; it lies beside the spec.
  package static let schemaFile = "sweep.schema.json"

  /// The text, or `nil` when `name` cannot name a spec (letters, digits, `.`, `_` and `-`).
  package static func text(name: String) -> String? {
    guard SpecDecoder.isName(name) else { return nil }
    return """
      {
        "$schema": "\(schemaFile)",
        "name": "\(name)",
        "description": "How much must lambda hold back a polynomial of degree 12 that is fitted to \
      60 noisy points of a cubic? Below the best lambda the model overfits (training error small, \
      validation error large), above it underfits. 'normal' is the exact answer, 'gd' what gradient \
      descent reaches. For data of your own write {\\"csv\\": \\"my.csv\\", \\"target\\": \\"column\\"}; \
      'sweep plan' shows the size of a grid, 'sweep help spec' every key.",
        "data": {
          "synthetic": {
            "kind": "polynomial",
            "rows": 60,
            "coefficient": [1, -2, 3],
            "noise": 0.5
          }
        },
        "features": { "polynomial": 12, "standardize": "population" },
        "split": { "k_fold": 5 },
        "model": { "loss": "squared" },
        "grid": {
          "solver": ["normal", "gd"],
          "lambda": { "logspace": [1e-6, 10], "count": 29 },
          "eta": 0.05,
          "epochs": 1000
        },
        "metrics": ["mse", "r2"],
        "select": { "metric": "mse", "rule": "one_standard_error" },
        "seed": 7
      }

      """
  }
}
