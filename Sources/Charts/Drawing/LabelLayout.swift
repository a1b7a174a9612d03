/// Moves labels along one direction until none overlaps, as little as needed and in their order.
///
/// Positions are centres; each keeps `spacing` from the next and stays within the bounds where
/// they all fit. Pooling of neighbours: a clash merges two groups around their common middle.
package func spread(
  _ positions: [Double], spacing: Double, within low: Double, _ high: Double
) -> [Double] {
  struct Group {
    var members: Int
    var middle: Double
  }
  let order = positions.indices.sorted {
    (positions[$0], $0) < (positions[$1], $1)
  }
  func held(_ group: Group) -> Group {
    let half = Double(group.members - 1) / 2 * spacing
    var group = group
    group.middle = max(low + half, min(high - half, group.middle))
    return group
  }
  var groups: [Group] = []
  for index in order {
    var group = held(Group(members: 1, middle: positions[index]))
    while let last = groups.last {
      let reach = Double(last.members + group.members) / 2 * spacing
      if group.middle - last.middle >= reach { break }
      groups.removeLast()
      let members = last.members + group.members
      let sum =
        last.middle * Double(last.members) + group.middle * Double(group.members)
      group = held(Group(members: members, middle: sum / Double(members)))
    }
    groups.append(group)
  }
  var result = positions
  var next = 0
  for group in groups {
    let first = group.middle - Double(group.members - 1) / 2 * spacing
    for member in 0..<group.members {
      result[order[next]] = first + Double(member) * spacing
      next += 1
    }
  }
  return result
}
