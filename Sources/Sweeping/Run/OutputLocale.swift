import FoundationEssentials

/// What the terminal can show.
package enum OutputLocale {
  /// Whether the locale is a UTF-8 one, or none is set, as in containers whose terminals have it.
  package static let isUnicode: Bool = {
    let environment = ProcessInfo.processInfo.environment
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first {
      !$0.isEmpty
    }
    let name = locale?.uppercased() ?? "UTF-8"
    return name.contains("UTF-8") || name.contains("UTF8")
  }()
}
