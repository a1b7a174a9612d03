/// An epoch of stochastic steps through the rows.
protocol StochasticWalk {
  /// Trains all blocks on the rows in this order.
  func epoch(_ order: [Int32], _ lanes: [StochasticLanes])
}
