/** Runs one stretch of a campaign in a thread of its own, with little memory; see command.ts. */

import { parentPort, workerData } from 'node:worker_threads'
import { AllocationMeter } from './allocation-meter.js'
import { Campaign, type Tally } from './campaign.js'

export interface WorkerTask {
  readonly seed: number
  readonly from: number
  readonly to: number
  /** One Int32: the trial that is running, for the watch outside. */
  readonly clock: SharedArrayBuffer
}

const task = workerData as WorkerTask
const clock = new Int32Array(task.clock)
const meter = new AllocationMeter()
const campaign = new Campaign(task.seed, meter)
meter.install()
for (let trial = task.from; trial < task.to; trial++) {
  Atomics.store(clock, 0, trial)
  campaign.trial(trial)
}
parentPort!.postMessage(campaign.tally satisfies Tally)
