func performRun(_ options: RunOptions) throws -> ExitStatus {
  throw Failure(.internalError, "sweep run: not built yet")
}
