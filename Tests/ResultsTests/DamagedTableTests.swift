import Results
import TestSupport
import Testing

/// Damage to the tables beside `curve.csv`: the file is named, then the line and column of what is wrong.
@Suite struct DamagedTableTests {
  @Test(arguments: [
    ("coefficients.csv", "point,repeat,fold,feature,coefficient,standardized_coefficient"),
    ("history.csv", "point,repeat,fold,epoch,objective,train_mse,validation_mse,weight_norm"),
    ("spectrum.csv", "repeat,fold,component,eigenvalue,lambda_mean,shrinkage"),
  ])
  func `a header alone is a table without rows, which a run may leave`(
    file: String, header: String
  ) throws {
    try withFolder([file: header + "\n"]) { folder in
      #expect(folder.coefficients == nil && folder.history == nil && folder.spectrum == nil)
    }
  }

  @Test(arguments: [
    (
      "coefficients.csv", "point,feature,coefficient\n0,age,1\n",
      "coefficients.csv:1: no column 'standardized_coefficient'"
    ),
    (
      "coefficients.csv",
      "point,feature,coefficient,standardized_coefficient\n0,age,1,2\n-1,age,1,2\n",
      "coefficients.csv:3: point: found '-1', expected a whole number"
    ),
    (
      "coefficients.csv",
      "point,feature,coefficient,standardized_coefficient\n0,age,1,inf\n",
      "coefficients.csv:2: standardized_coefficient: found 'inf', expected a number"
    ),
    (
      "coefficients.csv",
      "point,feature,coefficient,standardized_coefficient\n0,age,1\n",
      "coefficients.csv:2: found 3 cells, the header has 4"
    ),
    (
      "history.csv", "point,train_mse\n0,1\n",
      "history.csv:1: no column 'epoch'"
    ),
    (
      "history.csv", "point,epoch,train_mse\n0,,1\n",
      "history.csv:2: epoch: found '', expected a number"
    ),
    (
      "history.csv", "point,epoch,train_mse\n0,0,1\n0,1,many\n",
      "history.csv:3: train_mse: found 'many', expected a number"
    ),
    (
      "spectrum.csv", "repeat,fold,eigenvalue,lambda_mean\n0,0,1,1\n",
      "spectrum.csv:1: no column 'shrinkage'"
    ),
    (
      "spectrum.csv", "repeat,fold,eigenvalue,lambda_mean,shrinkage\n0,1.5,1,1,0.5\n",
      "spectrum.csv:2: fold: found '1.5', expected a whole number"
    ),
    (
      "spectrum.csv", "repeat,fold,eigenvalue,lambda_mean,shrinkage\n0,0,1,,0.5\n",
      "spectrum.csv:2: lambda_mean: found '', expected a number"
    ),
    ("run.json", "{\n  \"seed\": 7x\n}", "run.json:2:"),
  ])
  func `says what is wrong and where`(file: String, text: String, message: String) {
    let error = #expect(throws: ResultError.self) { try withFolder([file: text]) { _ in } }
    #expect(error?.description.contains("/" + message) == true)
    #expect(error?.isMissing == false)
  }
}
