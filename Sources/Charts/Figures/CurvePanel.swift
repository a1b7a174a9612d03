import Results

/// A curve to draw: the points that differ in one axis only.
struct CurvePanel {
  struct Sample {
    let x: Double
    let point: CurvePoint
  }
  let heading: Heading
  let axis: Axis
  /// In increasing order of x; every point has a number on the axis.
  let samples: [Sample]
  let parts: [Part]
  let metric: String
  /// What stands above the panel: made into words only where it is drawn.
  enum Heading {
    case text(String)
    /// What the samples share, by the axes that tell it from the other panels.
    case setting(Point, [Axis])
  }

  var title: String {
    switch heading {
    case .text(let text): return text
    case .setting(let setting, let axes):
      let title = setting.text(of: axes)
      return title.isEmpty ? setting[.solver]?.text ?? "" : title
    }
  }

  /// Each sample is the best of several points.
  var isProfile = false

  func estimate(_ part: Part, _ sample: Sample) -> Estimate? {
    sample.point.estimates[Measure(part, metric)]
  }

  /// The best validation mean; `nil` when no point has one.
  var best: Double? {
    samples.compactMap { estimate(.validation, $0)?.mean }
      .reduce(nil) { best, mean in
        guard let best else { return mean }
        return isBetter(mean, than: best, metric: metric) ? mean : best
      }
  }
}

extension CurveTable {
  /// The curves of the table for one metric, in the order of their first points.
  ///
  /// Within a solver the horizontal axis is λ when it takes at least four values, else the axis
  /// with the most values (of equal ones that of the lowest rank).
  func panels(metric: String) -> [CurvePanel] {
    var groups: [[CurvePoint]] = []
    var places: [AxisValue?: Int] = [:]
    for point in points {
      let solver = point.setting[.solver]
      if let place = places[solver] {
        groups[place].append(point)
      } else {
        places[solver] = groups.count
        groups.append([point])
      }
    }
    return groups.flatMap { panels(of: $0, metric: metric) }
  }

  private func panels(of points: [CurvePoint], metric: String) -> [CurvePanel] {
    let axis = horizontalAxis(of: points)
    var groups: [(setting: Point, samples: [CurvePanel.Sample])] = []
    var places: [Point: Int] = [:]
    for point in points {
      guard let x = point.setting[axis]?.number else { continue }
      let setting = point.setting.without(axis)
      let sample = CurvePanel.Sample(x: x, point: point)
      if let place = places[setting] {
        groups[place].samples.append(sample)
      } else {
        places[setting] = groups.count
        groups.append((setting, [sample]))
      }
    }
    let told = titleAxes(
      for: groups.map(\.setting), from: tellingAxes(among: points).filter { $0 != axis })
    return groups.map { group in
      CurvePanel(
        heading: .setting(group.setting, told), axis: axis,
        samples: group.samples.sorted { $0.x < $1.x }, parts: parts(of: metric), metric: metric)
    }
  }
}

extension CurveTable {
  /// The axes that tell the given points of one solver apart, and the solver when there are several.
  ///
  /// Solvers differ in the axes they use; only what differs within one tells its points apart.
  func tellingAxes(among points: [CurvePoint]) -> [Axis] {
    Axis.allCases.filter { axis in
      let compared = axis == .solver ? self.points : points
      return compared.contains { $0.setting[axis] != compared.first?.setting[axis] }
    }
  }
}

/// The axes that a title needs: a schedule or a number of epochs only where the others do not tell
/// the curves apart.
func titleAxes(for settings: [Point], from axes: [Axis]) -> [Axis] {
  [Axis.schedule, .epochs].reduce(axes) { kept, axis in
    guard kept.contains(axis) else { return kept }
    let fewer = kept.filter { $0 != axis }
    let dropped = Axis.allCases.filter { !fewer.contains($0) }
    let rest = Set(settings.lazy.map { setting in dropped.reduce(setting) { $0.without($1) } })
    return rest.count == settings.count ? fewer : kept
  }
}

/// The axis that the points of one solver are drawn against.
func horizontalAxis(of points: [CurvePoint]) -> Axis {
  func count(_ axis: Axis) -> Int { Set(points.compactMap { $0.setting[axis]?.number }).count }
  if count(.lambda) >= 4 { return .lambda }
  let candidates = Axis.allCases.filter { $0.horizontalRank != nil }
    .sorted { ($0.horizontalRank ?? 0) < ($1.horizontalRank ?? 0) }
  var best = Axis.lambda
  for axis in candidates where count(axis) > count(best) { best = axis }
  return best
}
