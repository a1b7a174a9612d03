import Datasets
import Testing

private let textRemedy =
  "; write \"categorical\": [\"a\"] to make each text a level, or \"drop\": [\"a\"] to leave the "
  + "column out, or \"missing_values\" with what stands for a missing value"
private let finiteRemedy =
  "; write \"drop\": [\"a\"] to leave the column out, "
  + "or \"missing_values\" with what stands for a missing value"
private let missingRemedy =
  "; write \"drop\": [\"a\"] to leave the column out, "
  + "or \"missing\": \"drop_rows\" to leave out the rows with missing cells, "
  + "or \"missing\": {\"a\": \"median\"} to fill them"
private let rowRemedy =
  "; write \"missing\": \"drop_rows\" to leave out the rows with missing cells"
private let targetRemedy =
  "; the target must be numbers or exactly two texts; "
  + "write \"missing_values\" with what stands for a missing value"

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
      #expect(error?.isOfFile == false)
      return message(error, without: folder)
    }
  }

  @Test(arguments: [
    ("a,y\n1,2\n,3\n", "d.csv:3: column 'a': 1 cell is missing (empty)\(missingRemedy)"),
    ("a,y\n1,2\n\" \",3\n", "d.csv:3: column 'a': 1 cell is missing (empty)\(missingRemedy)"),
    ("a,y\nabc,2\n", "d.csv:2: column 'a': 1 cell is not a number ('abc')\(textRemedy)"),
    ("a,y\n1_0,2\n", "d.csv:2: column 'a': 1 cell is not a number ('1_0')\(textRemedy)"),
    ("a,y\n0x10,2\n", "d.csv:2: column 'a': 1 cell is not a number ('0x10')\(textRemedy)"),
    ("a,y\n1 2,2\n", "d.csv:2: column 'a': 1 cell is not a number ('1 2')\(textRemedy)"),
    ("a,y\n\"1\"\"\",2\n", "d.csv:2: column 'a': 1 cell is not a number ('1\"')\(textRemedy)"),
    ("a,y\n1,2\n-Inf,3\n", "d.csv:3: column 'a': 1 cell is not finite ('-Inf')\(finiteRemedy)"),
    ("a,y\n1,2\n1,NaN\n", "d.csv:3: column 'y': 1 cell is missing ('NaN')\(rowRemedy)"),
    ("a,y\n1e999,2\n", "d.csv:2: column 'a': 1 cell is not finite ('1e999')\(finiteRemedy)"),
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
    ("a,b\n1,2\n", "d.csv:1: no column 'y' for the target; the header holds 'a', 'b'"),
    (
      "a,Y\n1,2\n",
      "d.csv:1: no column 'y' for the target (did you mean 'Y'?); the header holds 'a', 'Y'"
    ),
    ("y\n1\n", "d.csv:1: no feature columns are left"),
    (
      "a,y\n1,u\n2,v\n3,w\n",
      "d.csv: column 'y': the target has the texts 'u', 'v', 'w'; it must be numbers, or exactly two texts with \"loss\": \"logistic\""
    ),
    (
      "a,y\n1,u\n2,u\n",
      "d.csv: column 'y': the target has the text 'u'; it must be numbers, or exactly two texts with \"loss\": \"logistic\""
    ),
    (
      "a,y\n1,0\n2,u\n",
      "d.csv:3: column 'y': 1 cell is not a number ('u')\(targetRemedy)"
    ),
    (
      "a,y\nx,u\n2,\n",
      "d.csv:2: column 'a': 1 cell is not a number ('x')\(textRemedy)\n"
        + "d.csv:3: column 'y': 1 cell is missing (empty)\(rowRemedy)"
    ),
  ])
  func `wrong data is told with its place`(text: String, expected: String) throws {
    #expect(try Self.errorText(text) == expected)
  }

  @Test func `bytes that are no UTF-8 are refused in a header`() throws {
    let cases: [(bytes: [UInt8], expected: String)] = [
      (
        [0xFF, 0xFE, 0x61, 0],
        "d.csv: the text is UTF-16, convert it: iconv -f utf-16 -t utf-8 d.csv > d.csv"
      ),
      (
        [0x61, 0xE9, 0x2C, 0x79, 0x0A],
        "d.csv:1: the text is not UTF-8; write \"encoding\": \"latin-1\" where it is that, or convert the file to UTF-8"
      ),
    ]
    for (bytes, expected) in cases {
      try withFiles(["d.csv": bytes]) { folder in
        let source = CSVSource(path: folder + "/d.csv", target: "y")
        let error = #expect(throws: DatasetError.self) {
          try Dataset.load(.csv(source), workers: 1)
        }
        #expect(message(error, without: folder) == expected)
      }
    }
  }

  @Test func `a file that is not there is told from wrong data`() throws {
    try withFiles(["d.csv": "a,y\n1,2\n"]) { folder in
      let missing = #expect(throws: DatasetError.self) {
        try Dataset.load(.csv(CSVSource(path: folder + "/e.csv", target: "y")), workers: 1)
      }
      #expect(missing?.isOfFile == true)
      #expect(message(missing, without: folder) == "e.csv: no such file")
      let isFolder = #expect(throws: DatasetError.self) {
        try Dataset.load(.csv(CSVSource(path: folder, target: "y")), workers: 1)
      }
      #expect(isFolder?.isOfFile == true)
      #expect(isFolder?.description == "\(folder): cannot be read: is a directory")
    }
  }

  @Test func `each column is told in one line, with the number of its cells and some of them`()
    throws
  {
    let text = "a,b,y\n" + (0..<300).map { "x\($0 % 7),\($0 < 3 ? "" : "1"),1\n" }.joined()
    #expect(
      try Self.errorText(text) == """
        d.csv:2: column 'a': 300 cells are not numbers ('x0', 'x1', 'x2', …)\(textRemedy)
        d.csv:2: column 'b': 3 cells are missing (empty)\(missingRemedy.replacing("\"a\"", with: "\"b\""))
        """)
    #expect(
      try Self.errorText("a,b,y\n,1,?\n1,2,3\nu,inf,\n,3,4\n") == """
        d.csv:2: column 'a': 1 cell is not a number ('u'); 2 cells are missing (empty)\
        \(textRemedy), or "missing": "drop_rows" to leave out the rows with missing cells
        d.csv:2: column 'y': 2 cells are missing ('?', empty)\(rowRemedy)
        d.csv:4: column 'b': 1 cell is not finite ('inf')\(finiteRemedy.replacing("a\"]", with: "b\"]"))
        """)
  }

  @Test func `of many columns twenty are told, then how many more there are`() throws {
    let names = (0..<30).map { "a\($0)" }
    let text = (names + ["y"]).joined(separator: ",") + "\n" + names.joined(separator: ",") + ",1\n"
    let lines = try Self.errorText(text)?.split(separator: "\n") ?? []
    #expect(lines.count == DatasetProblem.limitPerFile + 1)
    #expect(lines.last == "d.csv: and 10 more problems of this file")
  }

  @Test func `lines with another number of cells are told once`() throws {
    #expect(
      try Self.errorText("a,y\n1,2\n1\n1,2,3\n1,2\n")
        == "d.csv:3: found 1 cell, 2 are needed; 2 lines have more or fewer")
  }

  @Test func `lines are counted through quoted line ends`() throws {
    let text = "\"a\nb\",y\n\"\n1\",2\nx,3\n"
    #expect(
      try Self.errorText(text)?.hasPrefix(
        "d.csv:3: column 'a\\nb': 2 cells are not numbers ('\\n1', 'x')")
        == true)
  }

  @Test func `a long cell is shortened`() throws {
    let cell = String(repeating: "z", count: 50)
    #expect(
      try Self.errorText("a,y\n\(cell),1\n2,3\n")
        == "d.csv:2: column 'a': 1 cell is not a number ('\(String(repeating: "z", count: 40))…')\(textRemedy)"
    )
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
          == "d.csv:3: column 's': 1 cell names no set ('Test'); "
          + "a split column holds train, validation, test")
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

  @Test func `nothing left after dropping is told`() throws {
    #expect(
      try Self.errorText("a,y\n,1\n?,2\n") { $0.missing = .dropRows }
        == "d.csv: no rows of data are left; 2 of 2 rows have missing cells and were left out "
        + "(by column: 'a' 2)")
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
        ("c.csv", "c.csv:2: column 'y': 1 cell is not a number ('x')\(targetRemedy)"),
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
