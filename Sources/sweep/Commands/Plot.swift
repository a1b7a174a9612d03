func performPlot(_ options: PlotOptions) throws -> ExitStatus {
  throw Failure(.internalError, "sweep plot: not built yet")
}
