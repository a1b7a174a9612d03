import LinearModels
import Numerics
import TestSupport
import Testing

struct MomentLedgerTests {
  /// Rows dealt in turn to the folds; every thirteenth row never validates.
  private static func groups(rowCount: Int, folds: Int) -> [ArraySlice<Int32>] {
    var groups = [[Int32]](repeating: [], count: folds + 1)
    for row in 0..<rowCount {
      groups[row % 13 == 12 ? folds : row % folds].append(Int32(row))
    }
    return groups.map { $0[...] }
  }

  /// Neighbouring rows to each fold, all of which validate.
  private static func consecutive(rowCount: Int, folds: Int) -> [ArraySlice<Int32>] {
    let rows = (0..<Int32(rowCount)).map { $0 }
    let size = rowCount / folds
    return (0..<folds).map { rows[($0 * size)..<(($0 + 1) * size)] } + [[]]
  }

  private static func waves(_ folds: Int) -> [Range<Int>] {
    stride(from: 0, to: folds, by: MomentLedger.waveSize).map {
      $0..<min($0 + MomentLedger.waveSize, folds)
    }
  }

  /// Σ x″ᵢ x″ⱼ over some rows, with x″ = (x, y, 1) in the basis of the moments.
  private func directSums(
    _ problem: PlainProblem, _ rows: [Int32], basis: MomentBasis
  ) -> [[Double]] {
    let d = problem.featureCount
    var sums = [[Double]](repeating: [Double](repeating: 0, count: d + 2), count: d + 2)
    for row in rows {
      let x = problem.rows[Int(row)].enumerated().map {
        ($0.element - basis.shifts[$0.offset]) * basis.factors[$0.offset]
      }
      let extended = x + [problem.target[Int(row)] - basis.targetShift, 1]
      for i in 0..<(d + 2) {
        for j in 0..<(d + 2) { sums[i][j] += extended[i] * extended[j] }
      }
    }
    return sums
  }

  @Test(arguments: [2, 5, 33, 70])
  func `training moments are the sums over all rows but one fold's`(folds: Int) {
    let problem = PlainProblem.sample(rows: 150, features: 3)
    let groups = Self.groups(rowCount: 150, folds: folds)
    let ledger = MomentLedger(
      matrix: problem.matrix, target: problem.target, groups: groups, workers: 1)
    for wave in Self.waves(folds) {
      let moments = ledger.wave(wave, workers: 1)
      let (validation, all) = (moments.validation, moments.all)
      #expect(validation.count == wave.count)
      #expect(all.count == 150)
      let whole = directSums(problem, problem.allRows, basis: all.basis)
      let sums = (0..<5).flatMap { i in (0..<5).map { all[i, $0] } }
      #expect(relativeDistance(sums, whole.flatMap { $0 }) < 1e-14)
      for (index, fold) in wave.enumerated() {
        let others = groups.indices.filter { $0 != fold }.flatMap { groups[$0] }
        for (moments, rows) in [
          (moments.training(index), others), (validation[index], Array(groups[fold])),
        ] {
          #expect(moments.count == rows.count)
          let expected = directSums(problem, rows, basis: moments.basis)
          let found = (0..<5).map { i in (0..<5).map { moments[i, $0] } }
          // 150 terms of order one, summed in another order.
          #expect(relativeDistance(found.flatMap { $0 }, expected.flatMap { $0 }) < 1e-14)
          for j in 0..<3 {
            let column = rows.map { problem.rows[Int($0)][j] }
            #expect(moments.ranges.minimum[j] == column.min())
            #expect(moments.ranges.maximum[j] == column.max())
          }
        }
      }
    }
  }

  /// 20,000 rows are several pieces of the sums and several blocks of the basis.
  @Test(arguments: [2, 5, 33, 70])
  func `the bits do not depend on the number of workers`(folds: Int) {
    var generator = SeededGenerator(seed: 3)
    let rows = (0..<20_000).map { _ in
      (0..<2).map { _ in Double.random(in: -1...1, using: &generator) }
    }
    let problem = PlainProblem(loss: .squared, rows: rows, target: rows.map { $0[0] + 0.5 })
    let matrix = problem.matrix
    let groups = Self.groups(rowCount: 20_000, folds: folds)
    func sums(_ workers: Int) -> [[UInt64]] {
      let ledger = MomentLedger(
        matrix: matrix, target: problem.target, groups: groups, workers: workers)
      let wave = Self.waves(folds).last ?? 0..<1
      let moments = ledger.wave(wave, workers: workers)
      let training = wave.indices.map { moments.training($0 - wave.lowerBound) }
      return (training + moments.validation + [moments.all]).map { $0.sums.map(\.bitPattern) }
    }
    let expected = sums(1)
    for workers in [2, 3, 16] { #expect(sums(workers) == expected) }
  }

  @Test(arguments: [1e250, 1e-250], [5, 33])
  func `a row beyond the sample does not overflow the sums`(size: Double, folds: Int) {
    // About every fourth row is looked at for the basis, from the first one on.
    let groups = Self.groups(rowCount: 4100, folds: folds)
    var column = [Double](repeating: 0, count: 4100)
    column[Int(groups[0][1])] = size
    column[Int(groups[0][2])] = 2 * size
    let problem = PlainProblem(
      loss: .squared, rows: column.map { [$0] }, target: column.map { $0 == 0 ? 0 : 1 })
    let ledger = MomentLedger(
      matrix: problem.matrix, target: problem.target, groups: groups, workers: 2)
    let all = ledger.wave(Self.waves(folds)[0], workers: 2).all
    #expect(!all.basis.isSampled)
    // (2² + 1²)/n − (3/n)², in units of the size.
    let n = 4100.0
    let centred = CentredMoments(all, standardize: .population, hasIntercept: true)
    let variance = 5 / n - 9 / (n * n)
    let deviation = size * variance.squareRoot()
    #expect(relativeDistance(centred.scaling.factors[0], 1 / deviation) < 1e-12)
  }

  @Test func `a near-perfect fit far from zero keeps its digits`() {
    // y = x₀ + 1e-6 x₁ beside means of 1e6: the small weight is 1e-12 of the level.
    var problem = PlainProblem.sample(rows: 60, features: 2, seed: 4)
    for i in problem.rows.indices {
      let (x, small) = (problem.rows[i][0], problem.rows[i][1])
      problem.rows[i] = [(x * 0x1p20).rounded() / 0x1p20 + 0x1p20, small]
      problem.target[i] = (problem.rows[i][0] - 0x1p20) + 1e-6 * small
    }
    let fits = normalEquations(problem.rotated(standardize: .population), lambdas: [0])
    let scaling = CentredMoments(
      problem.moments(), standardize: .population, hasIntercept: true
    ).scaling
    let raw = scaling.unscaled(weights: fits.fit().weights, intercept: fits.fit().intercept)
    // Moments around the mean hold the weights to about 1e-15 of the larger one.
    #expect(abs(raw.weights[0] - 1) < 1e-14)
    #expect(abs(raw.weights[1] - 1e-6) < 1e-14)
  }

  @Test func `one wild row asks for a basis of their own for those who do not hold it`() {
    var problem = PlainProblem.sample(rows: 40, features: 3)
    problem.rows[7][1] = 1e8
    let groups = Self.consecutive(rowCount: 40, folds: 4)
    let matrix = problem.matrix
    let ledger = MomentLedger(matrix: matrix, target: problem.target, groups: groups, workers: 1)
    let wave = ledger.wave(0..<4, workers: 1)
    let training = (0..<4).map { wave.training($0) }
    #expect(training.map(\.needsOwnBasis) == [true, false, false, false])

    let others = groups.dropFirst().flatMap { $0 }
    let anew = RowMoments(matrix: matrix, target: problem.target, rows: others, workers: 1)
    #expect(!anew.needsOwnBasis)
    var rest = problem
    rest.rows = others.map { problem.rows[Int($0)] }
    rest.target = others.map { problem.target[Int($0)] }
    let centred = CentredMoments(anew, standardize: .population, hasIntercept: true)
    let fit = normalEquations(
      RotatedLeastSquares(centred, hasIntercept: true), lambdas: [0.1]
    ).fit()
    let expected = rest.standardized().with(lambda: 0.1).closedForm()
    #expect(relativeDistance(fit.vector, expected.vector) < 1e-12)
  }

  @Test func `a target that is far off in one fold asks for a basis of their own`() {
    var problem = PlainProblem.sample(rows: 20, features: 2)
    for row in 0..<10 { problem.target[row] = 1e9 }
    let groups = Self.consecutive(rowCount: 20, folds: 2)
    let ledger = MomentLedger(
      matrix: problem.matrix, target: problem.target, groups: groups, workers: 1)
    let wave = ledger.wave(0..<2, workers: 1)
    let training = (0..<2).map { wave.training($0) }
    // Fold 1 trains on a constant target, which loses everything by centring.
    #expect(training.map(\.needsOwnBasis) == [true, true])
  }

  @Test(arguments: [CentredMoments.Divisor?.none, .population, .sample(unit: 1)])
  func `a constant column is reported and gets no weight`(divisor: CentredMoments.Divisor?) {
    var problem = PlainProblem.sample(rows: 30, features: 4, lambda: 0.1)
    for i in problem.rows.indices { problem.rows[i][2] = 0.1 }
    let centred = CentredMoments(problem.moments(), standardize: divisor, hasIntercept: true)
    #expect(centred.constantFeatures == [2])
    let rotated = RotatedLeastSquares(centred, hasIntercept: true)
    let fit = normalEquations(rotated, lambdas: [0.1]).fit()
    // Turned back from rotated coordinates, zero is zero but for rounding.
    #expect(abs(fit.weights[2]) < 1e-15)
    #expect(rotated.effectiveDegreesOfFreedom(lambda: 0) == 3)
    if divisor != nil { #expect(centred.scaling.factors[2] == 0) }
  }

  @Test(arguments: [true, false], [CentredMoments.Divisor?.none, .population, .sample(unit: 1)])
  func `centred moments are those of the scaled rows`(
    hasIntercept: Bool, divisor: CentredMoments.Divisor?
  ) {
    let problem = PlainProblem.sample(rows: 30, features: 4, hasIntercept: hasIntercept)
    let scaled = divisor.map { problem.standardized(sample: $0 == .sample(unit: 1)) } ?? problem
    let centred = CentredMoments(
      problem.moments(), standardize: divisor, hasIntercept: hasIntercept)
    let gradient = scaled.gradient(scaled.zero).weights
    let level = hasIntercept ? problem.target.reduce(0, +) / 30 : 0
    var around = scaled
    around.target = problem.target.map { $0 - level }
    #expect(relativeDistance(centred.gram, scaled.gram().flatMap { $0 }) < 1e-13)
    #expect(
      relativeDistance(centred.cross, around.gradient(around.zero).weights.map { -$0 }) < 1e-13)
    #expect(gradient.count == centred.cross.count)
    let square = around.target.reduce(0) { $0 + $1 * $1 } / 30
    #expect(relativeDistance(centred.targetSquare, square) < 1e-13)
  }

  @Test(arguments: [true, false])
  func `errors from moments are those of the residuals`(isFarOff: Bool) {
    let problem = PlainProblem.sample(rows: 50, features: 3, lambda: 0.2)
    let rows = problem.scaledRows(standardize: .population)
    let fits = normalEquations(problem.rotated(standardize: .population), lambdas: [0.2, 5])
    var far = fits
    if isFarOff { far.intercepts = far.intercepts + 100 }
    let (values, areReliable) = problem.moments().meanSquares(far, scaling: rows.scaling)
    #expect(areReliable == [true, true])
    let scaled = problem.standardized()
    for lane in 0..<2 {
      #expect(relativeDistance(values[lane], 2 * scaled.meanLoss(far.fit(lane))) < 1e-11)
    }
  }

  @Test func `errors of a perfect fit from moments are not to be relied on`() {
    var problem = PlainProblem.sample(rows: 50, features: 3)
    problem.target = problem.rows.map { $0[0] - $0[2] }
    let fits = normalEquations(problem.rotated(), lambdas: [0, 100])
    let (_, areReliable) = problem.moments().meanSquares(
      fits, scaling: FeatureScaling(identity: 3))
    #expect(areReliable == [false, true])
  }
}
