/// A grid of dots, two wide and four high in every character: Unicode's braille patterns.
struct DotGrid {
  let columns: Int
  let rows: Int
  private var cells: [UInt8]

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = Array(repeating: 0, count: columns * rows)
  }

  var width: Int { columns * 2 }
  var height: Int { rows * 4 }

  /// Dots off the grid are left out.
  mutating func set(_ x: Int, _ y: Int) {
    guard x >= 0, x < width, y >= 0, y < height else { return }
    // Three rows column by column, then the last row.
    let bit = y % 4 < 3 ? y % 4 + 3 * (x % 2) : 6 + x % 2
    cells[(y / 4) * columns + x / 2] |= 1 << bit
  }

  /// A line between two dots, one dot per step of its longer direction.
  mutating func line(from start: (x: Double, y: Double), to end: (x: Double, y: Double)) {
    let longer = max(abs(end.x - start.x), abs(end.y - start.y))
    let steps = max(1, Int(min(longer, 4000).rounded(.up)))
    for step in 0...steps {
      let fraction = Double(step) / Double(steps)
      let x = start.x + fraction * (end.x - start.x)
      let y = start.y + fraction * (end.y - start.y)
      if abs(x) < 1e6 && abs(y) < 1e6 { set(Int(x.rounded()), Int(y.rounded())) }
    }
  }

  func isEmpty(column: Int, row: Int) -> Bool { cells[row * columns + column] == 0 }

  func character(column: Int, row: Int) -> Character {
    let scalar = Unicode.Scalar(0x2800 + UInt32(cells[row * columns + column]))
    return scalar.map { Character($0) } ?? " "
  }
}
