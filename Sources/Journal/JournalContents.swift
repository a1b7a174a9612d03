/// Everything that the journals of a folder hold: one payload a key, and what was lost.
///
/// When a key was written more than once the first record in the order of the files' names counts,
/// unless it is provisional and another is not. Records of one key are equal by construction, so
/// which of them wins shows only for provisional ones.
package struct JournalContents: Sendable {
  /// One file, for messages.
  package struct File: Sendable {
    package let name: String
    package let header: JournalScan.Header
    package let recordCount: Int
    package let damagedStretches: Int
    package let damagedBytes: Int
    package let tornBytes: Int
  }

  package private(set) var files: [File] = []
  /// Whole records beyond the first of their key.
  package private(set) var duplicateCount = 0
  private var index = JournalIndex()
  private var places: [Place] = []
  private var texts: [[UInt8]] = []

  private struct Place {
    var text: UInt32
    var isProvisional: Bool
    var payload: Range<Int>
  }

  package init() {}

  /// Takes in a file. Call it in the order of names.
  /// - Parameter isProvisional: whether a payload gives way to another record of its key, such as
  ///   a failure to a later success.
  package mutating func add(
    _ bytes: [UInt8], name: String, isProvisional: (ArraySlice<UInt8>) -> Bool = { _ in false }
  ) {
    let scan = JournalScan(bytes)
    files.append(
      File(
        name: name, header: scan.header, recordCount: scan.records.count,
        damagedStretches: scan.damagedStretches, damagedBytes: scan.damagedBytes,
        tornBytes: scan.tornBytes))
    let text = UInt32(texts.count)
    texts.append(bytes)
    for record in scan.records {
      let place = Place(
        text: text, isProvisional: isProvisional(bytes[record.payload]), payload: record.payload)
      let (position, isNew) = index.insert(record.key)
      if isNew {
        places.append(place)
      } else {
        duplicateCount += 1
        if places[position].isProvisional, !place.isProvisional { places[position] = place }
      }
    }
  }

  /// How many keys there are.
  package var count: Int { places.count }

  /// The keys, in the order in which they were first met.
  package var keys: [JournalKey] { index.keys }

  package func contains(_ key: JournalKey) -> Bool { index.position(of: key) != nil }

  /// The payload of `key`, or `nil`.
  package subscript(key: JournalKey) -> ArraySlice<UInt8>? {
    guard let position = index.position(of: key) else { return nil }
    let place = places[position]
    return texts[Int(place.text)][place.payload]
  }

  /// One line for each file of which something was lost; torn tails, which any crash leaves, are
  /// not worth a line.
  package var warnings: [String] {
    files.compactMap { file in
      switch file.header {
      case .unknownVersion(let version):
        "\(file.name): journal format \(version) is newer than this program; its jobs are run again"
      case .damaged where file.recordCount == 0 && file.tornBytes > 0:
        "\(file.name): not a journal; ignored"
      case _ where file.damagedStretches > 0:
        "\(file.name): \(file.damagedBytes) damaged bytes passed over; the jobs they held are run again"
      case .damaged, .whole: nil
      }
    }
  }
}
