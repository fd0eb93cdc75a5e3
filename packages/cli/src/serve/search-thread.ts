/** One thread that searches, as the thread that answers requests sees it: idle, busy, or gone. */
import { Worker } from 'node:worker_threads'
import { InputError } from '../errors.js'
import { RequestError } from './request-error.js'
import type { JsonAnswer, Question, Said, ThreadStart } from './search-question.js'

/** The program of a thread; tests have others that speak as it does. */
export const SEARCH_PROGRAM = new URL('./search-worker.js', import.meta.url)

/** What a thread is started for. */
export type ThreadSource = Pick<ThreadStart, 'path' | 'descriptor'>

/** How many documents and paragraphs there are to search. */
export interface IndexCounts {
  readonly documents: number
  readonly paragraphs: number
}

/** A question was given up before it was answered, and the search for it has ended. */
export class SearchStopped extends Error {
  override readonly name = 'SearchStopped'
}

/** What a flag of 32 bits can hold. */
const LARGEST_ID = 0x7fff_ffff

interface Running {
  readonly id: number
  readonly resolve: (answer: JsonAnswer) => void
  readonly reject: (error: Error) => void
}

export class SearchThread {
  /** Resolves when it takes questions; rejects when it cannot open the index. */
  readonly ready: Promise<IndexCounts>
  /** Resolves when the thread has ended, for whatever reason. */
  readonly ended: Promise<void>
  readonly #worker: Worker
  readonly #givenUp = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  #running: Running | null = null
  #questions = 0
  #hasEnded = false

  constructor(source: ThreadSource, program: URL = SEARCH_PROGRAM) {
    const start: ThreadStart = { ...source, givenUp: this.#givenUp }
    this.#worker = new Worker(program, { workerData: start })
    this.ended = new Promise((resolve) => this.#worker.once('exit', () => resolve()))
    this.ready = new Promise((resolve, reject) => {
      this.#worker.on('message', (said: Said) => {
        if (said.kind === 'ready') resolve(said)
        else if (said.kind === 'failed') reject(new InputError(said.message, said.hint))
        else this.#settle(said)
      })
      this.#worker.on('error', reject)
      this.ended.then(() => {
        this.#hasEnded = true
        const died = lost()
        this.#running?.reject(died)
        this.#running = null
        reject(died)
      })
    })
    // Whoever starts a thread may look only at its end.
    this.ready.catch(() => {})
  }

  /**
   * Asks the thread, which must be ready and have no question. Rejects with SearchStopped when the
   * question was given up in time, with a RequestError 500 when the thread dies over it.
   */
  ask(question: Question): Promise<JsonAnswer> {
    const id = (this.#questions++ % LARGEST_ID) + 1
    return new Promise((resolve, reject) => {
      if (this.#hasEnded) return reject(lost())
      this.#running = { id, resolve, reject }
      this.#worker.postMessage({ id, question })
    })
  }

  /** Lets the search that runs, if any, stop where it next looks. */
  giveUp(): void {
    if (this.#running !== null) Atomics.store(this.#givenUp, 0, this.#running.id)
  }

  /** Ends the thread, whatever it does. */
  async stop(): Promise<void> {
    await this.#worker.terminate()
  }

  #settle(said: Extract<Said, { kind: 'answer' | 'stopped' }>): void {
    const running = this.#running
    this.#running = null
    if (said.kind === 'answer') running?.resolve(said.answer)
    else running?.reject(new SearchStopped())
  }
}

function lost(): RequestError {
  return new RequestError(
    500,
    'internal',
    'The thread of this search ended without an answer. Another one takes its place.',
  )
}
