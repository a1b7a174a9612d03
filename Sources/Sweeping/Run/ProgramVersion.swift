import Numerics
import Platform

/// What `sweep --version` and `run.json` say.
package enum ProgramVersion {
  package static let number = "0.1.0"
  /// Of the checkout that the running program was built in; `nil` where it was copied elsewhere.
  package static let commit = ThisProcess.executablePath.flatMap { Checkout.commit(ofProgram: $0) }
}

/// A content hash of a text as 32 hexadecimal digits.
enum ContentHashText {
  static func of(_ text: String) -> String {
    var hasher = ContentHasher()
    hasher.combine(text)
    return hasher.finish().description
  }
}
