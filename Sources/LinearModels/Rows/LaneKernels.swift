import Numerics

// The inner loops over rows, features and lanes. Flat storage in, flat storage out, no allocation; each sum is
// a plain sequential sum unless its comment says otherwise, multiply then add.

/// z = X·w + b for every row and lane.
///
///     z[r][l] = ((x[r][0]·w[0][l] + x[r][1]·w[1][l]) + …) + b[l]
///
/// - Complexity: O(rows × features) per lane.
func predict(
  rows: UnsafePointer<Double>, rowCount: Int, stride: Int, featureCount: Int,
  weights: UnsafePointer<Lanes>, intercept: Lanes, into z: UnsafeMutablePointer<Lanes>
) {
  var r = 0
  while r &+ 4 <= rowCount {
    let x0 = unsafe rows + r &* stride
    let x1 = unsafe x0 + stride
    let x2 = unsafe x1 + stride
    let x3 = unsafe x2 + stride
    var z0 = Lanes.zero
    var z1 = Lanes.zero
    var z2 = Lanes.zero
    var z3 = Lanes.zero
    for j in 0..<featureCount {
      let w = unsafe weights[j]
      unsafe z0 = z0 + w * x0[j]
      unsafe z1 = z1 + w * x1[j]
      unsafe z2 = z2 + w * x2[j]
      unsafe z3 = z3 + w * x3[j]
    }
    unsafe z[r] = z0 + intercept
    unsafe z[r &+ 1] = z1 + intercept
    unsafe z[r &+ 2] = z2 + intercept
    unsafe z[r &+ 3] = z3 + intercept
    r &+= 4
  }
  while r < rowCount {
    let x = unsafe rows + r &* stride
    var sum = Lanes.zero
    for j in 0..<featureCount { unsafe sum = sum + weights[j] * x[j] }
    unsafe z[r] = sum + intercept
    r &+= 1
  }
}

/// g[j] += Σ_r x[r][j] · slope[r], the rows of the block summed in order before they are added.
///
/// - Complexity: O(rows × features) per lane.
func accumulateGradient(
  rows: UnsafePointer<Double>, rowCount: Int, stride: Int, featureCount: Int,
  slopes: UnsafePointer<Lanes>, into gradient: UnsafeMutablePointer<Lanes>
) {
  unsafe forEachColumnSum(
    rows: rows, rowCount: rowCount, stride: stride, featureCount: featureCount, slopes: slopes
  ) { j, sum in
    unsafe gradient[j] = gradient[j] + sum
  }
}

/// One mini-batch step: w[j] = decay·w[j] − step·Σ_r x[r][j]·slope[r].
///
/// - Complexity: O(rows × features) per lane.
func descend(
  rows: UnsafePointer<Double>, rowCount: Int, stride: Int, featureCount: Int,
  slopes: UnsafePointer<Lanes>, decay: Lanes, step: Lanes, weights: UnsafeMutablePointer<Lanes>
) {
  unsafe forEachColumnSum(
    rows: rows, rowCount: rowCount, stride: stride, featureCount: featureCount, slopes: slopes
  ) { j, sum in
    unsafe weights[j] = decay * weights[j] - step * sum
  }
}

/// Calls `body` with Σ_r x[r][j]·slope[r] for each feature j; four features share a load of slopes.
@inline(__always)
private func forEachColumnSum(
  rows: UnsafePointer<Double>, rowCount: Int, stride: Int, featureCount: Int,
  slopes: UnsafePointer<Lanes>, _ body: (Int, Lanes) -> Void
) {
  var j = 0
  while j &+ 4 <= featureCount {
    var s0 = Lanes.zero
    var s1 = Lanes.zero
    var s2 = Lanes.zero
    var s3 = Lanes.zero
    var x = unsafe rows + j
    for r in 0..<rowCount {
      let slope = unsafe slopes[r]
      unsafe s0 = s0 + slope * x[0]
      unsafe s1 = s1 + slope * x[1]
      unsafe s2 = s2 + slope * x[2]
      unsafe s3 = s3 + slope * x[3]
      unsafe x += stride
    }
    body(j, s0)
    body(j &+ 1, s1)
    body(j &+ 2, s2)
    body(j &+ 3, s3)
    j &+= 4
  }
  while j < featureCount {
    var sum = Lanes.zero
    for r in 0..<rowCount { unsafe sum = sum + slopes[r] * rows[r &* stride &+ j] }
    body(j, sum)
    j &+= 1
  }
}
