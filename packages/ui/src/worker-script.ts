/** Runs in a worker: opens a bundle and answers the page's searches; see worker-index.ts. */

import { IndexError, type RemoteIndex } from '@wenxun/core'
import { openBundle } from './remote-index.js'
import type { WorkerAnswer, WorkerFailure, WorkerPort, WorkerQuestion } from './worker-messages.js'

const port = globalThis as unknown as WorkerPort<WorkerAnswer>
const underway = new Map<number, AbortController>()
let opened: Promise<RemoteIndex> | null = null

port.addEventListener('message', ({ data }: { data: WorkerQuestion }) => {
  if (data.kind === 'abort') underway.get(data.number)?.abort()
  else answer(data)
})

async function answer(question: Exclude<WorkerQuestion, { kind: 'abort' }>): Promise<void> {
  const { number } = question
  const control = new AbortController()
  underway.set(number, control)
  try {
    const value = await resultOf(question, control.signal)
    if (!control.signal.aborted) port.postMessage({ number, value })
  } catch (error) {
    if (!control.signal.aborted) port.postMessage({ number, failure: failureOf(error) })
  } finally {
    underway.delete(number)
  }
}

async function resultOf(question: Exclude<WorkerQuestion, { kind: 'abort' }>, signal: AbortSignal) {
  if (question.kind === 'open') {
    opened = openBundle(question.source) as Promise<RemoteIndex>
    return (await opened).metadata
  }
  if (opened === null) throw new Error('The worker has no index yet.')
  return (await opened).search(question.query, { ...question.options, signal })
}

function failureOf(error: unknown): WorkerFailure {
  const message = error instanceof Error ? error.message : String(error)
  return error instanceof IndexError ? { message, code: error.code } : { message }
}
