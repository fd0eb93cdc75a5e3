/** The files that a writer of a live index writes: segments, lists of deleted documents. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import type { SourceDocument } from '@wenxun/core'
import {
  BuildTables,
  type Deletion,
  encodeDeletion,
  IndexBuilder,
  joinDeletions,
  type MergeBasis,
  SegmentView,
  type Steps,
} from '@wenxun/core/build'
import type { Analyzer } from '@wenxun/tokenizer'
import { entryOf, replaceDurably, syncDirectory, writeDurably } from './durable-files.js'
import type { LiveSegment } from './live-segment.js'
import { encodeManifest, fileName, MANIFEST, type SegmentEntry } from './manifest.js'
import { openBytes } from './open-segments.js'

/** Longest that building a batch keeps a search waiting, in milliseconds. */
const SLICE = 5
/** Larger batches leave more memory behind than is worth keeping, in UTF-16 units of text. */
const LARGEST_KEPT = 1 << 20
/** Lists of deleted documents beside a segment before they become one. */
const MOST_DELETION_FILES = 8

/** Methods add the names of the files that they write to `written`, for when they are in vain. */
export class SegmentFiles {
  /** Number of the next file. */
  next: number
  /** Bytes written so far. */
  bytesWritten = 0
  readonly #directory: string
  readonly #analyzer: Analyzer
  readonly #basis: MergeBasis
  /** Of the builder before; builders come one after the other. */
  #tables: BuildTables | null = null

  constructor(directory: string, analyzer: Analyzer, basis: MergeBasis, next: number) {
    this.#directory = directory
    this.#analyzer = analyzer
    this.#basis = basis
    this.next = next
  }

  /** A segment of new documents. */
  async writeSegment(
    documents: readonly SourceDocument[],
    written: string[],
  ): Promise<LiveSegment> {
    const builder = this.#newBuilder()
    await inSlices(adding(builder, documents))
    const bytes = await inSlices(builder.finishing())
    if (builder.textUnits > LARGEST_KEPT) this.#tables = null
    const file = this.newFile('wx', written)
    await this.#write(file, bytes)
    const segment = openBytes(join(this.#directory, file), bytes)
    const entry: SegmentEntry = {
      ...entryOf(file, bytes),
      documents: documents.length,
      merged: false,
      deletions: [],
    }
    return { entry, view: new SegmentView(segment) }
  }

  /** The segment without these documents, too. */
  async writeDeleted(
    { entry, view }: LiveSegment,
    documents: readonly number[],
    written: string[],
  ): Promise<LiveSegment> {
    const builder = this.#newBuilder()
    const sources = documents.map((document) => view.source(document))
    await inSlices(adding(builder, sources))
    const counts = await inSlices(builder.finishingCounts())
    if (builder.textUnits > LARGEST_KEPT) this.#tables = null
    return this.withDeletion({ entry, view }, { documents, counts }, written)
  }

  /** The segment with a list of deleted documents more. */
  async withDeletion(
    { entry, view }: LiveSegment,
    deletion: Deletion,
    written: string[],
  ): Promise<LiveSegment> {
    const isFull = view.deletions.length >= MOST_DELETION_FILES
    const own = isFull ? joinDeletions([...view.deletions, deletion]) : deletion
    const bytes = deflateRawSync(encodeDeletion(own))
    const file = this.newFile('gone', written)
    await this.#write(file, bytes)
    const deletions = [
      ...(isFull ? [] : entry.deletions),
      { ...entryOf(file, bytes), documents: own.documents.length },
    ]
    const after = isFull ? new SegmentView(view.segment, [own], view) : view.without(own)
    return { entry: { ...entry, deletions }, view: after }
  }

  #newBuilder(): IndexBuilder {
    this.#tables ??= new BuildTables(this.#analyzer.segmenter.idLimit)
    return new IndexBuilder({
      analyzer: this.#analyzer,
      bm25: this.#basis.bm25,
      // A search over segments works these out anew.
      pinyin: false,
      synonyms: false,
      mergeable: true,
      tables: this.#tables,
      ...(this.#basis.lean && { lean: true }),
    })
  }

  /** The name of a new file; it is added to `written`. */
  newFile(kind: 'wx' | 'gone', written: string[]): string {
    const file = fileName(this.next++, kind)
    written.push(file)
    return file
  }

  async #write(file: string, bytes: Uint8Array): Promise<void> {
    await writeDurably(join(this.#directory, file), bytes)
    this.bytesWritten += bytes.length
  }

  /** Puts a manifest of these segments in the place of the last one. */
  async writeManifest(generation: number, segments: readonly LiveSegment[]): Promise<void> {
    const { analyzer, bm25, lean } = this.#basis
    const bytes = encodeManifest({
      generation,
      next: this.next,
      analyzer,
      bm25,
      ...(lean && { profile: 'lean' }),
      segments: segments.map(({ entry }) => entry),
    })
    // The files that it names come first.
    await syncDirectory(this.#directory)
    await replaceDurably(join(this.#directory, MANIFEST), bytes, this.#directory)
    this.bytesWritten += bytes.length
  }

  /** A file that cannot be removed yet is an orphan that the next opening finds. */
  async remove(files: readonly string[]): Promise<void> {
    for (const file of files) {
      await rm(join(this.#directory, file), { force: true }).catch(() => undefined)
    }
  }
}

function* adding(builder: IndexBuilder, documents: readonly SourceDocument[]): Steps<void> {
  for (const document of documents) {
    builder.add(document)
    yield
  }
}

/** Takes the steps, letting others run in between. */
async function inSlices<T>(steps: Steps<T>): Promise<T> {
  let since = performance.now()
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
    if (performance.now() - since < SLICE) continue
    await new Promise((resolve) => setImmediate(resolve))
    since = performance.now()
  }
}
