import Datasets

/// Pairs of npy files: headers that are right and wrong, in every type.
struct NpyFuzz: Reader {
  static let name = "npy"
  static let share = 10
  private let corpus: Corpus
  private let kept: [[UInt8]]
  private let mutation = Mutation([
    "'descr': '<f8'", "'fortran_order': True", "'shape': (2, 3)", "(", ")", "{", "}", "[", "'>f2'",
    "\u{93}NUMPY", ", ", "'|b1'", "99999999999999999999",
  ])

  init(_ corpus: Corpus) throws {
    self.corpus = corpus
    kept = try corpus.files("npy").map(\.bytes)
  }

  mutating func read(_ draw: inout Draw) throws -> Bool {
    let rowCount = draw.below(5)
    var features = Self.file(&draw, rowCount, draw.chance(80) ? draw.below(4) : nil)
    var target = Self.file(&draw, rowCount, draw.chance(70) ? nil : 1)
    if draw.chance(5), !kept.isEmpty { features = draw.pick(kept) }
    if draw.chance(50) { mutation(&features, &draw, other: target) }
    if draw.chance(20) { mutation(&target, &draw, other: features) }
    let source = DataSource.npy(
      features: try corpus.write(features, "x.npy"), target: try corpus.write(target, "y.npy"),
      weights: draw.chance(30)
        ? try corpus.write(Self.file(&draw, rowCount, draw.chance(70) ? nil : 1), "w.npy") : nil)
    do throws(DatasetError) {
      let one = try Dataset.load(source, workers: 1)
      let two = try Dataset.load(source, workers: 2)
      guard one.summary == two.summary else { throw DatasetError.invalid([]) }
      return true
    } catch {
      if case .invalid([]) = error { throw Finding("two workers read otherwise") }
      return false
    }
  }

  private static let types = [
    "<f8", ">f8", "=f8", "<f4", ">f4", "<f2", ">f2", "|b1", "|i1", "|u1", "<i2", ">i2", "<i4",
    "<u4",
    ">i8", "<u8", "<c8", "|O", "<U3", "<f16",
  ]

  private static func file(_ draw: inout Draw, _ rowCount: Int, _ columnCount: Int?) -> [UInt8] {
    let type = draw.pick(types)
    let size = Int(type.dropFirst(2)) ?? 8
    let shape = columnCount.map { "(\(rowCount), \($0))" } ?? "(\(rowCount),)"
    let order = draw.chance(30) ? "True" : "False"
    var header = Array("{'descr': '\(type)', 'fortran_order': \(order), 'shape': \(shape), }".utf8)
    let version = UInt8(draw.chance(90) ? 1 + draw.below(3) : draw.below(6))
    let lengthBytes = version == 1 ? 2 : 4
    while (8 + lengthBytes + header.count + 1) % draw.pick([64, 8, 1]) != 0 { header.append(0x20) }
    header.append(0x0A)
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [version, 0]
    for place in 0..<lengthBytes {
      bytes.append(UInt8(truncatingIfNeeded: header.count >> (place * 8)))
    }
    bytes += header
    let isSmall = draw.chance(90)
    for _ in 0..<rowCount * (columnCount ?? 1) * size {
      bytes.append(UInt8(isSmall ? draw.below(64) : draw.below(256)))
    }
    return bytes
  }
}
