func performDiff(_ options: DiffOptions) throws -> ExitStatus {
  throw Failure(.internalError, "sweep diff: not built yet")
}
