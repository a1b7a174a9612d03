#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// `base` to the power of `exponent`, with the last bits of this machine's C library: for numbers
/// that are rounded afterwards.
package func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
