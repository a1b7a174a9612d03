import Datasets
import Testing

@Suite struct CSVErrorTests {
  private static func errorText(
    _ text: String, label: String? = nil, _ configure: (inout CSVSource) -> Void = { _ in }
  ) throws -> String? {
    try withFiles(["d.csv": text]) { folder in
      var source = CSVSource(path: folder + "/d.csv", target: "y")
      configure(&source)
      let error = #expect(throws: DatasetError.self) {
        try Dataset.load(.csv(source), labelColumn: label, workers: 2)
      }
      #expect(error?.isMissingInput == false)
      return message(error, without: folder)
    }
  }

  @Test(arguments: [
    ("a,y\n1,2\n,3\n", "d.csv:3:a: the cell is empty, a value is needed"),
    ("a,y\n1,2\n\" \",3\n", "d.csv:3:a: the cell is empty, a value is needed"),
    ("a,y\nabc,2\n", "d.csv:2:a: found 'abc', a number is needed"),
    ("a,y\n1_0,2\n", "d.csv:2:a: found '1_0', a number is needed"),
    ("a,y\n0x10,2\n", "d.csv:2:a: found '0x10', a number is needed"),
    ("a,y\n1 2,2\n", "d.csv:2:a: found '1 2', a number is needed"),
    ("a,y\n\"1\"\"\",2\n", "d.csv:2:a: found '1\"', a number is needed"),
    ("a,y\n1,2\n-Inf,3\n", "d.csv:3:a: found '-Inf', a finite number is needed"),
    ("a,y\n1,2\n1,NaN\n", "d.csv:3:y: found 'NaN', a finite number is needed"),
    ("a,y\n1e999,2\n", "d.csv:2:a: found '1e999', a finite number is needed"),
    ("a,y\n1,2\n1\n", "d.csv:3: found 1 cell, 2 are needed"),
    ("a,y\n1,2\n1,2,3\n", "d.csv:3: found 3 cells, 2 are needed"),
    ("a,y\n,x,3\n", "d.csv:2: found 3 cells, 2 are needed"),
    (
      "a,y\n1,5\"\n1,2\n",
      "d.csv:2: a quote inside a cell; quote the whole cell and double the quote"
    ),
    (
      "a,y\n1,\"5\" x\n1,2\n",
      "d.csv:2: a quote inside a cell; quote the whole cell and double the quote"
    ),
    ("a,y\n1,2\n1,\"2\n3,4\n", "d.csv:3: a quoted cell that starts here is never closed"),
    ("a,\"y\n1,2\n", "d.csv:1: a quoted cell that starts here is never closed"),
    (
      "a,\"b\"c,y\n1,2\n",
      "d.csv:1: a quote inside a cell; quote the whole cell and double the quote"
    ),
    ("", "d.csv: the file is empty"),
    ("\n\r\n", "d.csv: the file is empty"),
    ("a,y\n", "d.csv: no rows of data"),
    ("a,b,a,y\n", "d.csv:1: column 'a' occurs twice in the header"),
    (
      ",a,y\n1,2,3\n",
      "d.csv:1: column 1 has no name; name it, or leave it out with \"drop\": [\"\"]"
    ),
    ("a,b\n1,2\n", "d.csv:1: no column 'y' for the target"),
    ("a,Y\n1,2\n", "d.csv:1: no column 'y' for the target (did you mean 'Y'?)"),
    ("y\n1\n", "d.csv:1: no feature columns are left"),
    (
      "a,y\n1,u\n2,v\n3,w\n",
      "d.csv:y: the target has the texts 'u', 'v', 'w'; it must be numbers or exactly two texts"
    ),
    (
      "a,y\n1,u\n2,u\n",
      "d.csv:y: the target has the texts 'u'; it must be numbers or exactly two texts"
    ),
    ("a,y\n1,0\n2,u\n", "d.csv:3:y: found 'u', a number is needed"),
    (
      "a,y\nx,u\n2,\n",
      "d.csv:2:a: found 'x', a number is needed\nd.csv:3:y: the cell is empty, a value is needed"
    ),
  ])
  func `wrong data is told with its place`(text: String, expected: String) throws {
    #expect(try Self.errorText(text) == expected)
  }

  @Test func `bytes that are no UTF-8 are refused in a header`() throws {
    for bytes: [UInt8] in [[0xFF, 0xFE, 0x61, 0], [0x61, 0xE9, 0x2C, 0x79, 0x0A]] {
      try withFiles(["d.csv": bytes]) { folder in
        let source = CSVSource(path: folder + "/d.csv", target: "y")
        let error = #expect(throws: DatasetError.self) {
          try Dataset.load(.csv(source), workers: 1)
        }
        #expect(message(error, without: folder) == "d.csv:1: the text is not UTF-8")
      }
    }
  }

  @Test func `a file that is not there is told from wrong data`() throws {
    try withFiles(["d.csv": "a,y\n1,2\n"]) { folder in
      let missing = #expect(throws: DatasetError.self) {
        try Dataset.load(.csv(CSVSource(path: folder + "/e.csv", target: "y")), workers: 1)
      }
      #expect(missing?.isMissingInput == true)
      #expect(message(missing, without: folder) == "e.csv: no such file")
      let isFolder = #expect(throws: DatasetError.self) {
        try Dataset.load(.csv(CSVSource(path: folder, target: "y")), workers: 1)
      }
      #expect(isFolder?.isMissingInput == true)
      #expect(isFolder?.description == "\(folder): cannot be read: is a directory")
    }
  }

  @Test func `several problems are told at once, up to twenty`() throws {
    let text = "a,y\n" + (0..<30).map { "x\($0),1\n" }.joined()
    let lines = try Self.errorText(text)?.split(separator: "\n") ?? []
    #expect(lines.count == DatasetProblem.limitPerFile)
    #expect(lines.first == "d.csv:2:a: found 'x0', a number is needed")
    #expect(lines.last == "d.csv:21:a: found 'x19', a number is needed")
    #expect(
      try Self.errorText("a,b,y\n,1,?\n1,2,3\n1,inf,\n") == """
        d.csv:2:a: the cell is empty, a value is needed
        d.csv:2:y: found '?', a number is needed
        d.csv:4:b: found 'inf', a finite number is needed
        d.csv:4:y: the cell is empty, a value is needed
        """)
  }

  @Test func `lines are counted through quoted line ends`() throws {
    let text = "\"a\nb\",y\n\"\n1\",2\nx,3\n"
    #expect(
      try Self.errorText(text)?.hasSuffix("d.csv:5:a\nb: found 'x', a number is needed") == true)
  }

  @Test func `a long cell is shortened`() throws {
    let cell = String(repeating: "z", count: 50)
    #expect(
      try Self.errorText("a,y\n\(cell),1\n2,3\n")
        == "d.csv:2:a: found '\(String(repeating: "z", count: 40))…', a number is needed")
  }

  @Test func `a cell that a split column may not hold is told with its place`() throws {
    try withFiles(["d.csv": "a,s,y\n1,train,2\n2,Test,3\n3,validation,4\n"]) { folder in
      let error = #expect(throws: DatasetError.self) {
        try Dataset.load(
          .csv(CSVSource(path: folder + "/d.csv", target: "y")), labelColumn: "s",
          allowedLabels: ["train", "validation", "test"], workers: 2)
      }
      #expect(
        message(error, without: folder)
          == "d.csv:3:s: found 'Test', a split column holds train, validation, test")
    }
  }

  @Test func `columns that the spec names must be there, once and for one use`() throws {
    let text = "bmi,age,y\n1,2,3\n"
    #expect(
      try Self.errorText(text) { $0.features = ["bim"] }
        == "d.csv:1: no column 'bim' for a feature (did you mean 'bmi'?)")
    #expect(
      try Self.errorText(text) { $0.drop = ["sex"] }
        == "d.csv:1: no column 'sex' for dropped")
    #expect(
      try Self.errorText(text) { $0.categorical = ["agee"] }
        == "d.csv:1: no column 'agee' for a categorical feature (did you mean 'age'?)")
    #expect(
      try Self.errorText(text, label: "fold")
        == "d.csv:1: no column 'fold' for the split column")
    #expect(
      try Self.errorText(text) { $0.features = ["bmi", "y"] }
        == "d.csv:1: column 'y' is the target and a feature; it can be one of them")
    #expect(
      try Self.errorText(text, label: "age") { $0.features = ["bmi", "age"] }
        == "d.csv:1: column 'age' is the split column and a feature; it can be one of them")
    #expect(
      try Self.errorText(text) {
        $0.features = ["bmi"]
        $0.drop = ["bmi"]
      } == "d.csv:1: column 'bmi' is dropped and a feature; it can be one of them")
    #expect(
      try Self.errorText(text) { $0.categorical = ["y"] }
        == "d.csv:1: column 'y' is the target and a categorical feature; it can be one of them")
    #expect(
      try Self.errorText(text) {
        $0.features = ["bmi"]
        $0.categorical = ["age"]
      } == "d.csv:1: column 'age' is categorical, but not among the features")
    #expect(
      try Self.errorText(text) { $0.features = ["bmi", "bmi"] }
        == "d.csv:1: column 'bmi' is a feature and a feature; it can be one of them")
    #expect(
      try Self.errorText(text) { $0.categorical = ["bmi", "age"] }
        == "d.csv: no feature columns are left")
  }

  @Test func `a delimiter that a cell may hold is refused`() throws {
    #expect(
      try Self.errorText("a.y\n") { $0.delimiter = UInt8(ascii: ".") }
        == "d.csv: the delimiter '.' cannot be told from the cells")
    #expect(
      try Self.errorText("a.y\n") { $0.delimiter = 10 }
        == "d.csv: the delimiter of code 10 cannot be told from the cells")
  }

  @Test func `nothing left after dropping is told`() throws {
    #expect(
      try Self.errorText("a,y\n,1\n?,2\n") { $0.missing = .dropRows }
        == "d.csv: no rows of data are left, 2 were dropped")
  }

  @Test func `a ragged row is wrong even where missing cells are dropped`() throws {
    #expect(
      try Self.errorText("a,y\n1,1\n2\n") { $0.missing = .dropRows }
        == "d.csv:3: found 1 cell, 2 are needed")
  }

  @Test func `a problem in another file names it`() throws {
    try withFiles(["a.csv": "a,y\n1,2\n", "b.csv": "b,y\n1,2\n", "c.csv": "a,y\n1,x\n"]) {
      folder in
      let source = CSVSource(path: folder + "/a.csv", target: "y")
      for (name, expected) in [
        ("b.csv", "b.csv:1: no column 'a' for a feature"),
        ("c.csv", "c.csv:2:y: found 'x', a number is needed"),
        ("d.csv", "d.csv: no such file"),
      ] {
        let error = #expect(throws: DatasetError.self) {
          try Dataset.load(
            .csv(source), extraFiles: [("test", "\(folder)/\(name)")], workers: 2)
        }
        #expect(message(error, without: folder) == expected)
      }
    }
  }
}
