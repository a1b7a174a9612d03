func performCheck(_ options: CheckOptions) throws -> ExitStatus {
  throw Failure(.internalError, "sweep check: not built yet")
}
