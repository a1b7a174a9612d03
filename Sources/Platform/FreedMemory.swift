#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Has the allocator of glibc keep what is freed. Blocks of megabytes, which one fold after another needs,
/// would otherwise go back to the system and be cleared page by page when they return.
///
/// Call it before anything large is allocated; other allocators are left as they are.
package func keepFreedMemory() {
  #if canImport(Glibc)
    guard let address = unsafe dlsym(nil, "mallopt") else { return }
    typealias SetOption = @convention(c) (_ option: Int32, _ value: Int32) -> Int32
    // SAFETY: that is its type in <malloc.h>, which Swift does not import.
    let setOption = unsafe unsafeBitCast(address, to: SetOption.self)
    let (trimThreshold, mapThreshold): (Int32, Int32) = (-1, -3)
    _ = setOption(trimThreshold, .max)
    _ = setOption(mapThreshold, 32 << 20)
  #endif
}
