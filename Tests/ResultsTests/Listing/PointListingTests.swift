import Results
import Tables
import Testing

/// What `sweep show` prints of `curve.csv`.
struct PointListingTests {
  private static let csv = """
    point,solver,degree,train_size,lambda,lambda_mean,status,folds,train_mse,train_mse_se,\
    validation_mse,validation_mse_se,validation_r2,effective_df,selected
    0,normal,1,,0.1,0.1,ok,3,1.5,0.1,3.123456789,0.5,0.25,2.5,
    1,normal,1,,1,1,ok,3,2,0.1,2,0.25,0.5,2,min one_standard_error
    2,sgd,1,,0.1,0.1,ok,3,2,,2,,0.5,,min
    3,sgd,1,,1,1,diverged,3,,,,,,,
    4,sgd,1,,10,10,not_converged,3,0.1,,0.1,,0.9,,

    """

  private func listing(
    _ change: (inout PointListing.Request) -> Void = { _ in }, metric: String = "mse"
  ) throws -> PointListing {
    var request = PointListing.Request()
    change(&request)
    return try PointListing(
      CSVTable(Array(Self.csv.utf8), path: "r/curve.csv"), metric: metric, request: request)
  }

  private func points(_ listing: PointListing) -> [String] { listing.rows.map { $0[0] } }

  @Test func `a reader sees what tells points apart, and of the metric that decides`() throws {
    let listing = try listing()
    #expect(
      listing.columns == [
        "point", "solver", "lambda", "status", "train_mse", "validation_mse", "validation_mse_se",
        "effective_df", "selected",
      ])
    #expect(points(listing) == ["0", "1", "2", "3", "4"])
    #expect(
      listing.text.hasPrefix(
        """
        point  solver  lambda  status         train_mse  validation_mse  validation_mse_se  effective_df  selected
            0  normal     0.1  ok                   1.5         3.12346                0.5           2.5
            1  normal       1  ok                     2               2               0.25             2  min one_standard_error

        """))
  }

  @Test func `another program gets every column as it stands in the file`() throws {
    let listing = try listing { $0.isForReader = false }
    #expect(listing.csv == Self.csv)
  }

  @Test func `the best come first, of equal ones the earlier, and only those that ended ok`() throws
  {
    #expect(try points(listing { $0.top = 2 }) == ["1", "2"])
    #expect(try points(listing { $0.top = 9 }) == ["1", "2", "0"])
    #expect(try points(listing({ $0.top = 1 }, metric: "r2")) == ["1"])
    #expect(
      try points(
        listing {
          $0.top = 1
          $0.solver = "sgd"
        }) == ["2"])
  }

  @Test func `columns come in the order they are asked for`() throws {
    let listing = try listing {
      $0.columns = ["validation_mse", "lambda"]
      $0.solver = "normal"
    }
    #expect(listing.csv == "validation_mse,lambda\n3.123456789,0.1\n2,1\n")
    #expect(
      listing.markdown
        == "| validation\\_mse | lambda |\n|---|---|\n| 3.12346 | 0.1 |\n| 2 | 1 |\n")
    #expect(
      JSONText.encode(listing.json).filter { !$0.isWhitespace }
        == "[{\"validation_mse\":3.123456789,\"lambda\":0.1},{\"validation_mse\":2,\"lambda\":1}]")
  }

  @Test func `the long form has a row for each set and metric`() throws {
    let listing = try listing {
      $0.isLong = true
      $0.solver = "normal"
      $0.top = 1
    }
    #expect(
      listing.csv == """
        point,solver,lambda,set,metric,mean,se
        1,normal,1,train,mse,2,0.1
        1,normal,1,validation,mse,2,0.25
        1,normal,1,validation,r2,0.5,

        """)
    let all = try self.listing {
      $0.isLong = true
      $0.isForReader = false
    }
    #expect(
      all.columns == [
        "point", "solver", "degree", "train_size", "lambda", "lambda_mean", "status", "folds",
        "effective_df", "selected", "set", "metric", "mean", "se",
      ])
    #expect(all.rows.count == 15)
  }

  @Test func `a word that the table lacks is told with those that it has`() throws {
    #expect(throws: PointListingError.unknownSolver("nrmal", known: ["normal", "sgd"])) {
      try listing { $0.solver = "nrmal" }
    }
    let error = PointListingError.unknownColumn("lamda", known: ["point", "lambda"])
    #expect(
      error.description
        == "--columns: found 'lamda', the table has point, lambda (did you mean 'lambda'?)")
    #expect(throws: PointListingError.self) { try listing { $0.columns = ["lamda"] } }
    #expect(throws: PointListingError.self) { try listing { $0.columns = ["set"] } }
    #expect(throws: ResultError.missingColumn(path: "x", column: "solver")) {
      try PointListing(
        CSVTable(Array("a,status\n1,2\n".utf8), path: "x"), metric: "mse",
        request: PointListing.Request())
    }
  }

  @Test func `a text from the file is safe on a terminal and in Markdown`() throws {
    let csv =
      "point,solver,status,validation_mse\n0,\"::error::a\u{1B}[2J\",ok,1\n1,\"a|b<c\",ok,2\n"
    let listing = try PointListing(
      CSVTable(Array(csv.utf8), path: "x"), metric: "mse", request: PointListing.Request())
    #expect(listing.text.contains("\\::error::a\\u001b[2J"))
    #expect(listing.markdown.contains("| a\\|b&lt;c |"))
  }
}
