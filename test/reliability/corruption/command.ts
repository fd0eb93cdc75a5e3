/**
 * `npm run test:corruption -- [--runs 100000] [--seed S] [--from N] [--only indexes]`
 *
 * Damages index files, bundles (a fifth as many) and directories of live indexes (a tenth); opens
 * them and asks them everything, in stretches of 5,000 trials, each in a worker with 256 MB of
 * heap. A trial that takes longer than LONGEST_TRIAL_MS counts as a loop. `--only live --seed S
 * --from N --runs 1` repeats one trial.
 */

import { Worker } from 'node:worker_threads'
import { campaignArguments } from '../arguments.js'
import { type Fault, newTally, type Tally } from './tally.js'
import type { Subject, WorkerTask } from './worker.js'

const STRETCH = 5000
const LONGEST_TRIAL_MS = 20_000
const HEAP_MB = 256
const SHOWN_FAULTS = 10

/** Of so many mutations of indexes, one is one of these, which take longer. */
const SHARES = { indexes: 1, bundles: 5, live: 10 } as const

const { runs, seed, from, only } = campaignArguments(100_000)
const subjects = (['indexes', 'bundles', 'live'] as const).filter((subject) =>
  subject.includes(only),
)
let faults = 0
for (const subject of subjects) {
  // Asked for alone, each has the number that was asked for.
  const share = subjects.length > 1 ? SHARES[subject] : 1
  faults += await campaign(subject, Math.ceil(runs / share))
}
process.exitCode = faults === 0 ? 0 : 1

/** Returns the number of faults. */
async function campaign(subject: Subject, trials: number): Promise<number> {
  const total: Tally = newTally()
  console.log(`corruption of ${subject}: ${trials} mutations, seed ${seed}`)
  for (let at = from; at < from + trials; at += STRETCH) {
    add(total, await stretch(subject, at, Math.min(at + STRETCH, from + trials)))
    process.stderr.write(`${total.trials} of ${trials}, ${total.faults.length} faults\n`)
  }
  report(subject, total)
  return total.faults.length
}

/** One stretch; a worker that dies or hangs is a fault of the trial it was at. */
function stretch(subject: Subject, first: number, end: number): Promise<Tally | Fault> {
  const clock = new SharedArrayBuffer(4)
  const running = new Int32Array(clock)
  const worker = new Worker(new URL('start-worker.mjs', import.meta.url), {
    workerData: { subject, seed, from: first, to: end, clock } satisfies WorkerTask,
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

function add(total: Tally, result: Tally | Fault): void {
  if ('message' in result) {
    total.faults.push(result)
    return
  }
  total.trials += result.trials
  total.largestShare = Math.max(total.largestShare, result.largestShare)
  if (result.slowest.took > total.slowest.took) total.slowest = result.slowest
  total.faults.push(...result.faults)
  for (const [kind, counts] of result.outcomes) {
    const known = total.outcomes.get(kind) ?? new Map<string, number>()
    for (const [outcome, count] of counts) known.set(outcome, (known.get(outcome) ?? 0) + count)
    total.outcomes.set(kind, known)
  }
}

function report(subject: Subject, tally: Tally): void {
  const { trials, outcomes, slowest, largestShare } = tally
  for (const [kind, counts] of [...outcomes].sort()) {
    const parts = [...counts].sort(([, a], [, b]) => b - a)
    console.log(`  ${kind}: ${parts.map(([outcome, count]) => `${outcome} ${count}`).join(', ')}`)
  }
  console.log(
    `slowest trial ${slowest.took.toFixed(0)} ms; largest request for memory ` +
      `${(largestShare * 100).toFixed(1)} % of what its file allows`,
  )
  for (const { trial, message } of tally.faults.slice(0, SHOWN_FAULTS)) {
    const repeat = `--only ${subject} --seed ${seed} --from ${trial} --runs 1`
    console.log(`\nFAULT in trial ${trial} (${repeat}): ${message}`)
  }
  console.log(`${trials} mutations, ${tally.faults.length} faults (seed ${seed})`)
}
