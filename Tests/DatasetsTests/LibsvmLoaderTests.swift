import Datasets
import Testing

@Suite struct LibsvmLoaderTests {
  private static func load(
    _ text: String, workers: Int = 2, chunkByteCount: Int = 1 << 20
  ) throws -> Dataset {
    try withFiles(["d.txt": text]) { folder in
      try LibsvmLoader(
        path: folder + "/d.txt", workers: workers, chunkByteCount: chunkByteCount
      ).load()
    }
  }

  @Test(arguments: [
    "+1 1:0.5 3:2\n-1 2:-1e1\n0\n", "+1 1:0.5 3:2 # note: 9:9\r\n# none\r\n\r\n-1 2:-1e1\r\n0 ",
    "  1\t1:.5\t3:2  \n-1 2:-10\n\n0 #\n",
  ])
  func `what a line leaves out is zero`(text: String) throws {
    let dataset = try Self.load(text)
    #expect(dataset.featureNames == ["x1", "x2", "x3"])
    #expect(dataset.rows == [[0.5, 0, 2], [0, -10, 0], [0, 0, 0]])
    #expect(dataset.target == [1, -1, 0])
    #expect(dataset.targetName == "y")
  }

  @Test func `a byte order mark is no label`() throws {
    let dataset = try Self.load("\u{FEFF}1 1:2\n-1 1:3\n")
    #expect(dataset.target == [1, -1])
    #expect(dataset.rows == [[2], [3]])
  }

  @Test func `an index 0 anywhere counts the columns from 0 in every file`() throws {
    let alone = try Self.load("1 0:5 2:7\n-1 1:3\n")
    #expect(alone.featureNames == ["x0", "x1", "x2"])
    #expect(alone.rows == [[5, 0, 7], [0, 3, 0]])
    // Of an element that is zero, too.
    #expect(try Self.load("1 1:1\n2 0:0 2:4\n").rows == [[0, 1, 0], [0, 0, 4]])
    try withFiles(["a": "1 1:1\n2 2:2\n", "b": "\u{FEFF}3 0:3\n"]) { folder in
      let dataset = try Dataset.load(
        .libsvm(path: folder + "/a"), extraFiles: [("validation", folder + "/b")], workers: 2)
      #expect(dataset.featureNames == ["x0", "x1", "x2"])
      #expect(dataset.rows == [[0, 1, 0], [0, 0, 2], [3, 0, 0]])
    }
    let sparse = try Self.load("1 0:5 999:7\n-1 1:3\n")
    #expect(sparse.featureNames.count == 1000)
    #expect(sparse.rows[0][0] == 5 && sparse.rows[0][999] == 7 && sparse.rows[1][1] == 3)
  }

  @Test func `of many wrong lines twenty are told, then how many more there are`() throws {
    try withFiles(["d.txt": String(repeating: "x 1:1\n", count: 50)]) { folder in
      let error = #expect(throws: DatasetError.self) {
        try LibsvmLoader(path: folder + "/d.txt", workers: 2, chunkByteCount: 13).load()
      }
      let lines = message(error, without: folder)?.split(separator: "\n") ?? []
      #expect(lines.count == 21)
      #expect(lines.last == "d.txt: and 30 more problems of this file")
    }
  }

  @Test func `any chunk size and any number of workers read the same rows`() throws {
    var generator = Scrambler(state: 11)
    var text = ""
    var targets: [Double] = []
    for row in 0..<60 {
      targets.append(Double(generator.below(5)))
      text += "\(targets[row])"
      for index in 1...9 where generator.below(3) == 0 {
        text += " \(index):\(generator.below(99))"
      }
      text += ["\n", " # c\n", "\r\n", "\n\n#\n"][generator.below(4)]
    }
    let whole = try Self.load(text)
    #expect(whole.target == targets)
    for size in [1, 2, 5, 13, 64, 300] {
      for workers in 1...3 {
        let dataset = try Self.load(text, workers: workers, chunkByteCount: size)
        #expect(dataset.rows == whole.rows)
        #expect(dataset.target == targets)
        #expect(dataset.contentHash == whole.contentHash)
      }
    }
  }

  @Test func `other files have the same columns and labels of their own`() throws {
    try withFiles(["a": "1 1:1\n2 2:2\n", "b": "3 3:3\n"]) { folder in
      let dataset = try Dataset.load(
        .libsvm(path: folder + "/a"), extraFiles: [("validation", folder + "/b")], workers: 2)
      #expect(dataset.rows == [[1, 0, 0], [0, 2, 0], [0, 0, 3]])
      #expect(dataset.splitLabels == ["train", "train", "validation"])
    }
  }

  @Test(arguments: [
    ("1 1:2\nx 1:2\n", "d.txt:2: found 'x', the target must be a finite number"),
    ("nan 1:2\n", "d.txt:1: found 'nan', the target must be a finite number"),
    ("1,2 1:2\n", "d.txt:1: found '1,2', the target must be a finite number"),
    ("1 1:x\n", "d.txt:1: found '1:x', index:value with a finite value is needed"),
    ("1 1:\n2 1:1\n", "d.txt:1: found '1:', index:value with a finite value is needed"),
    ("1 1:1e999\n", "d.txt:1: found '1:1e999', index:value with a finite value is needed"),
    ("1 2\n", "d.txt:1: found '2', index:value with a finite value is needed"),
    ("1 -1:2\n", "d.txt:1: found the index '-1', indices are 0, 1, 2, …"),
    (
      "1 9999999999999999999999:2\n",
      "d.txt:1: found the index '1099511627776', indices are 0, 1, 2, …"
    ),
    ("1 2:1 2:2\n", "d.txt:1: index 2 comes after 2; indices must increase"),
    ("1 1:1\n1 3:1 2:2\n", "d.txt:2: index 2 comes after 3; indices must increase"),
    ("1 qid:1 1:2\n", "d.txt:1: found 'qid', ranking data is not supported"),
    ("", "d.txt: the file is empty"),
    ("# nothing\n\n", "d.txt: no rows of data"),
    ("1\n2\n", "d.txt: no feature columns are left"),
    (
      "1 1:1\n1 2147483647:1\n" + String(repeating: "1 1:1\n", count: 100_000),
      "d.txt: 100002 rows of 2147483647 columns do not fit in this machine's memory"
    ),
  ])
  func `wrong data is told with its line`(text: String, expected: String) throws {
    try withFiles(["d.txt": text]) { folder in
      let error = #expect(throws: DatasetError.self) {
        try Dataset.load(.libsvm(path: folder + "/d.txt"), workers: 2)
      }
      #expect(message(error, without: folder) == expected)
    }
  }

  @Test func `a label column is refused, a missing file is told`() throws {
    try withFiles(["d.txt": "1 1:1\n"]) { folder in
      let label = #expect(throws: DatasetError.self) {
        try Dataset.load(.libsvm(path: folder + "/d.txt"), labelColumn: "fold", workers: 1)
      }
      #expect(
        message(label, without: folder)
          == "d.txt: the data has no named columns, so none is 'fold'")
      let missing = #expect(throws: DatasetError.self) {
        try Dataset.load(.libsvm(path: folder + "/e.txt"), workers: 1)
      }
      #expect(missing?.isOfFile == true)
    }
  }

  @Test(arguments: 1...5)
  func `a hundred broken files each are read or refused`(seed: Int) throws {
    var generator = Scrambler(state: UInt64(seed) << 9)
    for _ in 0..<100 {
      var bytes = Array("1 1:2 3:4.5\n-1 2:1e3 # x\n0.5 1:1 2:2 3:3\n+1\n".utf8)
      for _ in 0..<1 + generator.below(5) {
        bytes[generator.below(bytes.count)] =
          Array("0123456789:.-+e# \nqx".utf8)[
            generator.below(20)]
      }
      try withFiles(["d.txt": bytes]) { folder in
        func read(_ size: Int) -> String {
          do {
            let dataset = try LibsvmLoader(
              path: folder + "/d.txt", workers: 2, chunkByteCount: size
            ).load()
            return "\(dataset.rows) \(dataset.target)"
          } catch {
            return "\(error)"
          }
        }
        // Whatever it is, it is the same however the file is cut.
        #expect(read(1 << 20) == read(1 + generator.below(30)))
      }
    }
  }
}
