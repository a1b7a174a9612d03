import Results

/// The horizontal scale of values of a hyperparameter.
///
/// Rates such as λ are logarithmic from a factor of 8 on, counts from a factor of 50 on.
/// A zero among logarithmic values stands alone, left of a break.
func horizontalScale(_ axis: Axis, values: [Double], in frame: Frame) -> Scale {
  let inset = 10.0
  let zeroRoom = 34.0
  let positive = values.filter { $0 > 0 }
  let hasZero = values.contains(0)
  let isNegative = values.contains { $0 < 0 }
  guard let low = positive.min(), let high = positive.max(), !isNegative else {
    return Scale(
      .linear, from: values.min() ?? 0, to: values.max() ?? 1, pixels: frame.x + inset,
      frame.right - inset)
  }
  guard high / low >= (axis.isRate ? 8 : 50) || (hasZero && axis.isRate) else {
    return Scale(
      .linear, from: hasZero ? 0 : low, to: high, pixels: frame.x + inset, frame.right - inset)
  }
  return Scale(
    .logarithmic, from: low, to: high,
    pixels: frame.x + inset + (hasZero ? zeroRoom : 0), frame.right - inset,
    zeroPosition: hasZero ? frame.x + inset : nil)
}
