/// Where the rows come from, as a spec says it. Paths are already resolved against the spec's folder.
package enum DataSource: Hashable, Sendable {
  case csv(CSVSource)
  case libsvm(path: String)
  /// With how often each row counts, where `weights` is given.
  case npy(features: String, target: String, weights: String? = nil)
  case synthetic(SyntheticSource)
}

extension DataSource {
  /// Whether rows may count otherwise than once.
  package var hasWeights: Bool {
    switch self {
    case .csv(let source): source.weightColumn != nil
    case .npy(_, _, let weights): weights != nil
    case .libsvm, .synthetic: false
    }
  }
}

/// A CSV file and how to read it.
package struct CSVSource: Hashable, Sendable {
  package var path: String
  package var target: String
  /// The columns to use, in this order; `nil` means all but the target, dropped and split columns.
  /// `""` in this and the next lists stands for every column without a name.
  package var features: [String]?
  package var drop: [String]
  package var categorical: [CategoricalColumn]
  /// How often each row counts; never a feature.
  package var weightColumn: String?
  package var hasHeader: Bool
  package var dialect: CSVDialect
  package var missing: MissingRules
  /// Whether a column with missing cells has a feature that tells where.
  package var missingIndicator: Bool
  /// The texts of a cell that stand for a missing value, blanks at the ends aside.
  package var missingValues: [String]

  package init(
    path: String, target: String, features: [String]? = nil, drop: [String] = [],
    categorical: [CategoricalColumn] = [], weightColumn: String? = nil, hasHeader: Bool = true,
    dialect: CSVDialect = CSVDialect(), missing: MissingRules = .error,
    missingIndicator: Bool = false, missingValues: [String] = CSVSource.defaultMissingValues
  ) {
    self.path = path
    self.target = target
    self.features = features
    self.drop = drop
    self.categorical = categorical
    self.weightColumn = weightColumn
    self.hasHeader = hasHeader
    self.dialect = dialect
    self.missing = missing
    self.missingIndicator = missingIndicator
    self.missingValues = missingValues
  }
}

/// Data drawn from a declared distribution.
///
/// `linear`: x ~ N(0, 1), y = intercept + coefficient·Σ xⱼ + noise·N(0, 1).
/// `logistic`: the same z without noise added to it; y = 1 with probability 1/(1 + e^(−z)).
/// `polynomial`: one feature x uniform on [−1, 1], y = intercept + Σ coefficientsₖ·x^k + noise·N(0, 1).
package struct SyntheticSource: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case linear, logistic, polynomial
  }
  package var kind: Kind
  package var rows: Int
  package var features: Int
  package var noise: Double
  /// One value for every feature, or one value per feature.
  package var coefficients: [Double]
  package var intercept: Double
  package var seed: UInt64

  package init(
    kind: Kind, rows: Int, features: Int, noise: Double = 1, coefficients: [Double] = [1],
    intercept: Double = 0, seed: UInt64 = 0
  ) {
    self.kind = kind
    self.rows = rows
    self.features = features
    self.noise = noise
    self.coefficients = coefficients
    self.intercept = intercept
    self.seed = seed
  }
}
