/** A seeded sample of `npm run test:corruption`. */

import { expect, it } from 'vitest'
import { AllocationMeter } from './corruption/allocation-meter.js'
import { BundleCampaign } from './corruption/bundle-campaign.js'
import { Campaign } from './corruption/campaign.js'
import type { Tally } from './corruption/tally.js'

const SEED = 20_261_122
const TRIALS = 600
const BUNDLE_TRIALS = 100

interface Running {
  readonly tally: Tally
  trial(number: number): void | Promise<void>
}

/** Runs a campaign under a meter; the command that repeats a fault is named with it. */
async function run(campaign: Running, meter: AllocationMeter, subject: string, trials: number) {
  const stop = meter.install()
  try {
    for (let trial = 0; trial < trials; trial++) await campaign.trial(trial)
  } finally {
    stop()
  }
  const { faults, largestShare } = campaign.tally
  const repeat = `npm run test:corruption -- --only ${subject} --seed ${SEED} --runs 1 --from`
  expect(faults.map(({ trial, message }) => `${repeat} ${trial}\n${message}`)).toEqual([])
  expect(campaign.tally.trials).toBe(trials)
  // The meter saw the readers at work.
  expect(largestShare).toBeGreaterThan(0)
}

it(`${TRIALS} damaged and forged indexes end in a typed error or a right answer`, async () => {
  const meter = new AllocationMeter()
  const campaign = new Campaign(SEED, meter)
  await run(campaign, meter, 'indexes', TRIALS)
  // Every kind of damage was drawn.
  expect(campaign.tally.outcomes.size).toBe(18)
})

it(`${BUNDLE_TRIALS} damaged and forged bundles do, fetched piece by piece or whole`, async () => {
  const meter = new AllocationMeter()
  const campaign = await BundleCampaign.start(SEED, meter)
  await run(campaign, meter, 'bundles', BUNDLE_TRIALS)
  expect(campaign.tally.outcomes.size).toBe(14)
})
