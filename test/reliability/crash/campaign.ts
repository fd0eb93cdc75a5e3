/** Kills a command again and again, and looks at what is left. */

import type { Random } from '../../support/random.js'
import { type Moment, runAndKill, runToEnd } from './killed-process.js'
import type { Found, Scenario } from './scenario.js'

export interface CrashTally {
  kills: number
  /** Runs that were done before they could be killed. */
  finished: number
  /** Kills that left a file behind: they struck while it was written. */
  whileWriting: number
  readonly found: Record<Found, number>
  readonly faults: string[]
}

/** Every so many kills, the command is run again to its end on what is left. */
const RECOVERY = 5

/**
 * Kills `runs` times: half of them at any moment between start and end, half of them within the
 * first milliseconds of writing. Files left behind stay for the runs that follow, as they would.
 */
export async function crashCampaign(
  scenario: Scenario,
  folder: string,
  runs: number,
  random: Random,
): Promise<CrashTally> {
  const tally: CrashTally = {
    kills: 0,
    finished: 0,
    whileWriting: 0,
    found: { old: 0, new: 0 },
    faults: [],
  }
  await scenario.prepare(folder)
  const whole = (await runToEnd(endingCommand(scenario, folder))) + (scenario.goesOn ?? 0)
  await scenario.check(folder)
  for (let attempt = 0; tally.kills < runs && attempt < runs * 3; attempt++) {
    await scenario.prepare(folder)
    const before = scenario.leftovers(folder).length
    const moment = momentOf(random, whole, scenario, folder)
    const stop = scenario.meanwhile?.(folder, random)
    const { wasKilled, code } = await runAndKill(scenario.command(folder), moment)
    stop?.()
    tally[wasKilled ? 'kills' : 'finished']++
    if (scenario.leftovers(folder).length > before) tally.whileWriting++
    try {
      if (!wasKilled && code !== 0) throw new Error(`it failed by itself with code ${code}`)
      const found = await scenario.check(folder)
      if (!wasKilled && found === 'old') throw new Error('it was done, and nothing is new')
      tally.found[found]++
      if (attempt % RECOVERY === 0) await recover(scenario, folder)
    } catch (error) {
      const when = `killed ${moment.ms.toFixed(1)} ms after ${moment.after}`
      tally.faults.push(`${scenario.name}, ${when}: ${error}`)
    }
  }
  return tally
}

/** Whatever was left behind, the next run goes through and is complete. */
async function recover(scenario: Scenario, folder: string): Promise<void> {
  // There may be nothing left to delete: exit code 1.
  await runToEnd(endingCommand(scenario, folder), [0, 1])
  if ((await scenario.check(folder)) !== 'new') throw new Error('the next run changes nothing')
  const left = scenario.leftovers(folder)
  if (scenario.cleansUp && left.length > 0) throw new Error(`the next run leaves ${left.join()}`)
}

function endingCommand(scenario: Scenario, folder: string): readonly string[] {
  return scenario.endingCommand?.(folder) ?? scenario.command(folder)
}

function momentOf(random: Random, whole: number, scenario: Scenario, folder: string): Moment {
  if (random.chance(0.5)) return { after: 'start', ms: random.next() * whole * 1.05 }
  const ms = random.pick([0, 0, 1, 2, 4, 8, 16])
  const later =
    scenario.goesOn === undefined ? {} : { skipped: random.int(0, 100), latest: whole * 2 }
  return { after: 'write', ms, folder: scenario.writesIn(folder), ...later }
}
