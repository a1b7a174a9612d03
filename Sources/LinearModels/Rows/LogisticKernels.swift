import Numerics

// The inner loops of the logistic optimum: eight points side by side, so that points that are done make
// room for the others. As in `LaneKernels.swift` no lane depends on its neighbours.

/// z = X·w for every row and lane, summed in the order of the columns.
///
/// - Complexity: O(rows × columns) per lane.
func predict(
  rows: UnsafePointer<Double>, rowCount: Int, stride: Int, columnCount: Int,
  weights: UnsafePointer<HalfLanes>, into z: UnsafeMutablePointer<HalfLanes>
) {
  var r = 0
  while r &+ 8 <= rowCount {
    let x0 = unsafe rows + r &* stride
    let x1 = unsafe x0 + stride
    let x2 = unsafe x1 + stride
    let x3 = unsafe x2 + stride
    let x4 = unsafe x3 + stride
    let x5 = unsafe x4 + stride
    let x6 = unsafe x5 + stride
    let x7 = unsafe x6 + stride
    var z0 = HalfLanes.zero
    var z1 = HalfLanes.zero
    var z2 = HalfLanes.zero
    var z3 = HalfLanes.zero
    var z4 = HalfLanes.zero
    var z5 = HalfLanes.zero
    var z6 = HalfLanes.zero
    var z7 = HalfLanes.zero
    for j in 0..<columnCount {
      let w = unsafe weights[j]
      unsafe z0 = z0 + w * x0[j]
      unsafe z1 = z1 + w * x1[j]
      unsafe z2 = z2 + w * x2[j]
      unsafe z3 = z3 + w * x3[j]
      unsafe z4 = z4 + w * x4[j]
      unsafe z5 = z5 + w * x5[j]
      unsafe z6 = z6 + w * x6[j]
      unsafe z7 = z7 + w * x7[j]
    }
    unsafe z[r] = z0
    unsafe z[r &+ 1] = z1
    unsafe z[r &+ 2] = z2
    unsafe z[r &+ 3] = z3
    unsafe z[r &+ 4] = z4
    unsafe z[r &+ 5] = z5
    unsafe z[r &+ 6] = z6
    unsafe z[r &+ 7] = z7
    r &+= 8
  }
  while r < rowCount {
    let x = unsafe rows + r &* stride
    var sum = HalfLanes.zero
    for j in 0..<columnCount { unsafe sum = sum + weights[j] * x[j] }
    unsafe z[r] = sum
    r &+= 1
  }
}

/// g[j] += Σ_r x[r][j] · slope[r], the rows of the block summed in order before they are added.
///
/// - Parameter columnCount: a multiple of eight.
/// - Complexity: O(rows × columns) per lane.
func accumulateGradient(
  rows: UnsafePointer<Double>, rowCount: Int, stride: Int, columnCount: Int,
  slopes: UnsafePointer<HalfLanes>, into gradient: UnsafeMutablePointer<HalfLanes>
) {
  var j = 0
  while j < columnCount {
    var s0 = HalfLanes.zero
    var s1 = HalfLanes.zero
    var s2 = HalfLanes.zero
    var s3 = HalfLanes.zero
    var s4 = HalfLanes.zero
    var s5 = HalfLanes.zero
    var s6 = HalfLanes.zero
    var s7 = HalfLanes.zero
    var x = unsafe rows + j
    for r in 0..<rowCount {
      let slope = unsafe slopes[r]
      unsafe s0 = s0 + slope * x[0]
      unsafe s1 = s1 + slope * x[1]
      unsafe s2 = s2 + slope * x[2]
      unsafe s3 = s3 + slope * x[3]
      unsafe s4 = s4 + slope * x[4]
      unsafe s5 = s5 + slope * x[5]
      unsafe s6 = s6 + slope * x[6]
      unsafe s7 = s7 + slope * x[7]
      unsafe x += stride
    }
    let g = unsafe gradient + j
    unsafe g[0] = g[0] + s0
    unsafe g[1] = g[1] + s1
    unsafe g[2] = g[2] + s2
    unsafe g[3] = g[3] + s3
    unsafe g[4] = g[4] + s4
    unsafe g[5] = g[5] + s5
    unsafe g[6] = g[6] + s6
    unsafe g[7] = g[7] + s7
    j &+= 8
  }
}

/// Sums over the rows, each times its weight, that the logistic objective's steps need.
struct LogisticSums {
  /// Of p(1 − p).
  var curvatures = HalfLanes.zero
  /// Of p².
  var squares = HalfLanes.zero
  /// The largest |z|.
  var sizes = HalfLanes.zero
  /// The smallest y·z, where it is tracked.
  var margins = HalfLanes(repeating: .infinity)

  mutating func add(_ other: LogisticSums) {
    curvatures = curvatures + other.curvatures
    squares = squares + other.squares
    sizes.replace(with: other.sizes, where: other.sizes .> sizes)
    margins.replace(with: other.margins, where: other.margins .< margins)
  }
}

/// Replaces each score z by the slope −y·p, p = 1/(1 + e^(yz)), and adds up p(1 − p) and p², row by row.
/// Slopes are without the rows' weights.
///
/// The exponentials go by themselves: mixed with the sums they are not vectorised.
func logisticSlopes(
  _ z: UnsafeMutablePointer<HalfLanes>, targets: UnsafePointer<Double>, rowCount: Int,
  weights: UnsafePointer<Double>?, tracksMargins: Bool, sums: inout LogisticSums
) {
  for r in 0..<rowCount {
    let margin = unsafe z[r] * targets[r]
    if tracksMargins { sums.margins.replace(with: margin, where: margin .< sums.margins) }
    let size = margin.replacing(with: HalfLanes.zero - margin, where: margin .< HalfLanes.zero)
    sums.sizes.replace(with: size, where: size .> sums.sizes)
    unsafe z[r] = HalfLanes.zero - margin
  }
  unsafe replaceByLogistics(z, count: rowCount)
  if let weights = unsafe weights {
    for r in 0..<rowCount {
      let p = unsafe z[r]
      unsafe sums.curvatures = sums.curvatures + (p * (1 - p)) * weights[r]
      unsafe sums.squares = sums.squares + (p * p) * weights[r]
      unsafe z[r] = p * (-targets[r])
    }
    return
  }
  for r in 0..<rowCount {
    let p = unsafe z[r]
    sums.curvatures = sums.curvatures + p * (1 - p)
    sums.squares = sums.squares + p * p
    unsafe z[r] = p * (-targets[r])
  }
}

/// 1/(1 + e⁻ˣ) in place of each x.
private func replaceByLogistics(_ x: UnsafeMutablePointer<HalfLanes>, count: Int) {
  for index in 0..<count { unsafe x[index] = logistic(x[index]) }
}
