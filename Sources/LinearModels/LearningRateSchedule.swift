/// How the learning rate falls with the epochs done, t = 0, 1, ….
package enum LearningRateSchedule: Hashable, Sendable {
  case constant
  /// η / (1 + d·t)
  case inverseTime(Double)
  /// η / √(1 + d·t)
  case inverseSqrt(Double)

  package func learningRate(_ eta: Double, epoch: Int) -> Double {
    switch self {
    case .constant: eta
    case .inverseTime(let decay): eta / (1 + decay * Double(epoch))
    case .inverseSqrt(let decay): eta / (1 + decay * Double(epoch)).squareRoot()
    }
  }
}
