/** `@wenxun/ui/worker`: a bundle that is searched in a worker, so that a page never waits for it. */

import {
  IndexError,
  type IndexErrorCode,
  type SearchOptions,
  type SearchResult,
} from '@wenxun/core'
import type { Searchable } from './searchable.js'
import type { IndexMetadata, WorkerAnswer, WorkerPort, WorkerQuestion } from './worker-messages.js'

/** What is asked of a worker; a `Worker` is one. */
export interface SearchWorker extends WorkerPort<WorkerQuestion> {
  terminate(): void
}

/**
 * Opens the bundle that `wenxun site` wrote, in a worker that runs `@wenxun/ui/worker-script`. One
 * worker serves one index.
 *
 * @param source address of the bundle's folder, as seen from the page
 * @throws IndexError as `openRemoteIndex`; a plain Error when the worker does not run. The worker
 * is ended then
 */
export async function openWorkerIndex(worker: SearchWorker, source: string): Promise<WorkerIndex> {
  const questions = new Questions(worker)
  const { href } = new URL(source, globalThis.document?.baseURI)
  try {
    const metadata = await questions.ask({ kind: 'open', source: href })
    return new WorkerIndex(questions, metadata as IndexMetadata)
  } catch (error) {
    questions.close()
    throw error
  }
}

/** As RemoteIndex: the same hits, errors and ways to give a search up. */
export class WorkerIndex implements Searchable {
  /** Counts, parameters and names, as they were when the index was opened. */
  readonly metadata: IndexMetadata
  readonly #questions: Questions

  /** @internal Use `openWorkerIndex`. */
  constructor(questions: Questions, metadata: IndexMetadata) {
    this.#questions = questions
    this.metadata = metadata
  }

  /** Rejects with an IndexError, or with the reason of `options.signal`. */
  async search(
    query: string,
    { signal, ...options }: SearchOptions & { signal?: AbortSignal } = {},
  ): Promise<SearchResult> {
    const asked = { kind: 'search', query, options } as const
    return (await this.#questions.ask(asked, signal)) as SearchResult
  }

  /** Ends the worker. Searches that run, and later ones, reject with CLOSED. */
  close(): void {
    this.#questions.close()
  }
}

/** A question without its number. */
type Asked =
  | { readonly kind: 'open'; readonly source: string }
  | { readonly kind: 'search'; readonly query: string; readonly options: SearchOptions }

interface Waiting {
  resolve(value: IndexMetadata | SearchResult): void
  reject(reason: unknown): void
}

/** Questions that have no answer yet. */
class Questions {
  readonly #worker: SearchWorker
  readonly #waiting = new Map<number, Waiting>()
  #asked = 0
  /** Why there will be no more answers. */
  #end: Error | null = null

  constructor(worker: SearchWorker) {
    this.#worker = worker
    worker.addEventListener('message', ({ data }: { data: WorkerAnswer }) => this.#take(data))
    worker.addEventListener('error', ({ message }: { message?: string }) => {
      this.#stop(new Error(`The search worker failed: ${message ?? 'its script did not load'}.`))
    })
  }

  ask(asked: Asked, signal?: AbortSignal): Promise<IndexMetadata | SearchResult> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      if (this.#end !== null) return reject(this.#end)
      const number = this.#asked++
      // Throws for options that cannot be copied.
      this.#worker.postMessage({ ...asked, number })
      const giveUp = () => {
        this.#waiting.delete(number)
        this.#worker.postMessage({ kind: 'abort', number })
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', giveUp, { once: true })
      const settled = () => signal?.removeEventListener('abort', giveUp)
      this.#waiting.set(number, {
        resolve: (value) => {
          settled()
          resolve(value)
        },
        reject: (reason) => {
          settled()
          reject(reason)
        },
      })
    })
  }

  #take(answer: WorkerAnswer): void {
    const waiting = this.#waiting.get(answer.number)
    // Nobody waits for what was given up.
    if (waiting === undefined) return
    this.#waiting.delete(answer.number)
    if ('value' in answer) waiting.resolve(answer.value)
    else {
      const { code, message } = answer.failure
      const isOurs = code !== undefined
      waiting.reject(isOurs ? new IndexError(code as IndexErrorCode, message) : new Error(message))
    }
  }

  close(): void {
    this.#stop(new IndexError('CLOSED', 'The index was closed; open it again to search it.'))
  }

  #stop(reason: Error): void {
    this.#end ??= reason
    this.#worker.terminate()
    for (const { reject } of this.#waiting.values()) reject(reason)
    this.#waiting.clear()
  }
}
