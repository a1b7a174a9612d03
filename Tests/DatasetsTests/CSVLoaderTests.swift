import Datasets
import Numerics
import Testing

@Suite struct CSVLoaderTests {
  private static func load(
    _ text: String, _ configure: (inout CSVSource) -> Void = { _ in }, label: String? = nil,
    workers: Int = 2, chunkByteCount: Int = 1 << 20
  ) throws -> Dataset {
    try withFiles(["d.csv": text]) { folder in
      var source = CSVSource(path: folder + "/d.csv", target: "y")
      configure(&source)
      return try CSVLoader(
        source, labelColumn: label, workers: workers, chunkByteCount: chunkByteCount
      ).load()
    }
  }

  private static func rows(_ dataset: Dataset) -> [[Double]] {
    (0..<dataset.rowCount).map { dataset.features.row($0) }
  }

  @Test(arguments: [
    "a,b,y\n1,2,3\n-4,5.5,6e1\n", "a,b,y\r\n1,2,3\r\n-4,5.5,6e1\r\n", "a,b,y\n1,2,3\n-4,5.5,6e1",
    "\u{FEFF}a,b,y\n1,2,3\n-4,5.5,6e1\n", "\na,b,y\n\n1,2,3\n\r\n-4,5.5,6e1\n\n",
    " a , b,y\n 1 ,\t2, 3\n -4,5.5 ,+6e1 \r",
    "\"a\",\"b\",\"y\"\n\"1\",\" 2 \",3\n\"-4\" ,5.50,60.\n",
  ])
  func `all spellings of a table are the same data`(text: String) throws {
    let dataset = try Self.load(text)
    #expect(dataset.featureNames == ["a", "b"])
    #expect(Self.rows(dataset) == [[1, 2], [-4, 5.5]])
    #expect(dataset.target == [3, 60])
    #expect(dataset.targetName == "y")
    #expect(dataset.splitLabels == nil)
    #expect(dataset.droppedRowCount == 0)
  }
}
