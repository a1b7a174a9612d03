import LinearModels
import TestSupport
import Testing

/// The exact bits of one small fit per solver: the same in debug and release builds and for every
/// instruction set that the program is built for (promise 1 of the contract).
///
/// When the arithmetic changes on purpose, raise `JobKeys.arithmeticVersion` and take the patterns
/// that the failing test prints.
struct GoldenBitsTests {
  enum Case: String, CaseIterable {
    case normal, minimumNorm, gradientDescent, projected, logisticDescent, newton
    case stochasticSquared, stochasticLogistic, miniBatch, largeBatch

    /// 77 rows are a full block and a short one; seven features leave a rest of three.
    func fits() -> LaneFits {
      let problem = PlainProblem.sample(rows: 77, features: 7)
      let classes = PlainProblem.sample(.logistic, rows: 77, features: 7)
      let settings = [
        DescentSettings(lambda: 0.1, learningRate: 0.01, schedule: .inverseSqrt(0.3))
      ]
      let rule = StoppingRule(epochs: 9)
      func stochastic(_ problem: PlainProblem, _ batchSize: Int) -> LaneFits {
        stochasticGradientDescent(
          loss: problem.libraryLoss, rows: problem.scaledRows(standardize: .population),
          hasIntercept: true, batchSize: batchSize, settings: settings, rule: rule,
          permutation: testOrder(77))
      }
      switch self {
      case .normal:
        return normalEquations(problem.rotated(standardize: .population), lambdas: [0.1])
      case .minimumNorm:
        return LinearModels.minimumNorm(
          rows: problem.scaledRows(standardize: .sample(unit: 1)), hasIntercept: true,
          lambdas: [0.1])
      case .gradientDescent:
        return LinearModels.gradientDescent(problem.rotated(), settings: settings, rule: rule)
      case .projected:
        return LinearModels.gradientDescent(
          problem.rotated(standardize: .population),
          settings: [DescentSettings(lambda: 0, learningRate: 0.1, radius: 0.2)], rule: rule)
      case .logisticDescent:
        return rowGradientDescent(
          loss: .logistic, rows: classes.scaledRows(), hasIntercept: true, settings: settings,
          rule: rule)
      case .newton:
        return newtonMethod(
          rows: classes.scaledRows(), hasIntercept: true, lambdas: [0.1], tolerance: 0)
      case .stochasticSquared: return stochastic(problem, 1)
      case .stochasticLogistic: return stochastic(classes, 1)
      case .miniBatch: return stochastic(classes, 16)
      case .largeBatch: return stochastic(problem, 70)
      }
    }
  }

  /// The first and the last weight and the intercept of each case.
  private static let patterns: [Case: [String]] = [
    .normal: ["3fbbd42b53168a30", "3fdb2ad53e4a1450", "3f9d80fafaa0f964"],
    .minimumNorm: ["3fbc09ddbedd6f42", "3fdb5088bce7fbda", "3f9d80fafaa0f964"],
    .gradientDescent: ["3f86f0139782bdae", "3f8c520c97df4644", "3f3e0439c0ca96c9"],
    .projected: ["3faf3ff92441245e", "3fb7569405f39291", "3f9212cd106dc635"],
    .logisticDescent: ["3f521424d6d0d78f", "3f546dd16a78a9c8", "bf79b0f1fe86adb8"],
    .newton: ["3fbf64cd3087b31b", "3fd53f45722cd958", "bff1f80ab4c396ec"],
    .stochasticSquared: ["3fbdc08803bd272d", "3fdb4140b4cb43be", "3f9ad97e9e31111d"],
    .stochasticLogistic: ["3fc2b8bf753fc2e5", "3fd2b6a4f6d9a9bd", "bfd3a89642cf0fc5"],
    .miniBatch: ["3fa211075daf0231", "3fa5c6d82396da5e", "bf9da80422cb7d26"],
    .largeBatch: ["3f9fcda7f00f184b", "3fa4e821b6821fb2", "3f601b0c6a1fbe77"],
  ]

  @Test(arguments: Case.allCases)
  func `a fit has the bits that it always had`(golden: Case) {
    let fit = golden.fits().fit()
    let found = [fit.weights[0], fit.weights[6], fit.intercept].map {
      String($0.bitPattern, radix: 16)
    }
    #expect(found == Self.patterns[golden])
  }
}
