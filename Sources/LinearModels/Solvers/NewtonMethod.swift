package func newtonMethod(
  rows: ScaledRows, hasIntercept: Bool, lambdas: [Double], tolerance: Double
) -> LaneFits { fatalError() }
package func minimumNorm(rows: ScaledRows, hasIntercept: Bool, lambdas: [Double]) -> LaneFits { fatalError() }
