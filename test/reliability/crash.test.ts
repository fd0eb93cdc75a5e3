/** A seeded sample of `npm run test:crash`. */

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { Random } from '../support/random.js'
import { crashCampaign } from './crash/campaign.js'
import { allScenarios } from './crash/scenarios.js'

const SEED = 20_261_122
const KILLS = 2
const LONGEST = 300_000
const folder = mkdtempSync(join(tmpdir(), 'wenxun-crash-'))

afterAll(() => rmSync(folder, { recursive: true, force: true }))

it(
  'an index is whole, the old one or the new one, wherever the process was killed',
  async () => {
    for (const [i, scenario] of (await allScenarios(join(folder, 'given'))).entries()) {
      const own = join(folder, String(i))
      mkdirSync(own)
      const tally = await crashCampaign(scenario, own, KILLS, new Random(SEED + i))
      expect(tally.faults).toEqual([])
      expect(tally.kills, scenario.name).toBeGreaterThan(0)
    }
  },
  LONGEST,
)
