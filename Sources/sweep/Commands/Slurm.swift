func performSlurm(_ options: SlurmOptions) throws -> ExitStatus {
  throw Failure(.internalError, "sweep slurm: not built yet")
}
