/// The words a command line may begin with.
package enum CommandName: String, CaseIterable, Sendable {
  case run, plan, merge, slurm, check, diff, show, plot, report, schema
  case initialise = "init"
  case completions, help
}
