/// Some of the means, in the order of their numbers.
package struct RowMeans: OptionSet, Hashable, Sendable {
  package let rawValue: UInt16

  package init(rawValue: UInt16) { self.rawValue = rawValue }

  package init(_ mean: RowMean) { rawValue = 1 << UInt16(mean.rawValue) }

  package static let all = RowMean.allCases.reduce(into: RowMeans()) { $0.insert(RowMeans($1)) }

  package var members: [RowMean] { RowMean.allCases.filter { contains($0) } }

  package var count: Int { rawValue.nonzeroBitCount }

  package func contains(_ mean: RowMean) -> Bool { contains(RowMeans(mean)) }

  /// How many of these stand before `mean`.
  package func place(of mean: RowMean) -> Int {
    (rawValue & (1 << UInt16(mean.rawValue) - 1)).nonzeroBitCount
  }
}

/// The means of one fit, part by part: training, validation and, if there is one, test rows.
package struct MeanTable: Sendable {
  package let means: RowMeans
  /// Of each part the means in order, `nan` where a part was not measured; empty where the fit has no result.
  package var values: [Double]

  package init(_ means: RowMeans, values: [Double] = []) {
    self.means = means
    self.values = values
  }

  /// `nan` where it was not measured.
  package subscript(part: Part, mean: RowMean) -> Double {
    let index = part.index * means.count + means.place(of: mean)
    return means.contains(mean) && values.indices.contains(index) ? values[index] : .nan
  }
}

extension MeanTable: Equatable {
  /// Bit by bit, as what was not measured is equal to itself.
  package static func == (one: MeanTable, other: MeanTable) -> Bool {
    one.means == other.means && one.values.map(\.bitPattern) == other.values.map(\.bitPattern)
  }
}
