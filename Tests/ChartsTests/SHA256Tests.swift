import Charts
import TestSupport
import Testing

struct SHA256Tests {
  /// The examples of FIPS 180-4 in base64, and lengths around the block of 64 bytes.
  @Test(arguments: [
    ("", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
    ("abc", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "JI1qYdIGOLjlwCaTDD5gOaM85Flk/yFn9uzt1BnbBsE="
    ),
  ])
  func `the standard's examples`(text: String, hash: String) {
    #expect(SHA256.base64(Array(text.utf8)) == hash)
  }

  @Test(arguments: [
    (55, "n0OQ+NMMLdkuyfCVtl4rmumwqSWlJY4kHJ8ekQ9zQxg="),
    (56, "s1Q5pKxvCUi21vnjxq8PX1kM4g8b3nCQ73lwaG7Gc4o="),
    (63, "fT50oF19sVvOStnsBljqmOPwbu7PFrTG//LaRX3cLzQ="),
    (64, "/+BU/nrgy23GXDr5th1SCfQ5hR20PQulmXM33xVGaOs="),
    (65, "Y1NhxIu56rFBmOduqKt/GkFoXWrWKqkUbTAdTxfrCuA="),
    (200, "wqkI2Y9d+Yet5BtfziEwZ++8wh7yJAISpB5UtefCiuU="),
  ])
  func `lengths around the block`(count: Int, hash: String) {
    #expect(SHA256.base64(Array(repeating: UInt8(ascii: "a"), count: count)) == hash)
  }

  @Test func `the page's policy allows its own script and no other`() throws {
    try withFolder([:]) { folder in
      let page = report(folder)
      let policy = try #require(page.firstMatch(of: /script-src ([^;]*);/)).1
      let script = try #require(page.firstMatch(of: /(?s)<script>(.*?)<\/script>/)).1
      #expect(policy == "'sha256-\(SHA256.base64(Array(script.utf8)))'")
    }
  }
}
