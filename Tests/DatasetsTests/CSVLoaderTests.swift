import Datasets
import Testing

@Suite struct CSVLoaderTests {
  private static func load(
    _ text: String, label: String? = nil, _ configure: (inout CSVSource) -> Void = { _ in }
  ) throws -> Dataset {
    try withFiles(["d.csv": text]) { folder in
      var source = CSVSource(path: folder + "/d.csv", target: "y")
      configure(&source)
      return try Dataset.load(.csv(source), labelColumn: label, workers: 2)
    }
  }

  @Test(arguments: [
    "a,b,y\n1,2,3\n-4,5.5,6e1\n", "a,b,y\r\n1,2,3\r\n-4,5.5,6e1\r\n", "a,b,y\n1,2,3\n-4,5.5,6e1",
    "\u{FEFF}a,b,y\n1,2,3\n-4,5.5,6e1\n", "\na,b,y\n\n1,2,3\n\r\n-4,5.5,6e1\n\n",
    " a , b,y\n 1 ,\t2, 3\n -4,5.5 ,+6e1 \r", "a,b,y\n1,2.,3\n-4,5.5,6E+1\r",
    "\"a\",\"b\",\"y\"\n\"1\",\" 2 \",3\n\"-4\" ,5.50,60.\n",
  ])
  func `all spellings of a table are the same data`(text: String) throws {
    let dataset = try Self.load(text)
    #expect(dataset.featureNames == ["a", "b"])
    #expect(dataset.rows == [[1, 2], [-4, 5.5]])
    #expect(dataset.target == [3, 60])
    #expect(dataset.targetName == "y")
    #expect(dataset.splitLabels == nil)
    #expect(dataset.droppedRowCount == 0)
  }

  @Test func `chosen features come in the order they are named`() throws {
    let text = "a,b,c,y\n1,2,3,4\n5,6,7,8\n"
    let dataset = try Self.load(text) { $0.features = ["c", "a"] }
    #expect(dataset.featureNames == ["c", "a"])
    #expect(dataset.rows == [[3, 1], [7, 5]])
  }

  @Test func `columns that are not used may hold anything`() throws {
    let text = "id,a,note,y\nx,1,\"many\nlines, and \"\"quotes\"\"\",4\n,2,,8\n"
    let dataset = try Self.load(text) { $0.drop = ["id", "note", "id"] }
    #expect(dataset.featureNames == ["a"])
    #expect(dataset.rows == [[1], [2]])
  }

  @Test func `an unnamed column can be left out`() throws {
    let dataset = try Self.load("\"\",a,y\nrow 1,2,3\n") { $0.drop = [""] }
    #expect(dataset.featureNames == ["a"])
    let chosen = try Self.load("\"\",a,y\nrow 1,2,3\n") { $0.features = ["a"] }
    #expect(chosen.rows == [[2]])
  }

  @Test func `without a header columns are numbered`() throws {
    let dataset = try Self.load("1,2,3\n4,5,6\n") {
      $0.hasHeader = false
      $0.target = "c2"
    }
    #expect(dataset.featureNames == ["c1", "c3"])
    #expect(dataset.rows == [[1, 3], [4, 6]])
    #expect(dataset.target == [2, 5])
  }

  @Test(arguments: [";", "\t", "|", " ", ":"])
  func `cells may be delimited otherwise`(delimiter: String) throws {
    let text = "a,b,y\n1,2,3\n4,5,6\n".replacing(",", with: delimiter)
    let dataset = try Self.load(text) {
      $0.dialect.delimiter = .character(delimiter.unicodeScalars.first!)
    }
    #expect(dataset.rows == [[1, 2], [4, 5]])
  }

  @Test func `categories become one column per level but the first`() throws {
    let text = "size,town,a,y\n10,Rome,1,1\n9,\"Paris, TX\",2,2\n10,Bonn,3,3\n9.5,Rome,4,4\n"
    let dataset = try Self.load(text) { $0.categorical = ["town", "size"] }
    #expect(
      dataset.featureNames == ["size=9.5", "size=10", "town=Paris, TX", "town=Rome", "a"])
    #expect(
      dataset.rows == [[0, 1, 0, 1, 1], [0, 0, 1, 0, 2], [0, 1, 0, 0, 3], [1, 0, 0, 1, 4]])
  }

  @Test func `a category with one level makes no feature`() throws {
    let dataset = try Self.load("k,a,y\nu,1,1\nu,2,2\n") { $0.categorical = ["k"] }
    #expect(dataset.featureNames == ["a"])
    #expect(dataset.rows == [[1], [2]])
  }

  @Test func `the split column gives labels and is no feature`() throws {
    let dataset = try Self.load("a,s,y\n1,train,2\n3,test,4\n5,train,6\n", label: "s")
    #expect(dataset.featureNames == ["a"])
    #expect(dataset.splitLabels == ["train", "test", "train"])
  }

  @Test func `rows with a missing cell can be dropped`() throws {
    let text = "a,junk,k,y\n1,,u,1\n,x,u,2\nNA,x,v,3\n4,x,,4\n5,x,v,\n6,x,w,NULL\n7,x,u,7\n"
    let dataset = try Self.load(text) {
      $0.drop = ["junk"]
      $0.categorical = ["k"]
      $0.missing = .dropRows
    }
    #expect(dataset.droppedRowCount == 5)
    #expect(dataset.target == [1, 7])
    // A level that only a dropped row has is none.
    #expect(dataset.featureNames == ["a"])
    #expect(dataset.rows == [[1], [7]])
  }

  @Test func `a target of two texts is numbered in Unicode order`() throws {
    let dataset = try Self.load("a,y\n1,yes\n2,no\n3,\"yes\"\n")
    #expect(dataset.target == [1, 0, 1])
    #expect(dataset.featureNames == ["a"])
  }

  @Test func `a missing target text is dropped with its row`() throws {
    let dataset = try Self.load("a,y\n1,yes\n2,\n3,no\n") { $0.missing = .dropRows }
    #expect(dataset.target == [1, 0])
    #expect(dataset.droppedRowCount == 1)
  }

  @Test func `rows of other files follow with their labels and columns by name`() throws {
    try withFiles([
      "a.csv": "a,k,y\n1,u,2\n3,v,4\n", "b.csv": "y,extra,k,a\n6,?,w,5\n", "c.csv": "k,a,y\nu,7,8",
    ]) { folder in
      let source = CSVSource(path: folder + "/a.csv", target: "y", categorical: ["k"])
      let dataset = try Dataset.load(
        .csv(source),
        extraFiles: [("validation", folder + "/b.csv"), ("test", folder + "/c.csv")], workers: 2)
      #expect(dataset.featureNames == ["a", "k=v"])
      #expect(dataset.rows == [[1, 0], [3, 1], [5, 0], [7, 0]])
      #expect(dataset.target == [2, 4, 6, 8])
      #expect(dataset.splitLabels == ["train", "train", "validation", "test"])
    }
  }

  @Test func `numbers keep their exact value`() throws {
    var generator = Scrambler(state: 5)
    let values = (0..<2000).map { _ in
      (Double.random(in: -1...1, using: &generator), Double.random(in: 0...1e9, using: &generator))
    }
    let dataset = try Self.load("a,y\n" + values.map { "\($0.0),\($0.1)\n" }.joined())
    #expect(dataset.rows.map { $0[0] } == values.map(\.0))
    #expect(dataset.target == values.map(\.1))
  }

  @Test func `the hash tells contents and readings apart and places not`() throws {
    let text = "a,b,y\n1,2,3\n4,5,6\n"
    let hash = try Self.load(text).contentHash
    #expect(hash.count == 32)
    #expect(try Self.load(text).contentHash == hash)
    #expect(try Self.load(text.replacing("5", with: "7")).contentHash != hash)
    #expect(try Self.load(text) { $0.target = "b" }.contentHash != hash)
    #expect(try Self.load(text) { $0.drop = ["b"] }.contentHash != hash)
    #expect(try Self.load(text) { $0.missing = .dropRows }.contentHash != hash)
  }
}
