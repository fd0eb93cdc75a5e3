/**
 * Pages read in threads, in batches: what a thread has read waits until it is asked for, and no
 * more batches are under way than the threads need to be busy. Batches go to the threads in turn
 * and are taken in the same order, so that items come as if one had read them all.
 */
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { PagePlace } from './page-file.js'
import type { SiteItem, SiteOptions } from './types.js'

/** What every thread is told at its start. */
export interface ThreadTask {
  readonly options: Omit<SiteOptions, 'onProgress'>
  readonly encoding: string | null
  readonly onlyMarked: boolean
  readonly limit: number
}

export type ThreadAnswer =
  | { readonly items: readonly SiteItem[]; readonly failed?: undefined }
  | { readonly failed: { readonly message: string; readonly stack: string } }

/** Where Node can run the sources as they stand there is no such file, and no threads. */
const builtProgram = new URL('./page-worker.js', import.meta.url)

/** A batch ends when it holds so many bytes of pages: some milliseconds of reading. */
const batchBytes = 256 * 1024
const batchPages = 64
/** Batches under way for every thread: one being read, one to go on with, one to be taken. */
const batchesEach = 3
/** A smaller site is read before a thread has loaded its programs. */
const worthBytes = 4 * 1024 * 1024
/** Reading takes less than indexing, which one thread does: more would wait. */
const mostThreads = 2

/** How many threads to read so many bytes of pages with, beside the one that takes the items. */
export function threadsFor(totalBytes: number): number {
  if (totalBytes < worthBytes || !existsSync(builtProgram)) return 0
  return Math.min(mostThreads, availableParallelism() - 1)
}

/** The pages in runs that are read at once. */
export function batchesOf(places: readonly PagePlace[]): PagePlace[][] {
  const batches: PagePlace[][] = []
  let open: PagePlace[] = []
  let bytes = 0
  for (const place of places) {
    if (open.length > 0 && (bytes + place.bytes > batchBytes || open.length === batchPages)) {
      batches.push(open)
      open = []
      bytes = 0
    }
    open.push(place)
    bytes += place.bytes
  }
  return open.length > 0 ? [...batches, open] : batches
}

/** One thread; its answers come in the order of its batches. */
class PageThread {
  readonly #worker: Worker
  readonly #waiting: {
    readonly places: readonly PagePlace[]
    resolve(items: readonly SiteItem[]): void
    reject(error: Error): void
  }[] = []
  /** Why it does not work any more. */
  #end: Error | null = null

  constructor(program: URL, task: ThreadTask) {
    this.#worker = new Worker(program, { workerData: task })
    this.#worker.on('message', (answer: ThreadAnswer) => this.#take(answer))
    this.#worker.on('error', (error: Error) => this.#fail(error.message))
    this.#worker.on('messageerror', (error: Error) => this.#fail(error.message))
    this.#worker.on('exit', (code) => this.#fail(`the thread ended with code ${code}`))
  }

  read(places: readonly PagePlace[]): Promise<readonly SiteItem[]> {
    const items = new Promise<readonly SiteItem[]>((resolve, reject) => {
      this.#waiting.push({ places, resolve, reject })
    })
    // Whoever takes the batch hears of the error; until then it is nobody's.
    items.catch(() => undefined)
    if (this.#end) this.#rejectAll(this.#end.message)
    else this.#worker.postMessage(places)
    return items
  }

  async stop(): Promise<void> {
    await this.#worker.terminate()
  }

  #take(answer: ThreadAnswer): void {
    const batch = this.#waiting.shift()
    if (answer.failed === undefined) batch?.resolve(answer.items)
    else {
      const { message, stack } = answer.failed
      batch?.reject(Object.assign(new Error(message), { stack }))
    }
  }

  #fail(reason: string): void {
    this.#end ??= new Error(reason)
    this.#rejectAll(this.#end.message)
  }

  #rejectAll(reason: string): void {
    for (const { places, reject } of this.#waiting.splice(0)) {
      const more = places.length > 1 ? ` or one of the ${places.length - 1} after it` : ''
      reject(new Error(`${places[0]?.path}${more}: reading it failed: ${reason}`))
    }
  }
}

/**
 * The items of the pages in order, read by `threads` threads, at least one. The threads are gone
 * when it is done, given up or failed. `program` is the worker as Node can run it.
 */
export async function* threadedItems(
  places: readonly PagePlace[],
  task: ThreadTask,
  threads: number,
  program: URL = builtProgram,
): AsyncGenerator<SiteItem> {
  const pool = Array.from({ length: threads }, () => new PageThread(program, task))
  const batches = batchesOf(places)
  const underWay: Promise<readonly SiteItem[]>[] = []
  let next = 0
  try {
    for (let taken = 0; taken < batches.length; taken++) {
      while (next < batches.length && underWay.length < threads * batchesEach) {
        underWay.push(pool[next % threads]!.read(batches[next]!))
        next++
      }
      yield* await underWay.shift()!
    }
  } finally {
    await Promise.all(pool.map((thread) => thread.stop()))
  }
}
