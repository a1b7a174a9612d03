import Datasets
import Testing

@Suite struct NpyLoaderTests {
  /// An npy file as NumPy writes it, or with a header of the test's own.
  private static func npy(
    _ type: String, _ shape: String, _ data: [UInt8], version: UInt8 = 1, order: String = "False",
    alignment: Int = 64, header: String? = nil
  ) -> [UInt8] {
    var text = Array(
      (header ?? "{'descr': '\(type)', 'fortran_order': \(order), 'shape': \(shape), }").utf8)
    let lengthBytes = version == 1 ? 2 : 4
    while (8 + lengthBytes + text.count + 1) % alignment != 0 { text.append(0x20) }
    text.append(0x0A)
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [version, 0]
    for place in 0..<lengthBytes {
      bytes.append(UInt8(truncatingIfNeeded: text.count >> (place * 8)))
    }
    return bytes + text + data
  }

  private static func little(_ values: [some FixedWidthInteger]) -> [UInt8] {
    values.flatMap { value in
      (0..<value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
  }

  private static func doubles(_ values: [Double]) -> [UInt8] { little(values.map(\.bitPattern)) }

  private static let features = npy("<f8", "(2, 3)", doubles([1, 2, 3, 4, 5, 6]))
  private static let target = npy("<f8", "(2,)", doubles([7, 8]))

  private static func load(
    _ features: [UInt8], _ target: [UInt8], workers: Int = 2
  ) throws -> Dataset {
    try withFiles(["x.npy": features, "y.npy": target]) { folder in
      try Dataset.load(
        .npy(features: folder + "/x.npy", target: folder + "/y.npy"), workers: workers)
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt8], [64, 8, 3])
  func `a matrix of doubles is read from any format version and place`(
    version: UInt8, alignment: Int
  ) throws {
    let features = Self.npy(
      "<f8", "(2, 3)", Self.doubles([1, 2, 3, 4, 5, 6]), version: version, alignment: alignment)
    let dataset = try Self.load(features, Self.target)
    #expect(dataset.featureNames == ["x1", "x2", "x3"])
    #expect(dataset.rows == [[1, 2, 3], [4, 5, 6]])
    #expect(dataset.target == [7, 8])
  }

  @Test func `floats become doubles`() throws {
    let floats = Self.little([0.5, -1.25, 3, 0.1].map { Float($0).bitPattern })
    let dataset = try Self.load(Self.npy("<f4", "(2, 2)", floats), Self.target)
    #expect(dataset.rows == [[0.5, -1.25], [3, Double(Float(0.1))]])
  }

  @Test(arguments: ["(2,)", "(2, 1)", "(2,1)"])
  func `a target may have one or two dimensions and any type`(shape: String) throws {
    let targets: [(String, [UInt8], [Double])] = [
      ("<f8", Self.doubles([1, -2]), [1, -2]),
      ("<f4", Self.little([Float(1.5).bitPattern, Float(-2).bitPattern]), [1.5, -2]),
      ("|b1", [1, 0], [1, 0]), ("|i1", Self.little([1, -2] as [Int8]), [1, -2]),
      ("|u1", [1, 254], [1, 254]), ("<i2", Self.little([1, -300] as [Int16]), [1, -300]),
      ("<i4", Self.little([1, -70_000] as [Int32]), [1, -70_000]),
      ("<i8", Self.little([1, -5_000_000_000] as [Int64]), [1, -5_000_000_000]),
    ]
    for (type, data, expected) in targets {
      let dataset = try Self.load(Self.features, Self.npy(type, shape, data))
      #expect(dataset.target == expected, "\(type)")
    }
  }

  @Test func `features may have any type, order and byte order`() throws {
    let rows: [[Double]] = [[1, 0, 5], [0, 3, 1]]
    for isFortran in [false, true] {
      let elements = isFortran ? [1, 0, 0, 3, 5, 1] : [1, 0, 5, 0, 3, 1]
      func bytes<Number: FixedWidthInteger>(_ number: (Int) -> Number) -> [UInt8] {
        Self.little(elements.map(number))
      }
      let cases: [(String, [UInt8])] = [
        ("<f8", bytes { Double($0).bitPattern }),
        (">f8", bytes { Double($0).bitPattern.byteSwapped }),
        ("<f4", bytes { Float($0).bitPattern }),
        (">f4", bytes { Float($0).bitPattern.byteSwapped }),
        ("=f8", bytes { Double($0).bitPattern }), ("|u1", bytes { UInt8($0) }),
        ("|i1", bytes { Int8($0) }), ("<u2", bytes { UInt16($0) }),
        (">u2", bytes { UInt16($0).byteSwapped }), (">i2", bytes { Int16($0).byteSwapped }),
        ("<u4", bytes { UInt32($0) }), (">i4", bytes { Int32($0).byteSwapped }),
        ("<u8", bytes { UInt64($0) }), (">u8", bytes { UInt64($0).byteSwapped }),
        ("<i8", bytes { Int64($0) }),
      ]
      for (type, data) in cases {
        let features = Self.npy(type, "(2, 3)", data, order: isFortran ? "True" : "False")
        let dataset = try Self.load(features, Self.target)
        #expect(dataset.rows == rows, "\(type) \(isFortran)")
      }
    }
  }

  /// The patterns of NumPy's `float16`: the largest, the smallest, the smallest normal one and others.
  @Test func `half floats are read exactly`() throws {
    let halves: [(bits: UInt16, value: Double)] = [
      (0x3C00, 1), (0xC000, -2), (0x7BFF, 65504), (0x0001, 0x1p-24), (0x0400, 0x1p-14),
      (0x3555, 0.333251953125), (0x8000, 0),
    ]
    for (type, order) in [("<f2", { $0 }), (">f2", { $0.byteSwapped })]
      as [(String, (UInt16) -> UInt16)]
    {
      let features = Self.npy(type, "(7, 1)", Self.little(halves.map { order($0.bits) }))
      let target = Self.npy("|u1", "(7,)", [0, 1, 2, 3, 4, 5, 6])
      #expect(try Self.load(features, target).rows == halves.map { [$0.value] })
    }
  }

  @Test func `one dimension of features is one column`() throws {
    let dataset = try Self.load(
      Self.npy("<i4", "(2,)", Self.little([3, -4] as [Int32])), Self.target)
    #expect(dataset.featureNames == ["x1"])
    #expect(dataset.rows == [[3], [-4]])
  }

  @Test func `whole numbers beyond 53 bits become the nearest double`() throws {
    let numbers: [UInt64] = [.max, 1 << 53 | 1]
    let dataset = try Self.load(Self.npy("<u8", "(2, 1)", Self.little(numbers)), Self.target)
    #expect(dataset.rows == [[0x1p64], [0x1p53]])
    let signed = try Self.load(
      Self.npy("<i8", "(2, 1)", Self.little([.min, -1] as [Int64])), Self.target)
    #expect(signed.rows == [[-0x1p63], [-1]])
  }

  @Test func `the hash depends on both files and not on the workers`() throws {
    let hash = try Self.load(Self.features, Self.target).contentHash
    #expect(try Self.load(Self.features, Self.target, workers: 1).contentHash == hash)
    let other = Self.npy("<f8", "(2,)", Self.doubles([7, 9]))
    #expect(try Self.load(Self.features, other).contentHash != hash)
  }

  @Test(arguments: [
    (Array("PK, not npy at all".utf8), "x.npy: not an npy file: it does not start with \\x93NUMPY"),
    ([], "x.npy: not an npy file: it does not start with \\x93NUMPY"),
    (npy("<f8", "(1, 1)", [], version: 4), "x.npy: npy format 4.0, supported are 1.0, 2.0 and 3.0"),
    (Array(features.prefix(50)), "x.npy: the npy header is malformed: the file ends in it"),
    (Array(features.prefix(100)), "x.npy: the npy header is malformed: the file ends in it"),
    (
      npy("<c8", "(2, 3)", doubles([1, 2, 3, 4, 5, 6])),
      "x.npy: elements of type '<c8', supported are bool, every size of int and uint, float16, float32, float64"
    ),
    (
      npy("|O", "(2, 1)", little([1, 2] as [Int64])),
      "x.npy: elements of type '|O', supported are bool, every size of int and uint, float16, float32, float64"
    ),
    (
      npy("", "", [], header: "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,)}"),
      "x.npy: elements of type 'record', supported are numbers"
    ),
    (
      npy("<f8", "(1, 2, 3)", doubles([1, 2, 3, 4, 5, 6])),
      "x.npy: an array of shape (1, 2, 3), needed is (rows, columns) or (rows,)"
    ),
    (
      npy("<f8", "()", doubles([1])),
      "x.npy: an array of shape (), needed is (rows, columns) or (rows,)"
    ),
    (
      npy("<f8", "(2, 3)", doubles([1, 2, 3, 4, 5])),
      "x.npy: 40 bytes of elements, the header promises 48"
    ),
    (
      npy("<f8", "(2, 3)", doubles([1, 2, 3, 4, 5, 6, 7])),
      "x.npy: 56 bytes of elements, the header promises 48"
    ),
    (
      npy("<f8", "(4611686018427387904, 4)", []),
      "x.npy: 0 bytes of elements, the header promises 9223372036854775807"
    ),
    (npy("<f8", "(0, 3)", []), "x.npy: no rows of data"),
    (npy("<f8", "(2, 0)", []), "x.npy: no feature columns are left"),
    (
      npy("<f8", "(2, 3)", doubles([1, 2, 3, 4, .nan, 6])),
      "x.npy: the element in row 1, column 1 (from 0) is not finite"
    ),
    (
      npy("<f4", "(2, 1)", little([Float(1).bitPattern, Float.infinity.bitPattern])),
      "x.npy: the element in row 1, column 0 (from 0) is not finite"
    ),
  ])
  func `a wrong file of features is refused`(features: [UInt8], expected: String) throws {
    try withFiles(["x.npy": features, "y.npy": Self.target]) { folder in
      let error = #expect(throws: DatasetError.self) {
        try Dataset.load(
          .npy(features: folder + "/x.npy", target: folder + "/y.npy"), workers: 2)
      }
      #expect(message(error, without: folder) == expected)
    }
  }

  @Test(arguments: [
    ("x", "'{' is needed at byte 0"),
    ("{'descr' '<f8'}", "':' is needed at byte 9"),
    ("{descr: '<f8'}", "a quoted text is needed at byte 1"),
    ("{'descr: <f8}", "a quoted text is never closed"),
    ("{'descr': '<f8', 'fortran_order': 1}", "'fortran_order' must be True or False"),
    ("{'descr': '<f8', 'shape': 3}", "'(' is needed at byte 26"),
    ("{'shape': (3 4)}", "')' is needed at byte 13"),
    ("{'shape': (-3,)}", "'shape' must hold whole numbers"),
    ("{'shape': (99999999999999999999,)}", "'shape' must hold whole numbers"),
    ("{'descr': '<f8', 'descr': '<f8'}", "unexpected key 'descr'"),
    ("{'other': 1}", "unexpected key 'other'"),
    ("{'descr': '<f8'}", "'descr', 'fortran_order' and 'shape' are needed"),
    ("{'descr': '<f8', 'fortran_order': False, 'shape': (1,)} x", "text after the dictionary"),
    ("{'descr': '<f8' 'shape': (1,)}", "'}' is needed at byte 16"),
  ])
  func `a malformed header is refused`(header: String, expected: String) throws {
    try withFiles(["x.npy": Self.npy("", "", [], header: header), "y.npy": Self.target]) { folder in
      let error = #expect(throws: DatasetError.self) {
        try Dataset.load(
          .npy(features: folder + "/x.npy", target: folder + "/y.npy"), workers: 2)
      }
      #expect(
        message(error, without: folder) == "x.npy: the npy header is malformed: \(expected)")
    }
  }

  @Test func `a target must be one number for each row`() throws {
    let wide = Self.npy("<f8", "(1, 2)", Self.doubles([1, 2]))
    let short = Self.npy("<f8", "(1,)", Self.doubles([1]))
    for (target, expected) in [
      (wide, "y.npy: an array of shape (1, 2), needed is (rows,) or (rows, 1)"),
      (short, "y.npy: 1 target for 2 rows of features"),
    ] {
      try withFiles(["x.npy": Self.features, "y.npy": target]) { folder in
        let error = #expect(throws: DatasetError.self) {
          try Dataset.load(
            .npy(features: folder + "/x.npy", target: folder + "/y.npy"), workers: 2)
        }
        #expect(message(error, without: folder) == expected)
      }
    }
  }

  private static func load(weights: [Double], workers: Int = 1) throws -> Dataset {
    try withFiles([
      "x.npy": npy("<f8", "(3, 2)", doubles([1, 2, 3, 4, 5, 6])),
      "y.npy": npy("<f8", "(3,)", doubles([7, 8, 9])),
      "w.npy": npy("<f8", "(\(weights.count),)", doubles(weights)),
    ]) { folder in
      do {
        return try Dataset.load(
          .npy(
            features: folder + "/x.npy", target: folder + "/y.npy", weights: folder + "/w.npy"),
          workers: workers)
      } catch let error as DatasetError {
        throw Refusal(text: message(error, without: folder) ?? "")
      }
    }
  }

  private struct Refusal: Error {
    let text: String
  }

  @Test func `weights lie in a file of their own`() throws {
    let dataset = try Self.load(weights: [3, 2, 0.5])
    #expect(dataset.rows == [[1, 2], [3, 4], [5, 6]])
    let weights = try #require(dataset.weights)
    #expect(weights.values.map { $0 * weights.unit } == [3, 2, 0.5])
    #expect(dataset.remarks.isEmpty)
    let other = try Self.load(weights: [3, 2, 0.25])
    #expect(other.contentHash != dataset.contentHash)
  }

  @Test func `a row of weight 0 is not there, and the others keep their numbers`() throws {
    let dataset = try Self.load(weights: [0, 1, 4])
    #expect(dataset.rows == [[3, 4], [5, 6]])
    #expect(dataset.target == [8, 9])
    #expect((0..<2).map { dataset.origins.number(of: $0) } == [1, 2])
    #expect(dataset.remarks == ["1 of 3 rows have the weight 0 and count nowhere"])
  }

  @Test(arguments: [
    ([1, -1, 2], "w.npy: the weight of row 1 (from 0) is below 0"),
    ([0, 0, 0], "w.npy: every weight is 0, so no row counts"),
    ([1, 2], "w.npy: 2 weights for 3 rows of features"),
    ([1, .nan, 2], "w.npy: the element in row 1, column 0 (from 0) is not finite"),
    (
      [1, 1e-200, 2],
      "w.npy: weights from 1e-200 to 2 are too far apart to be added up; "
        + "write 0 for the small ones"
    ),
  ])
  func `weights that are none are refused`(weights: [Double], text: String) {
    let error = #expect(throws: Refusal.self) { try Self.load(weights: weights) }
    #expect(error?.text == text)
  }

  @Test func `splits by file or by column are refused`() throws {
    let source = DataSource.npy(features: "x.npy", target: "y.npy")
    let files = #expect(throws: DatasetError.self) {
      try Dataset.load(source, extraFiles: [("test", "z.npy")], workers: 1)
    }
    #expect(files?.description == "x.npy: data of this kind cannot be split by files")
    let column = #expect(throws: DatasetError.self) {
      try Dataset.load(source, labelColumn: "c", workers: 1)
    }
    #expect(column?.description == "x.npy: the data has no named columns, so none is 'c'")
  }

  @Test func `broken files are read or refused`() throws {
    var generator = Scrambler(state: 77)
    for _ in 0..<300 {
      var features = Self.features
      for _ in 0..<1 + generator.below(4) {
        features[generator.below(features.count)] = UInt8(generator.below(256))
      }
      if generator.below(3) == 0 { features.removeLast(generator.below(features.count)) }
      let dataset = try? Self.load(features, Self.target)
      #expect(dataset?.rowCount ?? 2 == 2)
    }
  }
}
