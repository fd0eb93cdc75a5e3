/**
 * Threads that search, and the questions that wait for one. A question is asked once: when its
 * thread dies over it, it fails, and another thread starts for the next. Threads start when there
 * is more to do than they can take, up to their number.
 */
import { RequestError } from './request-error.js'
import type { JsonAnswer, Question } from './search-question.js'
import {
  type IndexCounts,
  SEARCH_PROGRAM,
  SearchStopped,
  SearchThread,
  type ThreadSource,
} from './search-thread.js'

export interface PoolOptions {
  /** Most threads. */
  readonly threads: number
  /** Most questions that wait; default 256. More are refused. */
  readonly mostWaiting?: number
  /** Milliseconds that a question may take once a thread has it; default 10,000. */
  readonly longest?: number
  /** What a thread runs; default search-worker.js. */
  readonly program?: URL
}

/** What the pool does and has done, as `/api/status` tells it. */
export interface PoolStatus {
  /** Threads there are now, and the most there may be. */
  readonly threads: number
  readonly most_threads: number
  /** Questions being answered, and waiting for a thread. */
  readonly running: number
  readonly waiting: number
  /** Questions since the start, by how they ended; `aborted` ones ran, `left` ones still waited. */
  readonly answered: number
  readonly aborted: number
  readonly left: number
  readonly refused: number
  /** Questions that a thread died over, or could not be started for. */
  readonly failed: number
}

interface Waiting {
  readonly question: Question
  readonly signal: AbortSignal
  readonly resolve: (answer: JsonAnswer) => void
  readonly reject: (error: unknown) => void
}

const MOST_WAITING = 256
const LONGEST_MS = 10_000

export class SearchPool {
  /** What the index held when it was opened. */
  readonly counts: IndexCounts
  readonly #source: ThreadSource
  readonly #options: Required<PoolOptions>
  readonly #threads = new Set<SearchThread>()
  readonly #idle: SearchThread[] = []
  /** In the order in which they came. */
  readonly #waiting = new Set<Waiting>()
  /** As many as were asked for; after a failed start those there are, until one succeeds. */
  #mostThreads: number
  #starting = 0
  #running = 0
  #isClosed = false
  readonly #ended = { answered: 0, aborted: 0, left: 0, refused: 0, failed: 0 }

  private constructor(
    source: ThreadSource,
    options: Required<PoolOptions>,
    first: SearchThread,
    counts: IndexCounts,
  ) {
    this.#source = source
    this.#options = options
    this.#mostThreads = options.threads
    this.counts = counts
    this.#take(first)
  }

  /** Starts one thread. Rejects with an InputError when it cannot open the index. */
  static async open(source: ThreadSource, options: PoolOptions): Promise<SearchPool> {
    const all = {
      mostWaiting: MOST_WAITING,
      longest: LONGEST_MS,
      program: SEARCH_PROGRAM,
      ...options,
    }
    const first = new SearchThread(source, all.program)
    return new SearchPool(source, all, first, await first.ready)
  }

  /**
   * The answer to a question. Rejects with the signal's reason once that is aborted, which stops
   * the search; with a RequestError 503 when too many wait or it takes too long, 500 when the
   * thread dies.
   */
  async ask(question: Question, signal: AbortSignal): Promise<JsonAnswer> {
    signal.throwIfAborted()
    if (this.#isClosed || this.#waiting.size >= this.#mostNow) {
      this.#ended.refused++
      throw busy()
    }
    let leave = () => {}
    const answer = new Promise<JsonAnswer>((resolve, reject) => {
      const waiting: Waiting = { question, signal, resolve, reject }
      leave = () => this.#leave(waiting)
      signal.addEventListener('abort', leave, { once: true })
      this.#waiting.add(waiting)
      this.#dispatch()
    })
    try {
      return await answer
    } finally {
      signal.removeEventListener('abort', leave)
    }
  }

  get status(): PoolStatus {
    return {
      threads: this.#threads.size,
      most_threads: this.#options.threads,
      running: this.#running,
      waiting: this.#waiting.size,
      ...this.#ended,
    }
  }

  /** Ends all threads; what waits or runs is refused. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#failWaiting(busy())
    await Promise.all([...this.#threads].map((thread) => thread.stop()))
  }

  /** As many as threads may take at once wait for nothing but their start. */
  get #mostNow(): number {
    return this.#options.mostWaiting + this.#idle.length
  }

  #dispatch(): void {
    for (const waiting of this.#waiting) {
      const thread = this.#idle.pop()
      if (thread === undefined) break
      this.#waiting.delete(waiting)
      this.#run(thread, waiting)
    }
    const isShort = this.#waiting.size > this.#starting
    const mayStart = this.#threads.size < Math.max(1, this.#mostThreads) && !this.#isClosed
    if (isShort && mayStart) this.#start()
  }

  async #run(thread: SearchThread, { question, signal, resolve, reject }: Waiting): Promise<void> {
    const giveUp = () => thread.giveUp()
    signal.addEventListener('abort', giveUp, { once: true })
    const timer = setTimeout(giveUp, this.#options.longest)
    this.#running++
    try {
      resolve(await thread.ask(question))
      this.#ended.answered++
    } catch (error) {
      const isStopped = error instanceof SearchStopped
      this.#ended[isStopped ? 'aborted' : 'failed']++
      if (signal.aborted) reject(signal.reason)
      else reject(isStopped ? tooLong(this.#options.longest) : error)
    }
    clearTimeout(timer)
    signal.removeEventListener('abort', giveUp)
    this.#running--
    if (this.#threads.has(thread)) this.#idle.push(thread)
    this.#dispatch()
  }

  #leave(waiting: Waiting): void {
    if (!this.#waiting.delete(waiting)) return
    this.#ended.left++
    waiting.reject(waiting.signal.reason)
  }

  #start(): void {
    const thread = new SearchThread(this.#source, this.#options.program)
    this.#threads.add(thread)
    this.#starting++
    const started = () => {
      this.#starting--
    }
    thread.ready.then(started, started)
    thread.ready.then(
      () => {
        this.#mostThreads = this.#options.threads
        this.#take(thread)
        this.#dispatch()
      },
      (error: unknown) => {
        this.#threads.delete(thread)
        this.#mostThreads = this.#threads.size
        // With nobody left to answer them, they would wait for ever.
        if (this.#threads.size === 0) this.#failWaiting(error)
      },
    )
  }

  /** A thread that is ready. */
  #take(thread: SearchThread): void {
    this.#threads.add(thread)
    this.#idle.push(thread)
    thread.ended.then(() => {
      this.#threads.delete(thread)
      const at = this.#idle.indexOf(thread)
      if (at >= 0) this.#idle.splice(at, 1)
      this.#dispatch()
    })
  }

  #failWaiting(error: unknown): void {
    for (const { reject } of this.#waiting) reject(error)
    this.#ended.failed += this.#waiting.size
    this.#waiting.clear()
  }
}

function tooLong(milliseconds: number): RequestError {
  const seconds = milliseconds / 1000
  return new RequestError(503, 'timeout', `No answer was found within ${seconds} s. Ask for less.`)
}

function busy(): RequestError {
  return new RequestError(503, 'busy', 'Too many searches are waiting. Ask again in a moment.')
}
