import TestSupport

/// Choices of one case, the same for the same seed.
struct Draw {
  private var generator: SeededGenerator

  init(seed: UInt64, index: Int) {
    generator = SeededGenerator(seed: seed &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(index))
    // Neighbouring seeds start alike; one step sets them apart.
    generator = SeededGenerator(seed: generator.next())
  }

  mutating func below(_ bound: Int) -> Int { Int(generator.next() % UInt64(bound)) }

  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

  mutating func bits() -> UInt64 { generator.next() }
}
