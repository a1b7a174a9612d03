func performMerge(_ options: MergeOptions) throws -> ExitStatus {
  throw Failure(.internalError, "sweep merge: not built yet")
}
