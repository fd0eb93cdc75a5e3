/** The program of the merging thread: one job, one answer. */
import { parentPort, workerData } from 'node:worker_threads'
import { type MergeJob, runMerge } from './merge-job.js'

parentPort?.postMessage(await runMerge(workerData as MergeJob))
