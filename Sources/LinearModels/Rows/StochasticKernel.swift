/// Pure stochastic steps, one per row in order, each fused with the next row's dot product.
///
/// For row i with z = x·w + b and slope s = ∂ℓ/∂z:
///
///     w ← decay·w − (η·s)·x,  b ← b − η·s
///
/// The dot product is two partial sums, over the even and the odd features, which are then added. The
/// weights are read and written once per row, not twice.
/// - Parameters:
///   - shares: what the slope of each row is multiplied by, where rows do not count alike.
///   - pitch: from the weights of one feature to those of the next, in vectors.
/// - Complexity: O(rows × features) per lane.
@inline(__always)
func descendRowByRow<Vector: LaneVector, Function: LossFunction>(
  rows: UnsafePointer<Double>, rowCount: Int, stride: Int, featureCount: Int,
  targets: UnsafePointer<Double>, shares: UnsafePointer<Double>?, decay: Vector,
  learningRate: Vector, learnsIntercept: Bool,
  weights: UnsafeMutablePointer<Vector>, pitch: Int, intercept: inout Vector,
  loss: Function.Type
) {
  guard rowCount > 0 else { return }
  var b = intercept
  var (even, odd) = (Vector.zero, Vector.zero)
  let pairs = featureCount & ~1
  var j = 0
  while j < pairs {
    unsafe even = even + weights[j &* pitch] * rows[j]
    unsafe odd = odd + weights[(j &+ 1) &* pitch] * rows[j &+ 1]
    j &+= 2
  }
  if j < featureCount { unsafe even = even + weights[j &* pitch] * rows[j] }
  for r in 0..<rowCount {
    let x = unsafe rows + r &* stride
    var step = unsafe learningRate * Function.slopes((even + odd) + b, target: targets[r])
    if let shares = unsafe shares { unsafe step = step * shares[r] }
    if learnsIntercept { b = b - step }
    (even, odd) = (.zero, .zero)
    j = 0
    if r &+ 1 < rowCount {
      let next = unsafe x + stride
      while j < pairs {
        let first = unsafe decay * weights[j &* pitch] - step * x[j]
        let second = unsafe decay * weights[(j &+ 1) &* pitch] - step * x[j &+ 1]
        unsafe weights[j &* pitch] = first
        unsafe weights[(j &+ 1) &* pitch] = second
        unsafe even = even + first * next[j]
        unsafe odd = odd + second * next[j &+ 1]
        j &+= 2
      }
      if j < featureCount {
        let last = unsafe decay * weights[j &* pitch] - step * x[j]
        unsafe weights[j &* pitch] = last
        unsafe even = even + last * next[j]
      }
    } else {
      while j < featureCount {
        unsafe weights[j &* pitch] = decay * weights[j &* pitch] - step * x[j]
        j &+= 1
      }
    }
  }
  intercept = b
}
