import Datasets
import Tables

extension SpecDecoder {
  static let dataExample =
    "\"data\": {\"csv\": \"data.csv\", \"target\": \"y\"} "
    + "(or \"libsvm\", \"npy\", \"synthetic\")"

  mutating func decodeData(in top: SpecObject<SpecKey>, seed: UInt64) -> DataSource? {
    guard let field = require(.data, in: top, write: Self.dataExample),
      let object = object(field, DataKey.self)
    else { return nil }
    guard
      let (source, _) = choice(
        of: DataKey.sources, in: object, missing: .csv, write: Self.dataExample)
    else { return nil }
    if source != .csv, object[.csv] == nil {
      for option in object.present(DataKey.csvOptions) {
        reject(option, in: object, "'\(option.rawValue)' goes with 'csv' only")
      }
    }
    switch source {
    case .csv: return decodeCSV(object)
    case .libsvm: return path(object[.libsvm]).map { .libsvm(path: $0) }
    case .npy: return decodeNpy(object[.npy])
    case .synthetic: return decodeSynthetic(object[.synthetic], seed: seed)
    default: return nil
    }
  }

  private mutating func decodeCSV(_ object: SpecObject<DataKey>) -> DataSource? {
    let path = path(object[.csv])
    let target = require(.target, in: object, write: "\"target\": \"name of a column\"")
      .flatMap { _ in text(.target, of: object) }
    let features = names(object[.features])
    let drop = names(object[.drop]) ?? []
    let categories = categories(object[.categorical])
    let categorical = categories.map(\.name)
    let weightColumn = decodeWeightColumn(in: object, target: target)
    let header = flag(.header, of: object)
    let dialect = decodeDialect(object)
    let missing = decodeMissing(object[.missing], target: target)
    let missingIndicator = decodeMissingIndicator(object, missing)
    let missingValues = texts(object[.missingValues]) ?? CSVSource.defaultMissingValues
    if let field = object[.features], features?.isEmpty == true {
      report(.conflict("is empty, leave it out to use every column"), at: field)
    }
    if let target {
      reject(object[.features], naming: [target], "is the target, so it cannot be a feature")
      reject(object[.drop], naming: [target], "is the target, so it cannot be dropped")
      reject(object[.categorical], naming: [target], "is the target, so it cannot be categorical")
    }
    reject(object[.drop], naming: features ?? [], "is listed in 'features', so it is not dropped")
    reject(object[.categorical], naming: drop, "is dropped, so it cannot be categorical")
    if let features, let field = object[.categorical] {
      let used = Set(features)
      reject(
        field,
        naming: categorical.filter { !used.contains($0) && $0 != target && !drop.contains($0) },
        "is not listed in 'features', so it cannot be categorical")
    }
    guard let path, let target else { return nil }
    return .csv(
      CSVSource(
        path: path, target: target, features: features, drop: drop, categorical: categories,
        weightColumn: weightColumn, hasHeader: header, dialect: dialect, missing: missing,
        missingIndicator: missingIndicator, missingValues: missingValues))
  }

  /// Reports the elements that are among `names`.
  mutating func reject(_ field: SpecField?, naming names: [String], _ reason: String) {
    let names = Set(names)
    for element in field?.names ?? [] {
      if let name = element.node.string, names.contains(name) {
        report(.conflict("'\(name)' \(reason)"), at: element)
      }
    }
  }

  /// Columns of categories: an array of their names, or an object that says more of each.
  private mutating func categories(_ field: SpecField?) -> [CategoricalColumn] {
    guard let field else { return [] }
    guard let elements = field.names else {
      mismatch(field, allowed: DataKey.categorical.declaration.value.words)
      return []
    }
    let names = names(elements)
    guard let members = field.node.members else { return names.map { CategoricalColumn($0) } }
    return members.compactMap { member in
      let field = SpecField(node: member.node, path: "\(field.path).\(member.key)")
      guard let object = object(field, CategoricalKey.self),
        let levels: CategoricalColumn.Levels = word(.levels, of: object),
        let minimumCount = whole(.minimumCount, of: object)
      else { return nil }
      return CategoricalColumn(member.key, levels: levels, minimumCount: minimumCount)
    }
  }

  /// An array of column names, each once.
  private mutating func names(_ field: SpecField?) -> [String]? {
    guard let field else { return nil }
    guard let elements = field.elements else {
      mismatch(field, allowed: "an array of column names")
      return nil
    }
    return names(elements)
  }

  private mutating func names(_ elements: [SpecField]) -> [String] {
    var seen: Set<ExactText> = []
    return elements.compactMap { element in
      // An empty name stands for every column without one.
      guard element.node.string == "" || text(element, "the name of a column") != nil,
        let name = element.node.string
      else { return nil }
      if !seen.insert(ExactText(name)).inserted {
        report(.conflict("'\(name)' is listed twice"), at: element)
      }
      return name
    }
  }

  /// An array of texts of cells, without the blanks at their ends.
  private mutating func texts(_ field: SpecField?) -> [String]? {
    guard let field else { return nil }
    let allowed = "an array of the texts of cells, such as [\"\", \"NA\", \"-999\"]"
    guard let elements = field.elements else {
      mismatch(field, allowed: allowed)
      return nil
    }
    return elements.compactMap { element in
      guard let text = element.node.string else {
        mismatch(element, allowed: "the text of a cell in quotes")
        return nil
      }
      let isBlank = { (character: Character) in character == " " || character == "\t" }
      let start = text.drop(while: isBlank)
      return String(
        start[
          ..<(start.lastIndex { !isBlank($0) }.map { start.index(after: $0) } ?? start.startIndex)])
    }
  }

  private mutating func decodeNpy(_ field: SpecField?) -> DataSource? {
    guard let field,
      let object = object(field, NpyKey.self)
    else { return nil }
    let features = require(.features, in: object).flatMap { path($0) }
    let target = require(.target, in: object).flatMap { path($0) }
    let weights = path(object[.weights])
    guard let features, let target else { return nil }
    return .npy(features: features, target: target, weights: weights)
  }
}

extension SpecField {
  /// The names of columns that are listed, or are the keys of an object.
  fileprivate var names: [SpecField]? {
    elements
      ?? node.members?.map { member in
        SpecField(
          node: JSONNode(.string(member.key), at: member.keyPosition),
          path: "\(path).\(member.key)")
      }
  }
}
