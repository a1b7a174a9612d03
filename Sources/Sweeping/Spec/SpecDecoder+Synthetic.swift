import Datasets
import Results
import Tables

extension SpecDecoder {
  /// The number of features follows from an array of coefficients.
  mutating func decodeSynthetic(_ field: SpecField?, seed: UInt64) -> DataSource? {
    guard let field, let object = object(field, SyntheticKey.self) else { return nil }
    let kind: SyntheticSource.Kind? = word(.kind, of: object)
    let rows = require(.rows, in: object).flatMap { _ in whole(.rows, of: object) }
    let coefficients = decodeCoefficients(object[.coefficient])
    let features = whole(.features, of: object)
    let written = object[.features] == nil ? nil : features
    let noise = number(.noise, of: object)
    let intercept = number(.intercept, of: object)
    let ownSeed = decodeSeed(object[.seed]) ?? seed
    guard let kind, let rows, var features, let noise, let intercept else { return nil }
    if kind == .polynomial {
      if let field = object[.features], let written, written != 1 {
        report(.conflict("a polynomial has one feature, so 'features' must be 1"), at: field)
      }
    } else if coefficients.count > 1, let field = object[.coefficient] {
      if let written, written != coefficients.count {
        report(
          .conflict(
            "has \(coefficients.count) values for \(written) features, "
              + "write one value or one per feature"), at: field)
      }
      features = coefficients.count
    }
    guard rows.multipliedReportingOverflow(by: features).partialValue <= Self.largestSynthetic,
      !rows.multipliedReportingOverflow(by: features).overflow
    else {
      report(
        .conflict(
          "has \(rows) rows of \(features) features, at most \(Self.largestSynthetic) values can "
            + "be drawn"), at: field)
      return nil
    }
    return .synthetic(
      SyntheticSource(
        kind: kind, rows: rows, features: features, noise: noise, coefficients: coefficients,
        intercept: intercept, seed: ownSeed))
  }

  /// 32 GB of doubles.
  private static let largestSynthetic = 4_000_000_000

  private mutating func decodeCoefficients(_ field: SpecField?) -> [Double] {
    guard let field else { return [1] }
    guard let elements = field.elements else {
      guard let value = field.node.number else {
        mismatch(field, allowed: "a number or an array of numbers")
        return [1]
      }
      return [value]
    }
    if elements.isEmpty {
      report(.conflict("is empty, write a number or one per feature"), at: field)
    }
    return elements.map { number($0, in: .any) ?? 1 }
  }
}
