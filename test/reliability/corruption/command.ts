/**
 * `npm run test:corruption -- [--runs 100000] [--seed S] [--from N]`
 *
 * Damages indexes, opens them and asks them everything, in stretches of 5,000 trials, each in a
 * worker with 256 MB of heap. A trial that takes longer than LONGEST_TRIAL_MS counts as a loop.
 * `--seed S --from N --runs 1` repeats one trial.
 */

import { Worker } from 'node:worker_threads'
import { campaignArguments } from '../arguments.js'
import type { Fault, Tally } from './campaign.js'
import type { WorkerTask } from './worker.js'

const STRETCH = 5000
const LONGEST_TRIAL_MS = 20_000
const HEAP_MB = 256
const SHOWN_FAULTS = 10

const { runs, seed, from } = campaignArguments(100_000)
const total = { trials: 0, share: 0, slowest: 0, faults: [] as Fault[] }
const outcomes = new Map<string, Map<string, number>>()

console.log(`corruption: ${runs} mutations, seed ${seed}`)
for (let at = from; at < from + runs; at += STRETCH) {
  add(await stretch(at, Math.min(at + STRETCH, from + runs)))
  process.stderr.write(`${total.trials} of ${runs}, ${total.faults.length} faults\n`)
}
report()
process.exitCode = total.faults.length === 0 ? 0 : 1

/** One stretch; a worker that dies or hangs is a fault of the trial it was at. */
function stretch(first: number, end: number): Promise<Tally | Fault> {
  const clock = new SharedArrayBuffer(4)
  const running = new Int32Array(clock)
  const worker = new Worker(new URL('start-worker.mjs', import.meta.url), {
    workerData: { seed, from: first, to: end, clock } satisfies WorkerTask,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  })
  let watched = -1
  let since = performance.now()
  return new Promise((resolve) => {
    const finish = (result: Tally | Fault) => {
      clearInterval(watch)
      resolve(result)
    }
    const watch = setInterval(() => {
      const trial = Atomics.load(running, 0)
      if (trial !== watched) {
        watched = trial
        since = performance.now()
      } else if (performance.now() - since > LONGEST_TRIAL_MS) {
        finish({ trial, message: `takes longer than ${LONGEST_TRIAL_MS} ms` })
        worker.terminate()
      }
    }, 500)
    worker.on('message', finish)
    worker.on('error', (error) => {
      finish({ trial: Atomics.load(running, 0), message: String(error.stack ?? error) })
    })
  })
}

function add(result: Tally | Fault): void {
  if ('message' in result) {
    total.faults.push(result)
    return
  }
  total.trials += result.trials
  total.share = Math.max(total.share, result.largestShare)
  total.slowest = Math.max(total.slowest, result.slowest.took)
  total.faults.push(...result.faults)
  for (const [kind, counts] of result.outcomes) {
    const known = outcomes.get(kind) ?? new Map<string, number>()
    for (const [outcome, count] of counts) known.set(outcome, (known.get(outcome) ?? 0) + count)
    outcomes.set(kind, known)
  }
}

function report(): void {
  for (const [kind, counts] of [...outcomes].sort()) {
    const parts = [...counts].sort(([, a], [, b]) => b - a)
    console.log(`  ${kind}: ${parts.map(([outcome, count]) => `${outcome} ${count}`).join(', ')}`)
  }
  console.log(
    `slowest trial ${total.slowest.toFixed(0)} ms; largest request for memory ` +
      `${(total.share * 100).toFixed(1)} % of what its file allows`,
  )
  for (const { trial, message } of total.faults.slice(0, SHOWN_FAULTS)) {
    console.log(`\nFAULT in trial ${trial} (--seed ${seed} --from ${trial} --runs 1): ${message}`)
  }
  console.log(`${total.trials} mutations, ${total.faults.length} faults (seed ${seed})`)
}
