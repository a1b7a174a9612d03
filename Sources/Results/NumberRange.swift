package import Tables

/// The numbers that a key accepts, once for the parser, its messages and the schema.
package struct NumberRange: Hashable, Sendable {
  package var minimum: Double?
  package var exclusiveMinimum: Double?
  package var exclusiveMaximum: Double?
  package var isWhole = false
  /// What is allowed, for a message.
  package var words: String

  package static let any = NumberRange(words: "a number")
  package static let positive = NumberRange(exclusiveMinimum: 0, words: "a number above 0")
  package static let nonNegative = NumberRange(minimum: 0, words: "a number of at least 0")
  package static let fraction = NumberRange(
    exclusiveMinimum: 0, exclusiveMaximum: 1, words: "a fraction above 0 and below 1")
  package static let wholeFromZero = whole(from: 0)
  package static let wholeFromOne = whole(from: 1)
  package static let wholeFromTwo = whole(from: 2)
  /// A row count, or a fraction of the training rows; `accepts` has the whole rule.
  package static let trainSize = NumberRange(
    exclusiveMinimum: 0, words: "a whole number of rows, or a fraction above 0 and below 1")

  private static func whole(from minimum: Double) -> NumberRange {
    NumberRange(
      minimum: minimum, isWhole: true, words: "a whole number of at least \(shortest(minimum))")
  }

  package func accepts(_ value: Double) -> Bool {
    if let minimum, value < minimum { return false }
    if let exclusiveMinimum, value <= exclusiveMinimum { return false }
    if let exclusiveMaximum, value >= exclusiveMaximum { return false }
    if self == .trainSize, value > 1, !Self.isWhole(value) { return false }
    return !isWhole || Self.isWhole(value)
  }

  /// Whether the value is an integer that a double holds without doubt.
  private static func isWhole(_ value: Double) -> Bool {
    value == value.rounded() && value.magnitude <= largestWhole
  }

  /// Up to here every integer is a double.
  package static let largestWhole = 0x1p53

  package var schema: JSONValue {
    if self == .trainSize {
      return ["anyOf": [Self.wholeFromOne.schema, Self.fraction.schema]]
    }
    var members: [JSONValue.Member] = [.init("type", isWhole ? "integer" : "number")]
    if let minimum { members.append(.init("minimum", .number(minimum))) }
    if isWhole { members.append(.init("maximum", .integer(1 << 53))) }
    if let exclusiveMinimum { members.append(.init("exclusiveMinimum", .number(exclusiveMinimum))) }
    if let exclusiveMaximum { members.append(.init("exclusiveMaximum", .number(exclusiveMaximum))) }
    return .object(members)
  }
}
