/**
 * A live index: documents come and go while it is searched.
 *
 * What is pending is in memory until a commit writes it: new documents as a segment of their own,
 * deleted ones as a list beside their segment. A commit counts from the moment the manifest is
 * replaced; what was not committed is lost with the process. Searches see the last commit, merges
 * in the background change nothing that they find.
 */
import {
  type SearchIndex as Index,
  IndexError,
  type LocalSearchOptions,
  type SearchResult,
  type SourceDocument,
} from '@wenxun/core'
import type { MergeBasis } from '@wenxun/core/build'
import type { Analyzer } from '@wenxun/tokenizer'
import { BackgroundMerges } from './background-merges.js'
import type { DocumentPlaces, LiveSegment } from './live-segment.js'
import { LiveSegments } from './live-segments.js'
import type { Manifest } from './manifest.js'
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
  readonly #lock: WriterLock
  readonly #segments: LiveSegments
  readonly #merges: BackgroundMerges
  readonly #mergesInBackground: boolean
  readonly #pending = new PendingChanges()
  #added = 0
  #removed = 0
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
    const basis: MergeBasis = {
      analyzer: manifest.analyzer,
      bm25: manifest.bm25,
      folds: { from: folds.from, to: folds.to, ambiguous: folds.ambiguous ?? '' },
      lean: manifest.profile === 'lean',
    }
    const { generation, next } = manifest
    const files = new SegmentFiles(directory, analyzer, basis, next)
    this.#lock = lock
    this.#segments = new LiveSegments(directory, basis, files, lock, { generation, segments })
    this.#merges = new BackgroundMerges(this.#segments)
    this.#mergesInBackground = options.backgroundMerge ?? true
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
    return this.#segments.places.get(id) !== undefined
  }

  /** Searches what is committed. */
  search(query: string, options?: LocalSearchOptions): SearchResult {
    return this.snapshot().search(query, options)
  }

  /** What is committed now, as an index that later commits do not change. */
  snapshot(): Index {
    return this.#segments.snapshot().index
  }

  get status(): LiveStatus {
    const { committed, generation, files } = this.#segments
    const views = committed.map(({ view }) => view)
    return {
      generation,
      documents: views.reduce((sum, { documents }) => sum + documents.count, 0),
      paragraphs: views.reduce((sum, { text }) => sum + text.rows.count, 0),
      segments: views.length,
      bytes: committed.reduce((sum, segment) => sum + bytesOf(segment), 0),
      pending: this.#pending.count,
      pendingUnits: this.#pending.units,
      isMerging: this.#merges.isMerging,
      bytesWritten: files.bytesWritten,
      mergeError: this.#merges.error,
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
      if (await this.#segments.commit()) {
        this.#added = 0
        this.#removed = 0
        this.#merges.forgive()
        if (this.#mergesInBackground) this.#merges.start()
      }
      const { generation, documents } = this.status
      return { generation, documents, added, removed }
    })
  }

  /** Writes what is pending to the disk without committing it: for more than memory holds. */
  async flush(): Promise<void> {
    await this.#inTurn(() => this.#writePending())
  }

  /** Merges until there is nothing left to merge, as is done in the background otherwise. */
  async merge(): Promise<void> {
    this.#checkOpen()
    this.#merges.start()
    await this.#merges.finished()
  }

  /** Merges everything that is committed into one segment, which is an ordinary index file. */
  async compact(): Promise<void> {
    this.#checkOpen()
    await this.#merges.compact()
  }

  /** Stops merging, gives the lock up. What is pending or flushed but not committed is lost. */
  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    await this.#merges.stop()
    await this.#segments.settled()
    await this.#segments.removeUnnamed()
    this.#lock.release()
  }

  #checkOpen(): void {
    if (!this.#isClosed) return
    throw new IndexError('CLOSED', `${this.#segments.directory} was closed.`)
  }

  /** Writers take turns: commits, flushes, and what a merge changes in the end. */
  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.#checkOpen()
    return await this.#segments.inTurn(work)
  }

  async #writePending(): Promise<void> {
    if (this.#pending.count === 0) return
    const taken = this.#pending.take()
    const written: string[] = []
    try {
      const { places, working, files } = this.#segments
      const gone = goneDocuments(taken.keys(), places)
      const documents = [...taken.values()].filter((document) => document !== null)
      const added = documents.length === 0 ? [] : [await files.writeSegment(documents, written)]
      const changed = new Map<string, LiveSegment>()
      for (const segment of working) {
        const numbers = gone.get(segment.entry.file)
        if (numbers === undefined) continue
        changed.set(segment.entry.file, await files.writeDeleted(segment, numbers, written))
      }
      if (added.length === 0 && changed.size === 0) return
      const kept = working.map((segment) => changed.get(segment.entry.file) ?? segment)
      this.#segments.prepare([...kept, ...added])
      this.#added += documents.length
      for (const numbers of gone.values()) this.#removed += numbers.length
      for (const id of taken.keys()) places.remove(id)
      for (const { entry } of added) {
        const ids = documents.map(({ id }) => id)
        places.add(entry.file, ids, () => true)
      }
    } catch (error) {
      this.#pending.giveBack(taken)
      await this.#segments.files.remove(written)
      throw error
    }
  }
}

/** By segment: numbers of the documents with these ids, ascending. */
function goneDocuments(ids: Iterable<string>, places: DocumentPlaces): Map<string, number[]> {
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

function bytesOf({ entry }: LiveSegment): number {
  return entry.deletions.reduce((sum, { bytes }) => sum + bytes, entry.bytes)
}
