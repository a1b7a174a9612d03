import Numerics

/// Epochs over rows of mostly zeros, at a cost per element that is not zero.
///
/// With rows x = x̂ − u the weights are kept as w = σ·v + τ·u, so that neither the decay nor what
/// centring takes off every row touches all of them. For a batch of rows r with slopes s_r, step η/B
/// and decay 1 − ηλ·m/B:
///
///     z_r = σ·(v·x̂_r) + τ·(u·x̂_r) − w·u + b
///     σ ← decay·σ,  τ ← decay·τ + (η/B) Σ s_r,  v ← v − (η/B)/σ Σ s_r x̂_r
///
/// w·u is carried along too, and found anew each epoch. Where rows have weights, of mean 1, slopes are
/// multiplied by them.
///
/// Source: for the scale, Bottou, Stochastic Gradient Descent Tricks (2012), section 5.1.
struct SparseStochasticWalk: StochasticWalk {
  let loss: Loss
  let rows: CentredSparseRows
  let hasIntercept: Bool
  let batchSize: Int
  private let z: Workspace<Lanes>

  init(loss: Loss, rows: CentredSparseRows, hasIntercept: Bool, batchSize: Int) {
    self.loss = loss
    self.rows = rows
    self.hasIntercept = hasIntercept
    self.batchSize = batchSize
    z = Workspace(min(batchSize, max(rows.elements.count, 1)), repeating: .zero)
  }

  func epoch(_ order: [Int32], _ lanes: [StochasticLanes]) {
    precondition(order.count == rows.elements.count)
    for block in lanes { loss.with(Epoch(walk: self, order: order, lanes: block)) }
  }

  private struct Epoch: LossUse {
    let walk: SparseStochasticWalk
    let order: [Int32]
    let lanes: StochasticLanes

    func callAsFunction<Function: LossFunction>(_ loss: Function.Type) {
      walk.epoch(order, lanes, loss)
    }
  }

  private func epoch<Function: LossFunction>(
    _ order: [Int32], _ lanes: StochasticLanes, _: Function.Type
  ) {
    let size = Double(batchSize)
    let step = lanes.learningRates / size
    let shrinkage = lanes.learningRates * lanes.lambdas
    var scaled = ScaledWeights(lanes.weights, rows)
    var start = 0
    while start < order.count {
      let batch = start..<min(start + batchSize, order.count)
      var slopeSum = Lanes.zero
      var productSum = Lanes.zero
      for (slot, place) in batch.enumerated() {
        let row = Int(order[place])
        let level = rows.levelProducts[row]
        let score = scaled.score(row, level: level) + lanes.intercepts
        var s = Function.slopes(score, target: rows.elements.targets[row])
        if let weights = rows.elements.weights { s = s * weights[row] }
        unsafe z.base[slot] = s
        slopeSum = slopeSum + s
        productSum = productSum + s * level
      }
      scaled.decay(by: 1 - shrinkage * (Double(batch.count) / size))
      scaled.move(step: step, slopeSum: slopeSum, productSum: productSum)
      let factor = Lanes.zero - step / scaled.scale
      for (slot, place) in batch.enumerated() {
        unsafe scaled.add(Int(order[place]), times: factor * z.base[slot])
      }
      if hasIntercept { lanes.intercepts = lanes.intercepts - step * slopeSum }
      start = batch.upperBound
    }
    scaled.fold()
  }
}

/// w = σ·v + τ·u, with v in the place of w until `fold`.
private struct ScaledWeights {
  private(set) var scale = Lanes(repeating: 1)
  private var shift = Lanes.zero
  /// w·u
  private var levelProduct: Lanes
  private let weights: Workspace<Lanes>
  private let rows: CentredSparseRows

  /// Beyond these a scale is folded into its weights.
  private static let (least, most) = (0x1p-200, 0x1p200)

  init(_ weights: Workspace<Lanes>, _ rows: CentredSparseRows) {
    self.weights = weights
    self.rows = rows
    levelProduct = rows.levelProducts(weights)
  }

  /// x·w of one row, without the intercept.
  func score(_ row: Int, level: Double) -> Lanes {
    let product = unsafe rows.elements.product(row, weights: weights.base)
    return (product * scale + shift * level) - levelProduct
  }

  /// v ← v + t·x̂
  func add(_ row: Int, times t: Lanes) {
    unsafe rows.elements.add(row, times: t, to: weights.base)
  }

  /// w ← decay·w. A lane whose scale would leave the range of numbers has it folded; its neighbours' bits
  /// stay as they are.
  mutating func decay(by decay: Lanes) {
    scale = scale * decay
    shift = shift * decay
    levelProduct = levelProduct * decay
    let magnitude = (scale * scale).squareRoot()
    let isExtreme = .!((magnitude .> Self.least) .& (magnitude .< Self.most))
    if any(isExtreme) { fold(isExtreme) }
  }

  /// w ← w + step·Σs·u, and what that and the rows that will be added do to w·u.
  mutating func move(step: Lanes, slopeSum: Lanes, productSum: Lanes) {
    shift = shift + step * slopeSum
    levelProduct = levelProduct - step * (productSum - slopeSum * rows.levelSquare)
  }

  /// Leaves the weights themselves in their place.
  mutating func fold() { fold(SIMDMask(repeating: true)) }

  private mutating func fold(_ lanes: SIMDMask<SIMD16<Int64>>) {
    precondition(weights.count == rows.levels.count)
    let w = unsafe weights.base
    for j in rows.levels.indices {
      // SAFETY: there are as many weights as levels.
      let whole = unsafe w[j] * scale + shift * rows.levels[j]
      unsafe w[j] = w[j].replacing(with: whole, where: lanes)
    }
    scale.replace(with: 1, where: lanes)
    shift.replace(with: 0, where: lanes)
  }
}
