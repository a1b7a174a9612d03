/// The beginning of a word from a table, as much of it as a reader wants to see; an ellipsis says that
/// there is more.
/// - Complexity: O(`limit`), however long the word.
package func excerpt(_ word: String, limit: Int = 80) -> String {
  // No character takes less than a byte.
  if word.utf8.count <= limit { return word }
  let start = word.prefix(limit)
  return start.endIndex == word.endIndex ? word : start + "…"
}
