/**
 * A live index: documents come and go while it is searched.
 *
 * What is pending is in memory until a commit writes it: new documents as a segment of their own,
 * deleted ones as a list beside their segment. A commit counts from the moment the manifest is
 * replaced; what was not committed is lost with the process. Searches see the last commit, merges
 * in the background change nothing that they find.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type SearchIndex as Index,
  IndexError,
  type LocalSearchOptions,
  type SearchResult,
  type SourceDocument,
} from '@wenxun/core'
import { type MergeBasis, MergedParts, SearchIndex, SegmentView } from '@wenxun/core/build'
import type { Analyzer } from '@wenxun/tokenizer'
import { DocumentPlaces, deletedMeanwhile, type LiveSegment } from './live-segment.js'
import type { Manifest } from './manifest.js'
import { nextMerge } from './merge-policy.js'
import { MergeStopped, type RunningMerge, startMerge } from './merge-thread.js'
import { openBytes } from './open-segments.js'
import { PendingChanges } from './pending-changes.js'
import { SegmentFiles } from './segment-files.js'
import type { WriterLock } from './writer-lock.js'

/** What a commit wrote. */
export interface CommitReport {
  readonly generation: number
  /** Documents in the index now. */
  readonly documents: number
  /** Documents that came, those that replace another included. */
  readonly added: number
  /** Documents that went, replaced ones included. */
  readonly removed: number
}

export interface LiveStatus {
  readonly generation: number
  readonly documents: number
  readonly paragraphs: number
  readonly segments: number
  /** Bytes of its files. */
  readonly bytes: number
  /** Documents and deletions that no commit has written yet. */
  readonly pending: number
  /** UTF-16 units of text among them. */
  readonly pendingUnits: number
  readonly isMerging: boolean
  /** Bytes written to the disk since the index was opened, by commits and merges. */
  readonly bytesWritten: number
  /** Why merging in the background stopped; it goes on after the next commit. */
  readonly mergeError: Error | null
}

export class LiveIndex {
  readonly #directory: string
  readonly #lock: WriterLock
  readonly #files: SegmentFiles
  readonly #basis: MergeBasis
  readonly #mergesInBackground: boolean
  /** What the manifest on the disk says. */
  #committed: readonly LiveSegment[]
  /** The same with what `flush` has written. */
  #working: readonly LiveSegment[]
  #generation: number
  readonly #pending = new PendingChanges()
  #added = 0
  #removed = 0
  #places: DocumentPlaces | null = null
  #snapshot: Snapshot | null = null
  /** Files that the last manifest does not name; readers of the one before may be opening them. */
  #obsolete: string[] = []
  #turn: Promise<unknown> = Promise.resolve()
  #merging: Promise<void> | null = null
  #merge: RunningMerge | null = null
  #mergeError: Error | null = null
  #isClosed = false

  /** @internal Use `openLiveIndex`. */
  constructor(
    directory: string,
    lock: WriterLock,
    manifest: Manifest,
    segments: readonly LiveSegment[],
    analyzer: Analyzer,
    options: { backgroundMerge?: boolean },
  ) {
    const { folds } = analyzer
    this.#directory = directory
    this.#lock = lock
    this.#basis = {
      analyzer: manifest.analyzer,
      bm25: manifest.bm25,
      folds: { from: folds.from, to: folds.to, ambiguous: folds.ambiguous ?? '' },
      lean: manifest.profile === 'lean',
    }
    this.#mergesInBackground = options.backgroundMerge ?? true
    this.#committed = segments
    this.#working = segments
    this.#generation = manifest.generation
    this.#files = new SegmentFiles(directory, analyzer, this.#basis, manifest.next)
  }

  /**
   * Takes documents for the next commit. One with the id of another takes its place, behind all
   * others. Documents are copied.
   * @throws IndexError BAD_DOCUMENT; the documents before it were taken
   */
  upsert(documents: SourceDocument | Iterable<SourceDocument>): void {
    this.#checkOpen()
    const all = Symbol.iterator in documents ? documents : [documents]
    for (const document of all) this.#pending.upsert(document)
  }

  /** Deletes documents with the next commit. Ids that are not there are passed over. */
  delete(ids: string | Iterable<string>): void {
    this.#checkOpen()
    for (const id of typeof ids === 'string' ? [ids] : ids) this.#pending.delete(id)
  }

  /** Whether a document is there, as the next commit will have it. */
  has(id: string): boolean {
    const pending = this.#pending.get(id)
    if (pending !== undefined) return pending !== null
    this.#places ??= new DocumentPlaces(this.#working)
    return this.#places.get(id) !== undefined
  }

  /** Searches what is committed. */
  search(query: string, options?: LocalSearchOptions): SearchResult {
    return this.snapshot().search(query, options)
  }

  /** What is committed now, as an index that later commits do not change. */
  snapshot(): Index {
    this.#snapshot ??= this.#open()
    return this.#snapshot.index
  }

  #open(): Snapshot {
    const views = this.#committed.map(({ view }) => view)
    const parts = new MergedParts(views, this.#basis)
    return { parts, index: new SearchIndex(parts) }
  }

  get status(): LiveStatus {
    const views = this.#committed.map(({ view }) => view)
    return {
      generation: this.#generation,
      documents: views.reduce((sum, { documents }) => sum + documents.count, 0),
      paragraphs: views.reduce((sum, { text }) => sum + text.rows.count, 0),
      segments: views.length,
      bytes: this.#committed.reduce((sum, segment) => sum + bytesOf(segment), 0),
      pending: this.#pending.count,
      pendingUnits: this.#pending.units,
      isMerging: this.#merging !== null,
      bytesWritten: this.#files.bytesWritten,
      mergeError: this.#mergeError,
    }
  }

  /**
   * Writes what is pending, and makes it and all that `flush` wrote part of the index: when the
   * promise is kept, it is on the disk. When it is broken the index is as it was, what was pending
   * is pending again, and the next commit tries anew.
   */
  commit(): Promise<CommitReport> {
    return this.#inTurn(async () => {
      await this.#writePending()
      const [added, removed] = [this.#added, this.#removed]
      if (this.#working !== this.#committed) {
        await this.#publish(this.#working)
        this.#snapshot = null
        this.#added = 0
        this.#removed = 0
        this.#mergeError = null
        if (this.#mergesInBackground) this.#startMerging()
      }
      return { generation: this.#generation, documents: this.status.documents, added, removed }
    })
  }

  /** Writes what is pending to the disk without committing it: for more than memory holds. */
  async flush(): Promise<void> {
    await this.#inTurn(() => this.#writePending())
  }

  /** Merges until there is nothing left to merge, as is done in the background otherwise. */
  async merge(): Promise<void> {
    this.#checkOpen()
    this.#startMerging()
    await this.#merging
    if (this.#mergeError !== null) throw this.#mergeError
  }

  /** Merges everything that is committed into one segment, which is an ordinary index file. */
  async compact(): Promise<void> {
    this.#checkOpen()
    while (this.#merging !== null) await this.#merging
    const [first, second] = this.#committed
    if (first === undefined) return
    const isCompact = second === undefined && first.entry.merged
    if (isCompact && first.entry.deletions.length === 0) return
    const segments = this.#committed
    await this.#asMerging(() => this.#mergeSegments(segments))
    if (this.#mergeError !== null) throw this.#mergeError
  }

  /** Stops merging, gives the lock up. What is pending or flushed but not committed is lost. */
  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    await this.#merge?.stop()
    await this.#merging
    await this.#turn.catch(() => undefined)
    const named = new Set(filesOf(this.#committed))
    const flushed = filesOf(this.#working).filter((file) => !named.has(file))
    await this.#files.remove([...this.#obsolete, ...flushed])
    this.#lock.release()
  }

  #checkOpen(): void {
    if (this.#isClosed) throw new IndexError('CLOSED', `${this.#directory} was closed.`)
  }

  /** Writers take turns: commits, flushes, and what a merge changes in the end. */
  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.#checkOpen()
    return await this.#inLine(work)
  }

  #inLine<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work, work)
    this.#turn = result.catch(() => undefined)
    return result
  }

  async #writePending(): Promise<void> {
    if (this.#pending.count === 0) return
    const taken = this.#pending.take()
    const written: string[] = []
    try {
      this.#places ??= new DocumentPlaces(this.#working)
      const gone = this.#goneDocuments(taken.keys(), this.#places)
      const documents = [...taken.values()].filter((document) => document !== null)
      const added =
        documents.length === 0 ? [] : [await this.#files.writeSegment(documents, written)]
      const changed = new Map<string, LiveSegment>()
      for (const segment of this.#working) {
        const numbers = gone.get(segment.entry.file)
        if (numbers === undefined) continue
        changed.set(segment.entry.file, await this.#files.writeDeleted(segment, numbers, written))
      }
      if (added.length === 0 && changed.size === 0) return
      const kept = this.#working.map((segment) => changed.get(segment.entry.file) ?? segment)
      this.#working = [...kept, ...added]
      this.#added += documents.length
      for (const numbers of gone.values()) this.#removed += numbers.length
      for (const id of taken.keys()) this.#places.remove(id)
      for (const { entry } of added) {
        const ids = documents.map(({ id }) => id)
        this.#places.add(entry.file, ids, () => true)
      }
    } catch (error) {
      this.#pending.giveBack(taken)
      await this.#files.remove(written)
      throw error
    }
  }

  /** By segment: numbers of the documents with these ids, ascending. */
  #goneDocuments(ids: Iterable<string>, places: DocumentPlaces): Map<string, number[]> {
    const gone = new Map<string, number[]>()
    for (const id of ids) {
      const place = places.get(id)
      if (place === undefined) continue
      const numbers = gone.get(place.file)
      if (numbers === undefined) gone.set(place.file, [place.document])
      else numbers.push(place.document)
    }
    for (const numbers of gone.values()) numbers.sort((a, b) => a - b)
    return gone
  }

  /** Makes these segments what the index consists of. */
  async #publish(segments: readonly LiveSegment[]): Promise<void> {
    this.#lock.check()
    await this.#files.writeManifest(this.#generation + 1, segments)
    const before = filesOf(this.#committed)
    this.#generation++
    this.#committed = segments
    const named = new Set([...filesOf(segments), ...filesOf(this.#working)])
    const obsolete = this.#obsolete
    this.#obsolete = before.filter((file) => !named.has(file))
    await this.#files.remove(obsolete)
  }

  #startMerging(): void {
    if (this.#merging !== null) return
    this.#asMerging(async () => {
      for (let run = this.#nextRun(); run !== null; run = this.#nextRun()) {
        await this.#mergeSegments(run)
      }
    })
  }

  #nextRun(): readonly LiveSegment[] | null {
    if (this.#isClosed) return null
    const run = nextMerge(
      this.#committed.map(({ entry, view }) => ({
        bytes: entry.bytes,
        documents: entry.documents,
        deleted: view.documents.gone.length,
      })),
    )
    return run === null ? null : this.#committed.slice(run.from, run.to)
  }

  /** Never rejects: what goes wrong is kept in `mergeError`. */
  #asMerging(work: () => Promise<void>): Promise<void> {
    this.#mergeError = null
    const merging = work()
      .catch((error: unknown) => {
        if (error instanceof MergeStopped) return
        this.#mergeError = error instanceof Error ? error : new Error(String(error))
      })
      .finally(() => {
        if (this.#merging === merging) this.#merging = null
      })
    this.#merging = merging
    return merging
  }

  async #mergeSegments(sources: readonly LiveSegment[]): Promise<void> {
    const file = this.#files.newFile('wx', [])
    this.#merge = startMerge({
      directory: this.#directory,
      segments: sources.map(({ entry }) => entry),
      basis: this.#basis,
      file,
    })
    try {
      const made = await this.#merge.result
      const path = join(this.#directory, file)
      const opened = made === null ? null : new SegmentView(openBytes(path, await readFile(path)))
      if (opened !== null) await this.#warmUp(opened)
      const left = sources.reduce((sum, { view }) => sum + view.documents.count, 0)
      const merged: LiveSegment | null =
        made === null || opened === null
          ? null
          : { entry: { ...made, documents: left, merged: true, deletions: [] }, view: opened }
      this.#files.bytesWritten += made?.bytes ?? 0
      await this.#inLine(() => this.#replace(sources, merged))
    } finally {
      this.#merge = null
    }
  }

  /** Reads a segment before searches do, a little at a time between them. */
  async #warmUp(view: SegmentView): Promise<void> {
    if (this.#snapshot === null) return
    let start = performance.now()
    for (const _ of this.#snapshot.parts.warm(view)) {
      if (performance.now() - start < WARM_UP_SLICE) continue
      // A timer, so that requests have their turn.
      await sleep(1)
      if (this.#isClosed) return
      start = performance.now()
    }
  }

  /** Puts a merged segment in the place of its sources, less what was deleted meanwhile. */
  async #replace(sources: readonly LiveSegment[], merged: LiveSegment | null): Promise<void> {
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
      await this.#files.remove(written)
      throw error
    }
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
        : await this.#files.withDeletion(merged, deleted, written)
    const rest = list.slice(from + sources.length)
    return [...list.slice(0, from), ...(after === null ? [] : [after]), ...rest]
  }
}

/** A merge that leaves one of so many segments makes searches open the index anew. */
const REOPENED_FROM = 2

/** What is committed, opened for searches. */
interface Snapshot {
  readonly parts: MergedParts
  readonly index: Index
}

/** Milliseconds of warming up after which searches have their turn; one long list may take more. */
const WARM_UP_SLICE = 0.5

function filesOf(segments: readonly LiveSegment[]): string[] {
  return segments.flatMap(({ entry }) => [entry.file, ...entry.deletions.map(({ file }) => file)])
}

function bytesOf({ entry }: LiveSegment): number {
  return entry.deletions.reduce((sum, { bytes }) => sum + bytes, entry.bytes)
}
