/// The type of an npy file's elements and how one becomes a double.
///
/// Source: NumPy, array interface protocol: `<f8` is byte order, kind and size in bytes.
struct NpyElement: Sendable {
  enum Kind: String, Sendable {
    case float = "f"
    case signed = "i"
    case unsigned = "u"
    case boolean = "b"
  }
  let kind: Kind
  let byteCount: Int
  let isBigEndian: Bool

  static let allowed = "bool, every size of int and uint, float16, float32, float64"

  /// `nil` for what is no number of at most 64 bits.
  init?(_ type: String) {
    let letters = Array(type.utf8)
    guard letters.count == 3, let kind = Kind(rawValue: String(type.dropFirst().prefix(1))),
      let size = Int(type.dropFirst(2))
    else { return nil }
    switch letters[0] {
    case UInt8(ascii: "<"): isBigEndian = false
    case UInt8(ascii: ">"): isBigEndian = true
    case UInt8(ascii: "="): isBigEndian = Int(littleEndian: 1) != 1
    // One byte has no order.
    case UInt8(ascii: "|") where size == 1: isBigEndian = false
    default: return nil
    }
    let sizes =
      switch kind {
      case .float: [2, 4, 8]
      case .signed, .unsigned: [1, 2, 4, 8]
      case .boolean: [1]
      }
    guard sizes.contains(size) else { return nil }
    self.kind = kind
    byteCount = size
  }

  /// Whether the bytes in the file are doubles of this machine.
  var isDouble: Bool {
    kind == .float && byteCount == 8 && isBigEndian == (Int(littleEndian: 1) != 1)
  }

  /// The element whose bytes start at `place`; a whole number beyond 2⁵³ is rounded to the nearest
  /// double, ties to even.
  @inline(__always)
  func value(at place: UnsafeRawPointer) -> Double {
    let bits: UInt64
    switch byteCount {
    case 1: bits = UInt64(unsafe place.load(as: UInt8.self))
    case 2: bits = UInt64(ordered(unsafe place.loadUnaligned(as: UInt16.self)))
    case 4: bits = UInt64(ordered(unsafe place.loadUnaligned(as: UInt32.self)))
    default: bits = ordered(unsafe place.loadUnaligned(as: UInt64.self))
    }
    switch kind {
    case .boolean: return bits == 0 ? 0 : 1
    case .unsigned: return Double(bits)
    case .signed:
      let shift = 64 - 8 * byteCount
      return Double(Int64(bitPattern: bits << shift) >> shift)
    case .float:
      switch byteCount {
      case 2: return Self.half(UInt16(truncatingIfNeeded: bits))
      case 4: return Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
      default: return Double(bitPattern: bits)
      }
    }
  }

  private func ordered<Number: FixedWidthInteger>(_ number: Number) -> Number {
    isBigEndian ? Number(bigEndian: number) : Number(littleEndian: number)
  }

  /// IEEE 754 binary16, exactly: one bit of sign, five of exponent, ten of fraction. By hand, as
  /// `Float16` is not there on every platform.
  private static func half(_ bits: UInt16) -> Double {
    let fraction = Double(bits & 0x3FF)
    let magnitude: Double
    switch Int(bits >> 10) & 0x1F {
    case 0: magnitude = fraction * 0x1p-24
    case 31: magnitude = fraction == 0 ? .infinity : .nan
    case let exponent:
      magnitude =
        (1 + fraction * 0x1p-10) * Double(sign: .plus, exponent: exponent - 15, significand: 1)
    }
    return bits >> 15 == 0 ? magnitude : -magnitude
  }
}
