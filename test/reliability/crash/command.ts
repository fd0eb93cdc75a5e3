/**
 * `npm run test:crash -- [--runs 200] [--seed S] [--only build]`
 *
 * Kills `wenxun` with SIGKILL while it works, `--runs` times for each scenario, and checks that
 * what is found afterwards is the index before or the index after, whole and sound.
 */

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Random } from '../../support/random.js'
import { campaignArguments } from '../arguments.js'
import { crashCampaign } from './campaign.js'
import { allScenarios } from './scenarios.js'

const { runs, seed, only } = campaignArguments(200)
const folder = mkdtempSync(join(tmpdir(), 'wenxun-crash-'))
let faults = 0
console.log(`crash: ${runs} kills per scenario, seed ${seed}`)
try {
  for (const [i, scenario] of (await allScenarios(join(folder, 'given'))).entries()) {
    if (!scenario.name.includes(only)) continue
    const own = join(folder, String(i))
    mkdirSync(own)
    const tally = await crashCampaign(scenario, own, runs, new Random(seed + i))
    const { kills, finished, whileWriting, found } = tally
    console.log(
      `  ${scenario.name}: ${kills} kills, ${whileWriting} of them while writing; ` +
        `${finished} runs were done before; found old ${found.old}, new ${found.new}; ` +
        `${tally.faults.length} faults`,
    )
    for (const fault of tally.faults.slice(0, 10)) console.log(`    FAULT ${fault}`)
    faults += tally.faults.length
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
console.log(`${faults} faults (seed ${seed})`)
process.exitCode = faults === 0 ? 0 : 1
