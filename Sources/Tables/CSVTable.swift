/// A small CSV table as text: the header and the rows, each with the line it starts on.
///
/// Reads RFC 4180 with LF or CRLF, quoted cells and a byte order mark; lines without a character
/// are skipped. Meant for the program's own tables (`curve.csv`); data sets have their own reader.
package struct CSVTable: Hashable, Sendable {
  package struct Row: Hashable, Sendable {
    /// Counted from 1.
    package var line: Int
    /// As many as the header has.
    package var cells: [String]
  }
  package var path: String
  package var header: [String]
  package var rows: [Row]

  /// - Parameter path: only for messages.
  package init(_ bytes: [UInt8], path: String) throws(CSVError) {
    var reader = CSVRecordReader(bytes: bytes, path: path)
    guard let header = try reader.next() else {
      throw CSVError(path: path, line: 1, reason: .empty)
    }
    if let repeated = Self.firstRepeated(header.cells) {
      throw CSVError(path: path, line: header.line, reason: .repeatedColumn(repeated))
    }
    var rows: [Row] = []
    while let row = try reader.next() {
      guard row.cells.count == header.cells.count else {
        throw CSVError(
          path: path, line: row.line,
          reason: .ragged(found: row.cells.count, expected: header.cells.count))
      }
      rows.append(row)
    }
    self.path = path
    self.header = header.cells
    self.rows = rows
  }

  /// The position of a column, if there is one of that name.
  package func column(_ name: String) -> Int? {
    header.firstIndex(of: name)
  }

  private static func firstRepeated(_ names: [String]) -> String? {
    var seen: Set<String> = []
    return names.first { !seen.insert($0).inserted }
  }
}

/// What is wrong with a CSV table, and where.
package struct CSVError: Error, Hashable, CustomStringConvertible {
  package enum Reason: Hashable, Sendable {
    case empty
    case repeatedColumn(String)
    case ragged(found: Int, expected: Int)
    case unclosedQuote
    case strayQuote
  }
  package var path: String
  package var line: Int
  package var reason: Reason

  package var description: String {
    "\(path):\(line): \(reasonText)"
  }

  private var reasonText: String {
    switch reason {
    case .empty: "the file is empty, a header row is needed"
    case .repeatedColumn(let name): "column '\(name)' occurs twice in the header"
    case .ragged(let found, let expected):
      "found \(found) \(found == 1 ? "cell" : "cells"), the header has \(expected)"
    case .unclosedQuote: "a quoted cell that starts here is never closed"
    case .strayQuote: "a quote inside a cell; quote the whole cell and double the quote"
    }
  }
}

/// Walks the records of a CSV text in order.
private struct CSVRecordReader {
  let bytes: [UInt8]
  let path: String
  private var position: Int
  private var line = 1

  init(bytes: [UInt8], path: String) {
    self.bytes = bytes
    self.path = path
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func next() throws(CSVError) -> CSVTable.Row? {
    while consumeLineEnd() {}
    guard position < bytes.count else { return nil }
    let firstLine = line
    var cells: [String] = []
    repeat { cells.append(try cell()) } while consume(UInt8(ascii: ","))
    _ = consumeLineEnd()
    return CSVTable.Row(line: firstLine, cells: cells)
  }

  private mutating func cell() throws(CSVError) -> String {
    if current == UInt8(ascii: "\"") { return try quotedCell() }
    let start = position
    while let byte = current, byte != UInt8(ascii: ","), !isAtLineEnd {
      guard byte != UInt8(ascii: "\"") else {
        throw CSVError(path: path, line: line, reason: .strayQuote)
      }
      position += 1
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func quotedCell() throws(CSVError) -> String {
    let firstLine = line
    var content: [UInt8] = []
    position += 1
    while let byte = current {
      position += 1
      if byte == UInt8(ascii: "\n") { line += 1 }
      if byte == UInt8(ascii: "\""), !consume(UInt8(ascii: "\"")) {
        guard current == nil || current == UInt8(ascii: ",") || isAtLineEnd else {
          throw CSVError(path: path, line: line, reason: .strayQuote)
        }
        return String(decoding: content, as: UTF8.self)
      }
      content.append(byte)
    }
    throw CSVError(path: path, line: firstLine, reason: .unclosedQuote)
  }

  private mutating func consume(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    position += 1
    return true
  }

  private var isAtLineEnd: Bool {
    guard let byte = current else { return false }
    if byte == UInt8(ascii: "\n") { return true }
    return byte == UInt8(ascii: "\r") && position + 1 < bytes.count
      && bytes[position + 1] == UInt8(ascii: "\n")
  }

  private mutating func consumeLineEnd() -> Bool {
    guard isAtLineEnd else { return false }
    position += current == UInt8(ascii: "\r") ? 2 : 1
    line += 1
    return true
  }
}
