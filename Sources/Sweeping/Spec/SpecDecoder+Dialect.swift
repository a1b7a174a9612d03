import Datasets
import Tables

extension SpecDecoder {
  /// How the CSV file is written, with what cannot be told apart reported.
  mutating func decodeDialect(_ object: SpecObject<DataKey>) -> CSVDialect {
    let dialect = CSVDialect(
      delimiter: decodeDelimiter(object[.delimiter]) ?? ",",
      decimal: word(.decimal, of: object) ?? .point,
      thousands: scalar(.thousands, of: object, CSVDialect.canGroup),
      comment: decodeComment(object[.comment]),
      skippedLineCount: whole(.skippedLines, of: object) ?? 0,
      encoding: word(.encoding, of: object) ?? .utf8)
    for conflict in dialect.conflicts {
      if let field = object[conflict.key] { report(.conflict(conflict.description), at: field) }
    }
    return dialect
  }

  private mutating func decodeDelimiter(_ field: SpecField?) -> CSVDialect.Delimiter? {
    guard let field else { return nil }
    if field.node.string == DataKey.whitespace { return .whitespace }
    if let scalar = field.scalar, CSVDialect.canDelimit(scalar) { return .character(scalar) }
    mismatch(field, allowed: DataKey.delimiter.declaration.value.words)
    return nil
  }

  private mutating func decodeComment(_ field: SpecField?) -> String? {
    guard let field else { return nil }
    if let text = field.node.string, CSVDialect.canComment(text) { return text }
    mismatch(field, allowed: DataKey.comment.declaration.value.words)
    return nil
  }

  /// A text of one character.
  private mutating func scalar(
    _ key: DataKey, of object: SpecObject<DataKey>, _ isAllowed: (Unicode.Scalar) -> Bool
  ) -> Unicode.Scalar? {
    guard let field = object[key] else { return nil }
    if let scalar = field.scalar, isAllowed(scalar) { return scalar }
    mismatch(field, allowed: key.declaration.value.words)
    return nil
  }
}

extension SpecField {
  /// The character that a text is.
  fileprivate var scalar: Unicode.Scalar? {
    guard let scalars = node.string?.unicodeScalars, scalars.count == 1 else { return nil }
    return scalars.first
  }
}

extension CSVDialect.Conflict {
  /// The key to change.
  fileprivate var key: DataKey {
    switch self {
    case .thousandsIsDecimal, .thousandsNotInLatin1: .thousands
    case .commentIsDelimiter, .commentIsDecimal, .commentIsThousands, .commentNotInLatin1: .comment
    case .delimiterNotInLatin1: .delimiter
    }
  }
}
