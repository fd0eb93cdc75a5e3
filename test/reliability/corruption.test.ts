/** A seeded sample of `npm run test:corruption`. */

import { expect, it } from 'vitest'
import { AllocationMeter } from './corruption/allocation-meter.js'
import { Campaign } from './corruption/campaign.js'

const SEED = 20_261_122
const TRIALS = 600

it(`${TRIALS} damaged and forged indexes end in a typed error or a right answer`, () => {
  const meter = new AllocationMeter()
  const campaign = new Campaign(SEED, meter)
  const stop = meter.install()
  try {
    for (let trial = 0; trial < TRIALS; trial++) campaign.trial(trial)
  } finally {
    stop()
  }
  const { faults, outcomes, trials } = campaign.tally
  const repeat = `npm run test:corruption -- --seed ${SEED} --runs 1 --from`
  expect(faults.map(({ trial, message }) => `${repeat} ${trial}\n${message}`)).toEqual([])
  expect(trials).toBe(TRIALS)
  // Every kind of damage was drawn, and the meter saw the readers at work.
  expect(outcomes.size).toBe(18)
  expect(campaign.tally.largestShare).toBeGreaterThan(0)
})
