func performReport(_ options: ReportOptions) throws -> ExitStatus {
  throw Failure(.internalError, "sweep report: not built yet")
}
