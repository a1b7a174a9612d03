/// A column of texts that becomes columns of 0 and 1, one for a level.
package struct CategoricalColumn: Hashable, Sendable, ExpressibleByStringLiteral {
  /// Which levels have a column.
  package enum Levels: String, CaseIterable, Sendable {
    /// All but the first, which is 0 in every column.
    case dropFirst = "drop_first"
    /// All: with an intercept they are collinear, as they add up to 1.
    case all
  }

  package var name: String
  package var levels: Levels
  /// Levels that fewer rows have are one level, `other`; with 1 there is none.
  package var minimumCount: Int

  package init(_ name: String, levels: Levels = .dropFirst, minimumCount: Int = 1) {
    self.name = name
    self.levels = levels
    self.minimumCount = minimumCount
  }

  package init(stringLiteral name: String) { self.init(name) }
}
