import Charts
import Foundation
import FoundationXML

/// What a test wants to know of an SVG text: is it well-formed, what does it hold, where is its text.
final class SVGInspector: NSObject, XMLParserDelegate {
  struct Label {
    let text: String
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double

    func overlaps(_ other: Label) -> Bool {
      left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }
  }
  private(set) var labels: [Label] = []
  private(set) var classes: [String] = []
  private(set) var ids: [String] = []
  private var open: (attributes: [String: String], text: String)?
  private var shifts: [Double] = [0]
  private let isWellFormed: Bool
  private let parser: XMLParser

  init?(_ svg: String) {
    parser = XMLParser(data: Data(svg.utf8))
    isWellFormed = false
    super.init()
    parser.delegate = self
    if !parser.parse() { return nil }
  }

  func count(ofClass name: String) -> Int {
    classes.count { $0.split(separator: " ").contains(Substring(name)) }
  }

  var overlappingLabels: [String] {
    var found: [String] = []
    for (index, label) in labels.enumerated() {
      for other in labels[(index + 1)...] where label.overlaps(other) {
        found.append("'\(label.text)' over '\(other.text)'")
      }
    }
    return found
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    if let style = attributes["class"] { classes.append(style) }
    if let id = attributes["id"] { ids.append(id) }
    if name == "text" { open = (attributes, "") }
    if name == "g" {
      let shift = attributes["transform"]?.split(separator: " ").last?.dropLast()
      shifts.append((shifts.last ?? 0) + (shift.flatMap { Double($0) } ?? 0))
    }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { open?.text += string }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    if name == "g" { shifts.removeLast() }
    guard name == "text", let element = open else { return }
    open = nil
    guard let x = Double(element.attributes["x"] ?? ""),
      let y = Double(element.attributes["y"] ?? ""), element.attributes["transform"] == nil
    else { return }
    let style = element.attributes["class"] ?? ""
    let size: Double = style.contains("title") ? 18 : style.contains("small") ? 12 : 13
    // The estimate is rounded up by about a tenth; true boxes are narrower.
    let width = textWidth(element.text, size: size) * 0.9
    let left =
      switch element.attributes["text-anchor"] {
      case "middle": x - width / 2
      case "end": x - width
      default: x
      }
    let base = y + (shifts.last ?? 0)
    labels.append(
      Label(
        text: element.text, left: left, right: left + width, top: base - size * 0.75,
        bottom: base + size * 0.2))
  }
}
