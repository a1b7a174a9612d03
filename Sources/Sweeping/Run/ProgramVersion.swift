import Numerics

/// What `sweep --version` and `run.json` say.
package enum ProgramVersion {
  package static let number = "0.1.0"
  /// Known only to builds that were given it; a source checkout has none.
  package static let commit: String? = nil
}

/// A content hash of a text as 32 hexadecimal digits.
enum ContentHashText {
  static func of(_ text: String) -> String {
    var hasher = ContentHasher()
    hasher.combine(text)
    return hasher.finish().description
  }
}
