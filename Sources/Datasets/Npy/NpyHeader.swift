/// The header of an npy file: what its elements are and where they begin.
///
/// Source: NumPy, `numpy.lib.format`, versions 1.0, 2.0 and 3.0.
struct NpyHeader {
  /// The type of the elements, such as `<f8`.
  let type: String
  let isFortranOrder: Bool
  let shape: [Int]
  /// Where the elements begin in the file.
  let dataOffset: Int

  init(_ file: FileWindow) throws(DatasetError) {
    if let format = ForeignFormat(file), format != .npy {
      throw .invalid(file.path, .foreignFormat(format, path: file.path))
    }
    let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
    guard file.count >= 10, (0..<6).allSatisfy({ file[$0] == magic[$0] }) else {
      throw .invalid(file.path, .notNpy)
    }
    let (major, minor) = (Int(file[6]), Int(file[7]))
    guard (1...3).contains(major), minor == 0 else {
      throw .invalid(file.path, .npyVersion(major: major, minor: minor))
    }
    let lengthBytes = major == 1 ? 2 : 4
    guard file.count >= 8 + lengthBytes else {
      throw .invalid(file.path, .npyHeader("the file ends in it"))
    }
    let length = (0..<lengthBytes).reduce(0) { $0 | Int(file[8 + $1]) << ($1 * 8) }
    dataOffset = 8 + lengthBytes + length
    guard dataOffset <= file.count else {
      throw .invalid(file.path, .npyHeader("the file ends in it"))
    }
    let text = (8 + lengthBytes..<dataOffset).map { file[$0] }
    var parser = NpyHeaderParser(text: text, path: file.path)
    (type, isFortranOrder, shape) = try parser.parse()
  }

  /// The shape as NumPy writes it.
  var shapeText: String {
    shape.count == 1 ? "(\(shape[0]),)" : "(\(shape.map(String.init).joined(separator: ", ")))"
  }
}

/// Reads the Python dictionary of an npy header: exactly `descr`, `fortran_order` and `shape`.
private struct NpyHeaderParser {
  let text: [UInt8]
  let path: String
  private var next = 0

  init(text: [UInt8], path: String) {
    self.text = text
    self.path = path
  }

  mutating func parse() throws(DatasetError) -> (String, Bool, [Int]) {
    var (type, order, shape): (String?, Bool?, [Int]?)
    try expect("{")
    while !consume("}") {
      let key = try string()
      try expect(":")
      switch key {
      case "descr" where type == nil: type = try elementType()
      case "fortran_order" where order == nil: order = try boolean()
      case "shape" where shape == nil: shape = try tuple()
      default: throw malformed("unexpected key '\(DatasetProblem.excerpt(key))'")
      }
      if !consume(",") {
        try expect("}")
        break
      }
    }
    skipBlanks()
    guard next == text.count else { throw malformed("text after the dictionary") }
    guard let type, let order, let shape else {
      throw malformed("'descr', 'fortran_order' and 'shape' are needed")
    }
    return (type, order, shape)
  }

  private mutating func elementType() throws(DatasetError) -> String {
    // A list describes records with fields.
    if consume("[") { throw .invalid(path, .npyType(found: "record", allowed: "numbers")) }
    return try string()
  }

  private mutating func string() throws(DatasetError) -> String {
    skipBlanks()
    guard next < text.count, text[next] == UInt8(ascii: "'") || text[next] == UInt8(ascii: "\"")
    else { throw malformed("a quoted text is needed at byte \(next)") }
    let quote = text[next]
    guard let close = text[(next + 1)...].firstIndex(of: quote) else {
      throw malformed("a quoted text is never closed")
    }
    defer { next = close + 1 }
    return String(decoding: text[(next + 1)..<close], as: UTF8.self)
  }

  private mutating func boolean() throws(DatasetError) -> Bool {
    if consume("True") { return true }
    if consume("False") { return false }
    throw malformed("'fortran_order' must be True or False")
  }

  private mutating func tuple() throws(DatasetError) -> [Int] {
    try expect("(")
    var sizes: [Int] = []
    while !consume(")") {
      sizes.append(try size())
      if !consume(",") {
        try expect(")")
        break
      }
    }
    return sizes
  }

  private mutating func size() throws(DatasetError) -> Int {
    skipBlanks()
    let digits = text[next...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard let size = Int(String(decoding: digits, as: UTF8.self)) else {
      throw malformed("'shape' must hold whole numbers")
    }
    next += digits.count
    return size
  }

  private mutating func expect(_ word: String) throws(DatasetError) {
    if !consume(word) { throw malformed("'\(word)' is needed at byte \(next)") }
  }

  private mutating func consume(_ word: String) -> Bool {
    skipBlanks()
    guard text[next...].starts(with: word.utf8) else { return false }
    next += word.utf8.count
    return true
  }

  private mutating func skipBlanks() {
    while next < text.count, [0x20, 0x09, 0x0A, 0x0D].contains(text[next]) { next += 1 }
  }

  private func malformed(_ what: String) -> DatasetError {
    .invalid(path, .npyHeader(what))
  }
}
