import Results
import Tables

extension SweepSpec {
  /// A message about a value of the spec that only the data or the machine showed to be wrong,
  /// with its place, as in `s.json:3:12: split.k_fold: found 50, must be at most 20`.
  /// - Parameter keys: the value's path, such as `split.k_fold`; of what is not written the
  ///   nearest part that is gives the place.
  package func located(_ message: String, at keys: String) -> String {
    problem(.conflict(message), at: keys).text(in: path)
  }

  /// The same as an error that ends like every other error of a spec.
  func errors(_ message: String, at keys: String) -> SpecErrors {
    errors(.conflict(message), at: keys)
  }

  func errors(_ fault: SpecFault, at keys: String) -> SpecErrors {
    SpecErrors(path: path, text: text, problems: [problem(fault, at: keys)])
  }

  /// The path of an axis in the first grid that `matches`; a degree that no grid names comes from
  /// `features.polynomial`.
  func place(of axis: Axis, where matches: (GridSpec) -> Bool) -> String {
    var place = SpecKey.grid.rawValue
    var node = document.root[place]
    if let elements = node?.elements {
      let index = grids.firstIndex(where: matches) ?? 0
      place += ".\(index)"
      node = elements.indices.contains(index) ? elements[index] : nil
    }
    if axis == .degree, node?[axis.rawValue] == nil { return FeaturesKey.polynomial.path }
    return place + "." + axis.rawValue
  }

  private func problem(_ fault: SpecFault, at keys: String) -> SpecProblem {
    var node = document.root
    for key in keys.split(separator: ".") {
      if let next = node[String(key)] {
        node = next
      } else if let index = Int(key), let next = node.elements?.dropFirst(index).first, index >= 0 {
        node = next
      } else {
        break
      }
    }
    let position = node.position
    let override = position.isOutside ? document.overrides[position.column].path : nil
    return SpecProblem(fault: fault, position: position, path: keys, override: override)
  }
}
