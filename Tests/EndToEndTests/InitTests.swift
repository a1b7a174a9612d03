import Foundation
import TestSupport
import Testing

/// `sweep init NAME --csv FILE --target COLUMN`: what it writes must run.
struct InitTests {
  private let program: BuiltProgram
  private let folder: ScratchFolder

  init() throws {
    program = try BuiltProgram()
    folder = try ScratchFolder()
  }

  private func run(_ arguments: String...) throws -> BuiltProgram.Outcome {
    try program.run(arguments, in: folder.url)
  }

  /// A file of one's own, and the column that is to be predicted.
  struct Table: CustomTestStringConvertible, Sendable {
    let kind: String
    let target: String
    let text: String
    var testDescription: String { kind }

    /// - Parameter row: the line of the row with this number.
    init(_ kind: String, target: String, header: String? = nil, _ row: (Int) -> String) {
      self.kind = kind
      self.target = target
      text = (header.map { $0 + "\n" } ?? "") + (0..<40).map { row($0) + "\n" }.joined()
    }
  }

  private static let tables = [
    Table("numbers", target: "y", header: "a,b,y") { "\($0),\($0 * $0 % 11),\($0 * 3 % 7)" },
    Table("semicolons and texts", target: "sold", header: "id;city;price;sold") {
      "\($0);\(["Ulm", "Bonn"][$0 % 2]);\($0 * 7 % 40);\($0 % 3 == 0 ? "yes" : "no")"
    },
    Table("no header", target: "c3") { "\($0 * 5 % 13)\t\($0 % 4)\t\($0 % 5 < 2)" },
    Table("holes", target: "y", header: "a,b,k,y") {
      "\($0 % 9 == 4 ? "NA" : "\($0)"),\($0 * 5 % 7),\($0 % 7 == 1 ? "?" : "l\($0 % 3)"),"
        + ($0 == 11 ? "" : "\($0 % 10)")
    },
    Table(
      "a column for each reason to leave it out", target: "y",
      header: "id,,a,a,none,one,when,who,x,y"
    ) {
      "\($0),r\($0),1,2,,7,2024-01-\($0 % 28 + 1),name \($0),\($0 * $0 % 17),\($0 % 6)"
    },
    Table(
      "hostile names", target: "t\"\\,\u{7}",
      header: "\"a\nb\",\"q\"\"q\",\u{1B}[31m,é,e\u{301},::error::x, ,\"t\"\"\\,\u{7}\""
    ) { "\($0 % 7),\($0 % 5),l\($0 % 2),\($0 % 3),\($0 % 11),\($0 * $0 % 13),\($0 % 2),\($0 % 6)" },
    Table("blanks, comments, a decimal comma and odd texts", target: "c4") {
      ($0 == 0 ? "# by hand\n" : "") + "  \($0 % 7),5  \($0 == 5 ? "-" : "\($0 % 11),25")\t"
        + "\($0 < 36 ? "a" : "r\($0)") \($0 % 6)"
    },
    Table("carriage returns", target: "y", header: "a,y\r") { "\($0 * $0),\($0 % 2)\r" },
    Table("two classes of texts, one rare", target: "y", header: "a,b,y") {
      "\($0 % 9),\($0 * 7 % 5),\($0 == 3 || $0 == 20 ? "'sick'" : "well")"
    },
  ]

  @Test(arguments: tables)
  func `the spec for a file runs and can be reported`(table: Table) throws {
    try folder.write(table.text, to: "data/my file.csv")
    let guess = try run("init", "mine", "--csv", "data/my file.csv", "--target", table.target)
    #expect(guess.exitStatus == 0, "\(guess.errors)")
    #expect(guess.output == "wrote mine.json; next: sweep run mine.json\n")
    #expect(guess.errors.contains("sweep: 40 rows of "))
    #expect(!guess.errors.contains("\u{1B}"))
    let outcome = try run("run", "mine.json")
    let spec = try folder.text(of: "mine.json")
    #expect(outcome.exitStatus == 0, "\(outcome.errors)\(spec)")
    #expect(try run("report", "results/mine").exitStatus == 0)
    #expect(try folder.names == ["data", "mine.json", "results", "sweep.schema.json"])
  }

  @Test func `without a target the columns are listed`() throws {
    try folder.write("a,b c,y\n1,2,3\n", to: "d.csv")
    let outcome = try run("init", "mine", "--csv", "d.csv")
    #expect(outcome.exitStatus == 64)
    #expect(
      outcome.errors
        == "sweep: '--csv' needs --target, the column to predict; d.csv holds 'a', 'b c', 'y'\n")
    try folder.write("1.5,2,3\n2,3,4\n", to: "n.csv")
    let nameless = try run("init", "mine", "--csv", "n.csv")
    #expect(
      nameless.errors.hasSuffix("holds 'c1', 'c2', 'c3': its first line is data and names none\n"))
    #expect(try folder.names == ["d.csv", "n.csv"])
  }

  @Test(arguments: [
    (["--target", "y"], 64, "'--target' goes with '--csv' only"),
    (["--csv", "-", "--target", "y"], 64, "--csv: found '-', must be a file"),
    (["--csv", "none.csv", "--target", "y"], 66, "none.csv: no such file"),
    (["--csv", "pipe", "--target", "y"], 66, "pipe: cannot be read: it is a pipe"),
    (
      ["--csv", "d.csv", "--target", "Y2"], 65,
      "d.csv:1: no column 'Y2' for the target (did you mean 'y2'?)"
    ),
    (["--csv", "d.csv.gz", "--target", "y"], 65, "unpack it: gzip -dc d.csv.gz > d.csv"),
    (["--csv", "d.csv", "--target", "k"], 65, "column 'k': 3 different texts"),
    (["--csv", "d.csv", "--target="], 64, "'--target' needs a value, COLUMN"),
  ])
  func `what cannot be guessed from is refused`(
    words: [String], status: Int32, message: String
  ) throws {
    try folder.write("a,k,y2\n1,u,3\n2,v,4\n3,w,5\n", to: "d.csv")
    let gzip = folder.url.appendingPathComponent("d.csv.gz")
    try Data([0x1F, 0x8B, 8, 0]).write(to: gzip)
    let pipe = folder.url.appendingPathComponent("pipe").path
    let made = unsafe mkfifo(pipe, 0o600)
    try #require(made == 0)
    let outcome = try program.run(["init", "mine"] + words, in: folder.url)
    #expect(outcome.exitStatus == status)
    #expect(outcome.errors.contains(message))
    #expect(outcome.output == "")
    #expect(try folder.names == ["d.csv", "d.csv.gz", "pipe"])
  }

  @Test func `a spec that is there is left as it is`() throws {
    try folder.write("a,y\n1,2\n2,3\n", to: "d.csv")
    try folder.write("mine", to: "mine.json")
    let outcome = try run("init", "mine.json", "--csv", "d.csv", "--target", "y")
    #expect(outcome.exitStatus == 74)
    #expect(outcome.errors.contains("mine.json: there is such a file already"))
    #expect(try folder.text(of: "mine.json") == "mine")
  }

  @Test func `as JSON the remarks are part of the result`() throws {
    try folder.write(Self.tables[0].text, to: "d.csv")
    let outcome = try run("init", "mine", "--csv", "d.csv", "--target", "y", "--format", "json")
    #expect(outcome.errors == "")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    #expect(object["spec"] as? String == "mine.json")
    #expect((object["remarks"] as? [String])?.contains("40 rows of 3 columns were read") == true)
  }
}
