/// The known name that a misspelt one most likely stands for, or `nil` when none is close.
///
/// Close means at most a third of the longer name's letters differ (or one letter of two), upper and
/// lower case being the same; insertions, deletions, changes and swaps of neighbours count one each
/// (optimal string alignment distance). The first of equally near names wins.
/// - Complexity: O(names × letters²).
package func nearestName(to name: String, among names: [String]) -> String? {
  let written = Array(name.lowercased())
  var best: (name: String, distance: Int)?
  for candidate in names {
    let letters = Array(candidate.lowercased())
    let longest = max(letters.count, written.count)
    let limit = longest < 2 ? 0 : max(1, longest / 3)
    // Names of pages of text are never a slip of the hand.
    guard longest <= 200, abs(letters.count - written.count) <= limit else { continue }
    let distance = alignmentDistance(written, letters)
    if distance <= limit, distance < best?.distance ?? .max {
      best = (candidate, distance)
    }
  }
  return best?.name
}

private func alignmentDistance(_ a: [Character], _ b: [Character]) -> Int {
  var beforePrevious: [Int] = []
  var previous = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var cost = min(previous[j + 1] + 1, row[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        cost = min(cost, beforePrevious[j - 1] + 1)
      }
      row.append(cost)
    }
    (beforePrevious, previous) = (previous, row)
  }
  return previous[b.count]
}
