import Datasets
import Testing

@Suite struct DecimalParserTests {
  private let parser = DecimalParser()

  private func expectExact(_ text: String) {
    let expected = Double(text)
    let found = parser.number(text)
    // A comparison of bits: the sign of zero counts too.
    if found?.bitPattern != expected?.bitPattern {
      Issue.record(
        "'\(text)': found \(String(describing: found)), not \(String(describing: expected))")
    }
  }

  @Test(arguments: [
    "0", "-0", "0.0", "1", "+1.5", ".5", "5.", "-.5e1", "1e5", "1E+5", "1e-5", "00012", "0e999999",
    // Ties, from the papers and from strtod's own tests.
    "9007199254740993", "9007199254740993.0", "9007199254740992.9999999999999999999",
    "9007199254740993.00000000000000000000000001", "9007199254740995", "1e23", "8.5e22",
    "4503599627370496.5", "4503599627370497.5", "9007199254740991.5",
    "0.500000000000000166533453693773481063544750213623046875",
    "3.518437208883201171875e13", "62.5364939768271845828", "8.10109172351e-10",
    "1.50000000000000011102230246251565", "30078505129381147446200", "1448997445238699",
    "6929495644600919.5", "3.7455744005952583e15", "1.2676506002282294e30", "1e-23",
    "0.000000000000000000000000000000000000001e39", "7.2057594037927933e16",
    "2.2250738585072011e-308", "2.2250738585072012e-308", "2.2250738585072014e-308",
    "2.225073858507201136057409796709131975934819546351645648023426109724822222021076945516529523908135087914149158913039621106870086438694594645527657207407820621743379988141063267329253552286881372149012981122451451889849057222307285255133155755015914397476397983411801999323962548289017107081850690630666655994938275772572015763062690663332647565300009245888316433037779791869612049497390377829704905051080609940730262937128958950003583799967207254304360284078895771796150945516748243471030702609144621572289880258182545180325707018860872113128079512233426288368622321503775666622503982534335974568884423900265498198385487948292206894721689831099698365846814022854243330660339850886445804001034933970427567186443383770486037861622771738545623065874679014086723327636718751234567890123456789012345678901e-308",
    "4.9406564584124654e-324", "2.4703282292062327e-324", "2.4703282292062328e-324",
    "2.47032822920623272088284396434110686182e-324",
    "2.4703282292062327208828439643411068618252990130716238221279284125033775363510437593264991818081799618989828234772285886546332835517796989819938739800539093906315035659515570226392290858392449105184435931802849936536152500319370457678249219365623669863658480757001585769269903706311928279558551332927834338409351978015531246597263579574622766465272827220056374006485499977096599470454020828166226237857393450736339007967761930577506740176324673600968951340535537458516661134223766623117e-324",
    "1e-400", "1e-342", "1e-343", "9e-325", "1.7976931348623157e308", "1.7976931348623158e308",
    "1.7976931348623159e308", "1.797693134862315807e308", "1.797693134862315808e308", "1e309",
    "1e99999999999999999999", "1e-99999999999999999999", "123456789012345678901234567890",
    "12345678901234567890e-20", "1.00000000000000000000000000000000000000000000000000000001",
    "0.00000000000000000001234567890123456789",
  ])
  func `a hard case rounds as the standard library rounds it`(text: String) {
    expectExact(text)
  }

  @Test func `a number beyond the largest double is infinite`() {
    #expect(parser.number("1e309") == .infinity)
    #expect(parser.number("-1e400") == -.infinity)
  }

  @Test(arguments: [
    "", "+", "-", ".", "e5", "1e", "1e+", "1.5.2", "1_000", "0x10", "nan", "inf", "1 ", " 1", "--1",
    "1,5", "1e5.5", "٣", "-.", ".e1",
  ])
  func `a text that is not a number is none`(text: String) {
    #expect(parser.number(text) == nil)
  }

  @Test func `random texts of every length and size round as the standard library rounds them`() {
    var generator = Scrambler(state: 1)
    for _ in 0..<60_000 {
      var text = generator.below(2) == 0 ? "" : "-"
      let length = 1 + generator.below(generator.below(8) == 0 ? 40 : 20)
      let point = generator.below(length + 1)
      for i in 0..<length {
        if i == point { text += "." }
        text += String(generator.below(10))
      }
      if generator.below(2) == 0 { text += "e\(generator.below(700) - 360)" }
      expectExact(text)
    }
  }

  @Test func `the shortest and the 17-digit text of random doubles read back as their bits`() {
    var generator = Scrambler(state: 2)
    for _ in 0..<40_000 {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite else { continue }
      #expect(parser.number(value.description)?.bitPattern == value.bitPattern)
    }
  }

  @Test func `texts next to the middle of two doubles round to the right side`() {
    var generator = Scrambler(state: 3)
    for _ in 0..<4_000 {
      // A whole number of 54 bits that ends in one lies in the middle of two doubles.
      let middle = (1 << 53 | generator.next() >> 11) << 1 | 1
      let digits = String(middle)
      for tail in ["", ".0", ".00000000000000000001", ".5", "e0"] { expectExact(digits + tail) }
      expectExact(String(middle - 1) + ".99999999999999999999")
      expectExact(digits + "e\(generator.below(40) - 20)")
    }
  }
}

/// SplitMix64: the same numbers on every run, so a failure can be repeated.
struct Scrambler: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int {
    Int.random(in: 0..<bound, using: &self)
  }
}
