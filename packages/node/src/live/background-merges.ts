/** Merges the segments of a live index beside searches and commits, one merge at a time. */

import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { SegmentView } from '@wenxun/core/build'
import type { LiveSegment } from './live-segment.js'
import type { LiveSegments } from './live-segments.js'
import { SearchCounter } from './merge-pace.js'
import { nextMerge } from './merge-policy.js'
import { MergeStopped, type RunningMerge, startMerge } from './merge-thread.js'
import { openBytes } from './open-segments.js'

/** From so many segments on, merges do not rest for searches. */
const LATE_FROM = 48

/** Milliseconds of warming up after which searches have their turn; one long list may take more. */
const WARM_UP_SLICE = 0.5

export class BackgroundMerges {
  readonly #segments: LiveSegments
  #work: Promise<void> | null = null
  #merge: RunningMerge | null = null
  #error: Error | null = null
  #isStopped = false

  constructor(segments: LiveSegments) {
    this.#segments = segments
  }

  get isMerging(): boolean {
    return this.#work !== null
  }

  /** Why the last merge failed; null when it did not. */
  get error(): Error | null {
    return this.#error
  }

  /** Forgets why a merge failed: the next start tries it again. */
  forgive(): void {
    this.#error = null
  }

  /** Merges what the policy finds, unless that is going on. */
  start(): void {
    if (this.#work !== null) return
    this.#do(async () => {
      for (let run = this.#nextRun(); run !== null; run = this.#nextRun()) await this.#mergeAll(run)
    })
  }

  /** Resolves when no merge is left; throws the error that ended the last one. */
  async finished(): Promise<void> {
    await this.#work
    if (this.#error !== null) throw this.#error
  }

  /** Merges everything that is committed into one segment; throws what prevents it. */
  async compact(): Promise<void> {
    while (this.#work !== null) await this.#work
    const { committed } = this.#segments
    const [first, second] = committed
    if (first === undefined) return
    const isCompact = second === undefined && first.entry.merged
    if (isCompact && first.entry.deletions.length === 0) return
    this.#do(() => this.#mergeAll(committed))
    await this.finished()
  }

  /** Ends what is going on, and merges no more. */
  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#merge?.stop()
    await this.#work
  }

  #nextRun(): readonly LiveSegment[] | null {
    if (this.#isStopped) return null
    const { committed } = this.#segments
    const run = nextMerge(
      committed.map(({ entry, view }) => ({
        bytes: entry.bytes,
        documents: entry.documents,
        deleted: view.documents.gone.length,
      })),
    )
    return run === null ? null : committed.slice(run.from, run.to)
  }

  /** What goes wrong is kept in `error`. */
  #do(work: () => Promise<void>): void {
    this.#error = null
    const doing = work()
      .catch((error: unknown) => {
        if (error instanceof MergeStopped) return
        this.#error = error instanceof Error ? error : new Error(String(error))
      })
      .finally(() => {
        if (this.#work === doing) this.#work = null
      })
    this.#work = doing
  }

  async #mergeAll(sources: readonly LiveSegment[]): Promise<void> {
    const { directory, basis, files } = this.#segments
    const file = files.newFile('wx', [])
    const segments = sources.map(({ entry }) => entry)
    // So many segments make searches slower than a merge beside them does.
    const isLate = this.#segments.committed.length >= LATE_FROM
    const searches = isLate ? new SearchCounter() : this.#segments.searches
    this.#merge = startMerge({ directory, segments, basis, file }, searches)
    try {
      const made = await this.#merge.result
      let merged: LiveSegment | null = null
      if (made !== null) {
        const path = this.#segments.path(file)
        const view = new SegmentView(openBytes(path, await readFile(path)))
        await this.#warmUp(view)
        const documents = sources.reduce((sum, source) => sum + source.view.documents.count, 0)
        merged = { entry: { ...made, documents, merged: true, deletions: [] }, view }
        files.bytesWritten += made.bytes
      }
      await this.#segments.inTurn(() => this.#segments.replace(sources, merged))
    } finally {
      this.#merge = null
    }
  }

  /** Reads a segment before searches do, a little at a time between them. */
  async #warmUp(view: SegmentView): Promise<void> {
    const { opened } = this.#segments
    if (opened === null) return
    let start = performance.now()
    for (const _ of opened.parts.warm(view)) {
      if (performance.now() - start < WARM_UP_SLICE) continue
      // A timer, so that requests have their turn.
      await sleep(1)
      if (this.#isStopped) return
      start = performance.now()
    }
  }
}
