/** A seeded sample of the damage that `npm run test:corruption` does to live indexes. */

import { expect, it } from 'vitest'
import { LiveCampaign } from './corruption/live-campaign.js'

const SEED = 20_261_122
const TRIALS = 150

it(`${TRIALS} damaged directories end in a typed error or the right answers`, async () => {
  const campaign = await LiveCampaign.start(SEED, null)
  try {
    expect(campaign.files.some((name) => name.endsWith('.gone'))).toBe(true)
    for (let trial = 0; trial < TRIALS; trial++) campaign.trial(trial)
  } finally {
    campaign.end()
  }
  const { faults, outcomes } = campaign.tally
  const repeat = `npm run test:corruption -- --only live --seed ${SEED} --runs 1 --from`
  expect(faults.map(({ trial, message }) => `${repeat} ${trial}\n${message}`)).toEqual([])
  expect(outcomes.size).toBe(9)
  const codes = [...outcomes.values()].map((counts) => counts.get('CORRUPT') ?? 0)
  expect(codes.reduce((sum, count) => sum + count)).toBeGreaterThan(TRIALS / 4)
})
