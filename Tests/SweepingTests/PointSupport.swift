import LinearModels
import Results
import Sweeping

extension AxisValue: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByStringLiteral
{
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(integerLiteral value: Int) { self = .number(Double(value)) }
  public init(stringLiteral value: String) { self = .word(value) }
}

extension GridSpec {
  /// The values of an axis of numbers, as written.
  func numbers(_ axis: Axis) -> [Double] { self[axis].compactMap(\.number) }
}
