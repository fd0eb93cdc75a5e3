/** Merges beside the thread that searches, so that a search never waits for one. */
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { FileEntry } from './durable-files.js'
import { type MergeJob, runMerge } from './merge-job.js'
import type { SearchCounter } from './merge-pace.js'

const program = new URL('./merge-worker.js', import.meta.url)

/** A merge was stopped because the index was closed. */
export class MergeStopped extends Error {
  override readonly name = 'MergeStopped'
}

export interface RunningMerge {
  /** The merged segment, or null when no document was left; see `runMerge`. */
  readonly result: Promise<FileEntry | null>
  /** Ends it; the result rejects with MergeStopped, and no file stays behind. */
  stop(): Promise<void>
}

/** What a merging thread is given. */
export interface ThreadJob {
  readonly job: MergeJob
  /** See SearchCounter. */
  readonly searches: Int32Array
}

export function startMerge(job: MergeJob, searches: SearchCounter): RunningMerge {
  // Sources that run uncompiled, as in tests, have no program for a thread.
  if (!existsSync(fileURLToPath(program))) {
    const result = runMerge(job)
    return { result, stop: () => result.then(noResult, noResult) }
  }
  const worker = new Worker(program, {
    workerData: { job, searches: searches.shared } satisfies ThreadJob,
  })
  let isStopped = false
  let isDone = false
  const result = new Promise<FileEntry | null>((resolve, reject) => {
    worker.once('message', (made: FileEntry | null) => {
      isDone = true
      resolve(made)
    })
    worker.once('error', reject)
    worker.once('exit', () => {
      reject(isStopped ? new MergeStopped() : new Error('The merging thread stopped by itself.'))
    })
  })
  const stop = async () => {
    isStopped = true
    await worker.terminate()
    // What was done already goes into the index, and is not ours to take away.
    if (!isDone) await rm(join(job.directory, job.file), { force: true })
  }
  return { result, stop }
}

function noResult(): void {}
