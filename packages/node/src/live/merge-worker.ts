/** The program of the merging thread: one job, one answer. */
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { runMerge } from './merge-job.js'
import { MergePace } from './merge-pace.js'
import type { ThreadJob } from './merge-thread.js'

/** Searches go first; on a busy machine a merge still gets a quarter of its share. */
const NICENESS = 5

// Linux alone sets the priority of the calling thread, elsewhere it would be that of the process.
if (process.platform === 'linux') {
  try {
    setPriority(NICENESS)
  } catch {
    // A sandbox may forbid it; merging goes on as it is.
  }
}

const { job, searches } = workerData as ThreadJob
const pace = new MergePace(searches)
parentPort?.postMessage(await runMerge(job, () => pace.rest()))
