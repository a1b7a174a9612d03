import Sweeping

/// Whole sweeps as a user runs them, from the spec's text to the tables, on generated data: nothing
/// is written, so this is the engine and its bookkeeping.
enum SweepBenchmarks {
  static func all(workers: Int) throws -> [Benchmark] {
    var counts = [1]
    if workers > 1 { counts.append(workers) }
    return try counts.flatMap { workers in
      [
        try sweep(
          "ridge, 20,000 × 100, 50 λ, 5 folds", workers,
          data: #""rows": 20000, "features": 100"#,
          grid: #""solver": "normal", "lambda": {"logspace": [1e-6, 1e3], "count": 50}"#),
        try sweep(
          "pure sgd, 32 points, 5 folds, 5 epochs, 10,000 × 50", workers,
          data: #""rows": 10000, "features": 50"#,
          grid: #"""
            "solver": "sgd", "batch_size": 1, "epochs": 5, "eta": [1e-4, 3e-4, 1e-3, 3e-3],
            "lambda": {"logspace": [1e-5, 1], "count": 8}
            """#),
        try sweep(
          "newton, 20 λ, 5 folds, 10,000 × 50", workers,
          data: #""kind": "logistic", "rows": 10000, "features": 50"#, loss: "logistic",
          grid: #""solver": "newton", "lambda": {"logspace": [1e-4, 10], "count": 20}"#),
        try sweep(
          "20,000 points of one column", workers, data: #""rows": 100, "features": 1"#,
          grid: #""solver": "normal", "lambda": {"logspace": [1e-6, 1e3], "count": 20000}"#),
      ]
    }
  }

  private static func sweep(
    _ name: String, _ workers: Int, data: String, loss: String = "squared", grid: String
  ) throws -> Benchmark {
    let text = """
      {"data": {"synthetic": {\(data)}}, "features": {"standardize": "none"},
       "split": {"k_fold": 5}, "model": {"loss": "\(loss)"}, "grid": {\(grid)}}
      """
    let spec = try SpecReader.read(text: Array(text.utf8), path: "benchmark.json")
    let run = try SweepRun(RunRequest(spec: spec, output: nil, workers: workers)) { _ in }
    let cores = workers == 1 ? "1 core" : "\(workers) cores"
    return Benchmark(name: "\(name), \(cores)", workers: workers) {
      keep(try run.perform()?.hasFailed)
    }
  }
}
