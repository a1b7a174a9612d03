import Numerics
import Testing

@Suite struct ContentHashTests {
  private static func hash(_ bytes: [UInt8], workers: Int = 1) -> String {
    unsafe bytes.withUnsafeBytes { unsafe ContentHash(of: $0, workers: workers) }.description
  }

  private static func blockHash(_ text: String) -> String {
    unsafe Array(text.utf8).withUnsafeBytes { unsafe ContentHash(ofBlock: $0) }.description
  }

  @Test func `a block has the published MurmurHash3 of its bytes`() {
    // The vector that most ports of MurmurHash3_x64_128 test with.
    #expect(
      Self.blockHash("The quick brown fox jumps over the lazy dog")
        == "e34bbc7bbc071b6c7a433ca9c49a9347")
    #expect(Self.blockHash("") == "00000000000000000000000000000000")
  }

  @Test func `every byte and the length count`() {
    var seen: Set<String> = []
    for count in 0..<70 {
      var bytes = [UInt8](repeating: 0, count: count)
      #expect(seen.insert(Self.hash(bytes)).inserted)
      for place in bytes.indices {
        bytes[place] = 1
        #expect(seen.insert(Self.hash(bytes)).inserted)
        bytes[place] = 0
      }
    }
  }

  @Test func `any number of workers gives the same hash`() {
    let bytes = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* $0) }
    let hash = Self.hash(bytes)
    #expect(Self.hash(bytes, workers: 2) == hash)
    #expect(Self.hash(bytes, workers: 3) == hash)
    var other = bytes
    other[4_000_000] ^= 1
    #expect(Self.hash(other, workers: 2) != hash)
  }

  @Test func `values are kept apart by kind, order and boundary`() {
    func hash(_ build: (inout ContentHasher) -> Void) -> ContentHash {
      var hasher = ContentHasher()
      build(&hasher)
      return hasher.finish()
    }
    let hashes = [
      hash { _ in },
      hash { $0.combine(1) },
      hash { $0.combine(1 as UInt64) },
      hash { $0.combine(1.0) },
      hash { $0.combine(true) },
      hash { $0.combine(0) },
      hash { $0.combine("") },
      hash { $0.combine([] as [UInt8]) },
      hash {
        $0.combine("ab")
        $0.combine("c")
      },
      hash {
        $0.combine("a")
        $0.combine("bc")
      },
      hash { $0.combine("abc") },
      hash { $0.combine(Array("abc".utf8)) },
      hash {
        $0.combine(1)
        $0.combine(2)
      },
      hash {
        $0.combine(2)
        $0.combine(1)
      },
    ]
    #expect(Set(hashes).count == hashes.count)
    #expect(hash { $0.combine(0.0) } == hash { $0.combine(-0.0) })
    #expect(hash { $0.combine("x") } == hash { $0.combine("x") })
  }
}
