import Datasets
import Testing

@Suite struct ForeignFormatTests {
  private static let python = "python3 -c 'import pandas, sys; pandas."
  private static let cases: [(name: String, bytes: [UInt8], expected: String)] = [
    (
      "d.csv.gz", [0x1F, 0x8B, 8, 0],
      "the file is compressed with gzip, unpack it: gzip -dc F/d.csv.gz > F/d.csv"
    ),
    (
      "d.zst", [0x28, 0xB5, 0x2F, 0xFD, 1],
      "the file is compressed with zstd, unpack it: zstd -dc F/d.zst > F/d.csv"
    ),
    (
      "d.xlsx", [0x50, 0x4B, 3, 4, 20],
      "the file is an Excel workbook (or a zip archive), make a CSV of it: \(python)"
        + "read_excel(sys.argv[1]).to_csv(sys.argv[2], index=False)' F/d.xlsx F/d.csv"
    ),
    (
      "d.parquet", Array("PAR1".utf8) + [0x15, 4],
      "the file is Parquet, make a CSV of it: \(python)"
        + "read_parquet(sys.argv[1]).to_csv(sys.argv[2], index=False)' F/d.parquet F/d.csv"
    ),
    (
      "d.csv", Array("\n<!DOCTYPE html>\n<html>".utf8),
      "the file is a web page, not data: download the data behind it, or make a CSV of it: "
        + "\(python)read_html(sys.argv[1])[0].to_csv(sys.argv[2], index=False)' F/d.csv F/d.csv"
    ),
    (
      "d.csv", Array("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n".utf8),
      "the file is a pointer of Git LFS, get the data: git lfs pull --include F/d.csv"
    ),
    (
      "x y.gz", [0x1F, 0x8B],
      "the file is compressed with gzip, unpack it: gzip -dc 'F/x y.gz' > 'F/x y.csv'"
    ),
  ]

  @Test(arguments: cases.indices)
  func `a file of another format is told with the command that helps`(index: Int) throws {
    let (name, bytes, expected) = Self.cases[index]
    try withFiles([name: bytes]) { folder in
      let path = "\(folder)/\(name)"
      for source in [
        DataSource.csv(CSVSource(path: path, target: "y")), .libsvm(path: path),
        .npy(features: path, target: path),
      ] {
        let error = #expect(throws: DatasetError.self) { try Dataset.load(source, workers: 1) }
        #expect(
          error?.description.replacing(folder, with: "F") == "F/\(name): \(expected)", "\(source)")
      }
    }
  }

  @Test func `a header that begins like a format is text`() throws {
    for header in ["BZhang", "PAR1", "ARROW1"] {
      try withFiles(["d.csv": "\(header),y\n1,2\n3,4\n"]) { folder in
        let dataset = try Dataset.load(
          .csv(CSVSource(path: folder + "/d.csv", target: "y")), workers: 1)
        #expect(dataset.featureNames == [header])
      }
    }
  }
}
