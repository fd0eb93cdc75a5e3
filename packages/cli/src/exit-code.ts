/** What the exit code of every command says, like grep's. */
export const ExitCode = {
  /** Something was found, or the work was done. */
  ok: 0,
  /** The search ran and found nothing; or `verify` found damage. */
  nothing: 1,
  /** The command line or an input is wrong. */
  badInput: 2,
} as const
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode]
