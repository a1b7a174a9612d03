import Charts
import Foundation
import FoundationXML
import Tables
import TestSupport
import Testing

@Suite struct ReportTests {
  private let spec = #"{"name": "ridge", "description": "Does <cubic> overfit?"}"#

  private var run: String {
    JSONText.encode(["spec": .string(spec), "seconds": ["fit": 0.25], "rows": 442])
  }

  @Test func `question, answer, curve, table and provenance are there`() throws {
    try withFolder(["run.json": run]) { folder in
      let page = report(folder)
      #expect(page.contains("<p class=\"question\">Does &lt;cubic&gt; overfit?</p>"))
      #expect(page.contains("<h2 id=\"answer\">λ = 1</h2>"))
      #expect(page.contains("Below it the model overfits: training error 2700, validation 3500 at"))
      #expect(
        page.contains("Above it the model underfits: training error 3000, validation 3500 at"))
      #expect(page.contains("<dt>seconds, fit</dt><dd>0.25</dd>"))
      #expect(page.contains("<tr class=\"winner\">"))
      #expect(page.contains("Does &lt;cubic&gt; overfit?&quot;}</pre>"))
    }
  }

  @Test func `nothing is loaded from anywhere`() throws {
    try withFolder(["run.json": run]) { folder in
      let page = report(folder).replacing("http-equiv", with: "")
      #expect(!page.contains("http"))
      #expect(!page.contains("src=") && !page.contains("@import") && !page.contains("url(//"))
      #expect(page.contains("default-src 'none'"))
    }
  }

  @Test func `every id is there once and every reference has its id`() throws {
    try withFolder(["run.json": run]) { folder in
      let page = report(folder)
      let ids = page.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
      #expect(Set(ids).count == ids.count)
      let names = page.matches(of: /aria-labelledby="([^"]+)"/)
        .flatMap { $0.1.split(separator: " ").map(String.init) }
      let clips = page.matches(of: /url\(#([^)]+)\)/).map { String($0.1) }
      #expect(Set(names + clips).subtracting(ids).isEmpty)
      #expect(!names.isEmpty && !clips.isEmpty)
    }
  }

  @Test func `warnings say what went wrong and what to do`() throws {
    let curve = ridgeCSV(diverged: [15, 16])
    let best = #"{"selected": {"point": 8, "at_grid_edge": ["lambda", "train_size"]}}"#
    try withFolder(["best.json": best], curve: curve) { folder in
      let page = report(folder)
      #expect(page.contains("The best λ is at the edge of the grid"))
      #expect(!page.contains("The best n is"))
      #expect(page.contains("2 of 17 points diverged"))
    }
    try withFolder([:]) { folder in
      let page = report(folder)
      #expect(!page.contains("Before you trust it"))
    }
  }

  @Test func `the winner's coefficients come from the refit, largest first`() throws {
    let best = """
      {"selected": {"point": 8,
        "coefficients": {"(intercept)": 150, "age": 5, "bmi": -2},
        "standardized_coefficients": {"(intercept)": 152, "age": 0.5, "bmi": -20}}}
      """
    try withFolder(["best.json": best]) { folder in
      let page = report(folder)
      let bmi = try #require(page.range(of: "<th scope=\"row\">bmi</th>"))
      let age = try #require(page.range(of: "<th scope=\"row\">age</th>"))
      #expect(bmi.lowerBound < age.lowerBound)
      #expect(page.contains("Refitted on all training and validation rows"))
    }
  }

  @Test func `a sweep without any usable point still has a report`() throws {
    try withFolder([:], curve: ridgeCSV(diverged: Set(0..<17))) { folder in
      let page = report(folder)
      #expect(page.contains("No point can be recommended"))
    }
  }
}
