import Tables

/// A file that is something else than it was named for, told by its first bytes.
package enum ForeignFormat: Hashable, Sendable {
  case gzip, zstd, bzip2, xz, zip, oldExcel, parquet, arrow, hdf5, sqlite, npy, utf16, html
  case lfsPointer, arff

  /// Source: the formats' own specifications; `file(1)`'s magic.
  private static let signatures: [(ForeignFormat, [UInt8])] = [
    (.gzip, [0x1F, 0x8B]), (.zstd, [0x28, 0xB5, 0x2F, 0xFD]), (.bzip2, Array("BZh".utf8)),
    (.xz, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]), (.zip, [0x50, 0x4B, 0x03, 0x04]),
    (.oldExcel, [0xD0, 0xCF, 0x11, 0xE0]), (.parquet, Array("PAR1".utf8)),
    (.arrow, Array("ARROW1".utf8)), (.hdf5, [0x89, 0x48, 0x44, 0x46]),
    (.sqlite, Array("SQLite format 3\0".utf8)), (.npy, [0x93] + Array("NUMPY".utf8)),
    (.utf16, [0xFF, 0xFE]), (.utf16, [0xFE, 0xFF]),
    (.lfsPointer, Array("version https://git-lfs.github.com/spec/".utf8)),
  ]

  /// `nil` for what may be text.
  init?(_ file: FileWindow) {
    let found = Self.signatures.first { _, bytes in
      bytes.count <= file.count && bytes.indices.allSatisfy { file[$0] == bytes[$0] }
    }
    if let found {
      // A column may be called `BZh…` or `PAR1`: what is text has no byte below the blanks.
      let isText = (0..<min(file.count, 64)).allSatisfy { file[$0] >= 0x20 || file[$0] == 0x0A }
      guard found.1.allSatisfy({ $0 < 0x80 }) && isText && found.0 != .lfsPointer else {
        self = found.0
        return
      }
    }
    if Self.isARFF(file) {
      self = .arff
    } else if Self.isHTML(file) {
      self = .html
    } else {
      return nil
    }
  }

  private static func isHTML(_ file: FileWindow) -> Bool {
    var place = file.startOfText
    while place < file.count, [0x20, 0x09, 0x0A, 0x0D].contains(file[place]) { place += 1 }
    let start = (place..<min(place + 15, file.count)).map { file[$0] }
    let text = String(decoding: start, as: UTF8.self).lowercased()
    return ["<!doctype html", "<html", "<head", "<?xml"].contains { text.hasPrefix($0) }
  }

  /// Whether the first line but comments, which begin with `%`, is `@relation`.
  private static func isARFF(_ file: FileWindow) -> Bool {
    var place = file.startOfText
    while place < file.count {
      while place < file.count, [0x20, 0x09, 0x0A, 0x0D].contains(file[place]) { place += 1 }
      guard place < file.count, file[place] == UInt8(ascii: "%") else { break }
      while place < file.count, file[place] != 0x0A { place += 1 }
    }
    let start = (place..<min(place + 9, file.count)).map { file[$0] }
    return String(decoding: start, as: UTF8.self).lowercased() == "@relation"
  }

  /// What it is and how to get at the data.
  func text(path: String) -> String {
    let name = ShellWords.quote(path)
    let stem = path.lastIndex(of: ".").map { String(path[..<$0]) } ?? path
    let csv = ShellWords.quote((stem.hasSuffix(".csv") ? String(stem.dropLast(4)) : stem) + ".csv")
    func unpacked(_ kind: String, _ command: String) -> String {
      "the file is compressed with \(kind), unpack it: \(command) \(name) > \(csv)"
    }
    func converted(_ kind: String, _ reader: String) -> String {
      "the file is \(kind), make a CSV of it: python3 -c "
        + "'import pandas, sys; \(reader).to_csv(sys.argv[2], index=False)' \(name) \(csv)"
    }
    return switch self {
    case .gzip: unpacked("gzip", "gzip -dc")
    case .zstd: unpacked("zstd", "zstd -dc")
    case .bzip2: unpacked("bzip2", "bzip2 -dc")
    case .xz: unpacked("xz", "xz -dc")
    case .zip where path.lowercased().hasSuffix(".zip"):
      "the file is a zip archive, unpack it: unzip -p \(name) > \(csv)"
    case .zip: converted("an Excel workbook (or a zip archive)", "pandas.read_excel(sys.argv[1])")
    case .oldExcel: converted("an old Excel workbook", "pandas.read_excel(sys.argv[1])")
    case .parquet: converted("Parquet", "pandas.read_parquet(sys.argv[1])")
    case .arrow: converted("Arrow (Feather)", "pandas.read_feather(sys.argv[1])")
    case .hdf5: converted("HDF5", "pandas.read_hdf(sys.argv[1])")
    case .sqlite:
      "the file is an SQLite database, write a table of it: "
        + "sqlite3 -header -csv \(name) 'select * from TABLE' > \(csv)"
    case .npy: "the file is an npy array, name it by \"npy\" in place of \"csv\" or \"libsvm\""
    case .utf16: "the text is UTF-16, convert it: iconv -f utf-16 -t utf-8 \(name) > \(csv)"
    case .html:
      "the file is a web page, not data: download the data behind it, "
        + "or "
        + converted("a page", "pandas.read_html(sys.argv[1])[0]").replacing(
          "the file is a page, make", with: "make")
    case .arff:
      "the file is ARFF of Weka, take the table behind its '@data': "
        + "sed '1,/^@[Dd][Aa][Tt][Aa]/d' \(name) > \(csv), which names no columns (\"header\": false)"
    case .lfsPointer:
      "the file is a pointer of Git LFS, get the data: git lfs pull --include \(name)"
    }
  }
}

extension FileWindow {
  /// Where the text begins: after a byte order mark, if there is one.
  var startOfText: Int {
    count >= 3 && self[0] == 0xEF && self[1] == 0xBB && self[2] == 0xBF ? 3 : 0
  }
}
