/// Builds RFC 4180 rows in memory: comma, LF, quotes only where a cell needs them.
///
/// Rows are independent bytes, so writers of parts of a table may run in parallel and their bytes be
/// written one after another.
package struct CSVWriter: Sendable {
  package private(set) var bytes: [UInt8] = []
  private var isAtRowStart = true

  package init() {}

  /// Makes room for so many bytes in all.
  package mutating func reserve(_ capacity: Int) {
    bytes.reserveCapacity(capacity)
  }

  /// A text cell, quoted when it holds a comma, a quote, a line break or a space at an end.
  package mutating func cell(_ text: String) {
    separate()
    var text = text
    text.withUTF8 { utf8 in
      guard unsafe Self.needsQuotes(utf8) else { return unsafe bytes.append(contentsOf: utf8) }
      bytes.append(UInt8(ascii: "\""))
      for index in utf8.indices {
        let byte = unsafe utf8[index]
        if byte == UInt8(ascii: "\"") { bytes.append(byte) }
        bytes.append(byte)
      }
      bytes.append(UInt8(ascii: "\""))
    }
  }

  package mutating func cell(_ value: Int) {
    separate()
    appendDecimal(value, to: &bytes)
  }

  /// A number in its shortest text; `nil` or one that is not finite is an empty cell: not
  /// applicable.
  package mutating func cell(_ value: Double?) {
    separate()
    if let value, value.isFinite { appendShortest(value, to: &bytes) }
  }

  package mutating func emptyCell() {
    separate()
  }

  /// Cells that are already CSV text, such as the columns that many rows share.
  package mutating func preformatted(_ cells: [UInt8]) {
    separate()
    bytes.append(contentsOf: cells)
  }

  package mutating func endRow() {
    bytes.append(UInt8(ascii: "\n"))
    isAtRowStart = true
  }

  package mutating func row(_ cells: [String]) {
    for text in cells { cell(text) }
    endRow()
  }

  private mutating func separate() {
    if !isAtRowStart { bytes.append(UInt8(ascii: ",")) }
    isAtRowStart = false
  }

  private static func needsQuotes(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = unsafe utf8.first, let last = unsafe utf8.last else { return false }
    if first == UInt8(ascii: " ") || last == UInt8(ascii: " ") { return true }
    if first == UInt8(ascii: "\t") || last == UInt8(ascii: "\t") { return true }
    return unsafe utf8.contains {
      $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n")
        || $0 == UInt8(ascii: "\r")
    }
  }
}
