/** Runs one stretch of a campaign in a thread of its own, with little memory; see command.ts. */

import { parentPort, workerData } from 'node:worker_threads'
import { AllocationMeter } from './allocation-meter.js'
import { BundleCampaign } from './bundle-campaign.js'
import { Campaign } from './campaign.js'
import { LiveCampaign } from './live-campaign.js'
import type { Tally } from './tally.js'

/** What is damaged: index files, bundles on a host, or directories of live indexes. */
export type Subject = 'indexes' | 'bundles' | 'live'

export interface WorkerTask {
  readonly subject: Subject
  readonly seed: number
  readonly from: number
  readonly to: number
  /** One Int32: the trial that is running, for the watch outside. */
  readonly clock: SharedArrayBuffer
}

const task = workerData as WorkerTask
const clock = new Int32Array(task.clock)
const meter = new AllocationMeter()
const campaign = await start()
meter.install()
for (let trial = task.from; trial < task.to; trial++) {
  Atomics.store(clock, 0, trial)
  await campaign.trial(trial)
}
if (campaign instanceof LiveCampaign) campaign.end()
parentPort!.postMessage(campaign.tally satisfies Tally)

function start(): Campaign | Promise<BundleCampaign | LiveCampaign> {
  if (task.subject === 'indexes') return new Campaign(task.seed, meter)
  if (task.subject === 'bundles') return BundleCampaign.start(task.seed, meter)
  return LiveCampaign.start(task.seed, meter)
}
