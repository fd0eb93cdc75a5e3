/** `--runs 1000 --seed 7` of the commands in this folder. */

import { parseArgs } from 'node:util'

export interface CampaignArguments {
  readonly runs: number
  readonly seed: number
  /** First trial; with `--runs 1`, one trial alone. */
  readonly from: number
  /** What a scenario's name must contain. */
  readonly only: string
}

/** Reads the command line; an unknown flag or a value that is no number ends the program. */
export function campaignArguments(defaultRuns: number): CampaignArguments {
  const flag = (fallback: number) => ({ type: 'string', default: String(fallback) }) as const
  // A new seed each time looks in new places; it is printed, and the same one draws the same.
  const { values } = parseArgs({
    options: {
      runs: flag(defaultRuns),
      seed: flag(Date.now() % 1_000_000),
      from: flag(0),
      only: { type: 'string', default: '' },
    },
  })
  return {
    runs: wholeNumber('runs', values.runs),
    seed: wholeNumber('seed', values.seed),
    from: wholeNumber('from', values.from),
    only: values.only,
  }
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 0) return value
  console.error(`--${name} must be a whole number, found ${text}.`)
  process.exit(2)
}
