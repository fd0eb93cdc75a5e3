/**
 * The segments of a live index: as the manifest on the disk names them, and as the next one will.
 * Searches see the first. Whatever changes them takes turns.
 */

import { join } from 'node:path'
import type { SearchIndex as Index } from '@wenxun/core'
import { type MergeBasis, MergedParts, SearchIndex } from '@wenxun/core/build'
import { DocumentPlaces, deletedMeanwhile, type LiveSegment } from './live-segment.js'
import { SearchCounter } from './merge-pace.js'
import type { SegmentFiles } from './segment-files.js'
import type { WriterLock } from './writer-lock.js'

/** What is committed, opened for searches. */
export interface Snapshot {
  readonly parts: MergedParts
  readonly index: Index
}

/** A merge that leaves one of so many segments makes searches open the index anew. */
const REOPENED_FROM = 2

export class LiveSegments {
  readonly directory: string
  readonly basis: MergeBasis
  readonly files: SegmentFiles
  readonly searches = new SearchCounter()
  readonly #lock: WriterLock
  #committed: readonly LiveSegment[]
  /** The committed ones with what was written since. */
  #working: readonly LiveSegment[]
  #generation: number
  #places: DocumentPlaces | null = null
  #snapshot: Snapshot | null = null
  /** Files that the last manifest does not name; readers of the one before may be opening them. */
  #obsolete: string[] = []
  #turn: Promise<unknown> = Promise.resolve()

  constructor(
    directory: string,
    basis: MergeBasis,
    files: SegmentFiles,
    lock: WriterLock,
    { generation, segments }: { generation: number; segments: readonly LiveSegment[] },
  ) {
    this.directory = directory
    this.basis = basis
    this.files = files
    this.#lock = lock
    this.#committed = segments
    this.#working = segments
    this.#generation = generation
  }

  get committed(): readonly LiveSegment[] {
    return this.#committed
  }

  get working(): readonly LiveSegment[] {
    return this.#working
  }

  /** Goes up with every manifest. */
  get generation(): number {
    return this.#generation
  }

  /** Where the documents of the working segments are. */
  get places(): DocumentPlaces {
    this.#places ??= new DocumentPlaces(this.#working)
    return this.#places
  }

  /** The committed segments as they were opened last; null when they have changed since. */
  get opened(): Snapshot | null {
    return this.#snapshot
  }

  /** The committed segments, opened, for a search. */
  snapshot(): Snapshot {
    this.searches.add()
    this.#snapshot ??= this.#open()
    return this.#snapshot
  }

  #open(): Snapshot {
    const views = this.#committed.map(({ view }) => view)
    const parts = new MergedParts(views, this.basis)
    return { parts, index: new SearchIndex(parts) }
  }

  /** Calls `work` when all work before is done, whatever became of that. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work, work)
    this.#turn = result.catch(() => undefined)
    return result
  }

  /** Resolves when nobody is at work. */
  async settled(): Promise<void> {
    await this.#turn
  }

  /** Takes segments that are on the disk for the next manifest. */
  prepare(segments: readonly LiveSegment[]): void {
    this.#working = segments
  }

  /** Makes the working segments those of the index; false when they are already. */
  async commit(): Promise<boolean> {
    if (this.#working === this.#committed) return false
    await this.#publish(this.#working)
    this.#snapshot = null
    return true
  }

  /**
   * Puts a merged segment, or none when no document was left, in the place of its sources, less
   * what was deleted from them meanwhile. Nothing changes when that fails.
   */
  async replace(sources: readonly LiveSegment[], merged: LiveSegment | null): Promise<void> {
    const written = merged === null ? [] : [merged.entry.file]
    try {
      const committed = await this.#replacedIn(this.#committed, sources, merged, written)
      const isSame = this.#working === this.#committed
      const working = isSame
        ? committed
        : await this.#replacedIn(this.#working, sources, merged, written)
      const before = this.#working
      this.#working = working
      try {
        await this.#publish(committed)
        // What is found stays, so that opening anew must pay.
        const opened = this.#snapshot?.parts.views.length ?? 0
        if (opened >= REOPENED_FROM * committed.length) this.#snapshot = null
      } catch (error) {
        this.#working = before
        throw error
      }
      this.#places?.merge(sources, merged?.entry.file ?? null)
    } catch (error) {
      await this.files.remove(written)
      throw error
    }
  }

  /** Removes the files that no manifest names. What was not committed is lost. */
  async removeUnnamed(): Promise<void> {
    const named = new Set(filesOf(this.#committed))
    const flushed = filesOf(this.#working).filter((file) => !named.has(file))
    await this.files.remove([...this.#obsolete, ...flushed])
  }

  path(file: string): string {
    return join(this.directory, file)
  }

  /** Makes these segments what the index consists of. */
  async #publish(segments: readonly LiveSegment[]): Promise<void> {
    this.#lock.check()
    await this.files.writeManifest(this.#generation + 1, segments)
    const before = filesOf(this.#committed)
    this.#generation++
    this.#committed = segments
    const named = new Set([...filesOf(segments), ...filesOf(this.#working)])
    const obsolete = this.#obsolete
    this.#obsolete = before.filter((file) => !named.has(file))
    await this.files.remove(obsolete)
  }

  async #replacedIn(
    list: readonly LiveSegment[],
    sources: readonly LiveSegment[],
    merged: LiveSegment | null,
    written: string[],
  ): Promise<readonly LiveSegment[]> {
    const from = list.findIndex(({ entry }) => entry.file === sources[0]!.entry.file)
    const now = list.slice(from, from + sources.length)
    const deleted = merged === null ? null : deletedMeanwhile(sources, now)
    const after =
      merged === null || deleted === null
        ? merged
        : await this.files.withDeletion(merged, deleted, written)
    const rest = list.slice(from + sources.length)
    return [...list.slice(0, from), ...(after === null ? [] : [after]), ...rest]
  }
}

function filesOf(segments: readonly LiveSegment[]): string[] {
  return segments.flatMap(({ entry }) => [entry.file, ...entry.deletions.map(({ file }) => file)])
}
