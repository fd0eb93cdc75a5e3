/** One searchable field of an open index: dictionary, postings and lengths, with their scoring. */

import { corrupt } from '../errors.js'
import { KeptLists } from '../postings/kept-lists.js'
import { type ListKeeper, PostingList } from '../postings/posting-list.js'
import type { BoundBasis } from '../postings/postings-writer.js'
import { type Bm25Parameters, tfTable } from '../ranking/bm25.js'
import type { ChunkReader } from '../segment/chunks.js'
import type { SectionId } from '../segment/format.js'
import type { SegmentReader } from '../segment/segment-reader.js'
import { TermDictionary, type TermEntry } from '../terms/term-dictionary.js'
import type { Field } from './field.js'
import { keptCharacterList, prefixListOf } from './united-lists.js'

export interface FieldSectionIds {
  readonly terms: SectionId
  readonly termIndex: SectionId
  readonly postings: SectionId
  readonly lengths: SectionId
}

export interface FieldIndexOptions {
  readonly rows: number
  readonly averageLength: number
  readonly bm25: Bm25Parameters
  /** What is kept between queries; default: much. */
  readonly kept?: KeptOfField
}

/** Bytes that a field may keep between queries. */
export interface KeptOfField {
  /** Of open posting lists. */
  readonly lists: number
  /** Of uncompressed postings. */
  readonly postings: number
  /** Of decoded dictionary blocks. */
  readonly blocks: number
}

const MOST_KEPT: KeptOfField = {
  lists: 96 << 20,
  postings: Number.POSITIVE_INFINITY,
  blocks: 32 << 20,
}
/** About what a decoded dictionary block takes. */
const BLOCK_BYTES = 9 * 1024
/** However little memory there is, a query that looks a term up twice finds its block. */
const FEWEST_BLOCKS = 8

export class FieldIndex implements Field {
  readonly rows: number
  readonly dictionary: TermDictionary
  /** Length code of every row. */
  readonly lengths: Uint8Array
  /** tf factor by `tf << 8 | length code`; see ranking/bm25.ts. */
  readonly table: Float64Array
  /** All lists, by their offsets. */
  readonly postings: ChunkReader
  readonly #basis: BoundBasis
  /** By offset; those that are put together, by character. */
  readonly #lists: KeptLists<number | string>

  constructor(segment: SegmentReader, ids: FieldSectionIds, options: FieldIndexOptions) {
    this.rows = options.rows
    const kept = options.kept ?? MOST_KEPT
    this.#lists = new KeptLists(Math.min(kept.lists, MOST_KEPT.lists))
    this.lengths = segment.section(ids.lengths)
    if (this.lengths.length !== options.rows) {
      throw corrupt(`section ${ids.lengths} has ${this.lengths.length} rows, not ${options.rows}`)
    }
    this.table = tfTable(options.bm25, options.averageLength)
    this.#basis = { lengths: this.lengths, table: this.table, k1: options.bm25.k1 }
    this.postings = segment.chunked(ids.postings, kept.postings)
    const index = segment.section(ids.termIndex)
    const keptBlocks = Math.min(kept.blocks, MOST_KEPT.blocks)
    const blocks = Math.max(FEWEST_BLOCKS, Math.floor(keptBlocks / BLOCK_BYTES))
    // A block is decoded once and then kept as terms, not as bytes.
    const chunks = segment.chunked(ids.terms, 0)
    this.dictionary = new TermDictionary(chunks, index, blocks)
  }

  /**
   * The posting list of a term; for a character, only of rows where a run ends with it. Lists are shared between queries: use one, to its end, at a time.
   */
  list(entry: TermEntry): PostingList {
    return this.#lists.get(entry.offset, () => this.#open(entry, this.#lists))
  }

  /**
   * The list of all rows that hold a character of a gram script, or null. Put together from the
   * pairs that start with it and its own list.
   */
  characterList(character: string): PostingList | null {
    return keptCharacterList(this, character, this.#basis, this.#lists)
  }

  characterRows(character: string): number {
    return this.dictionary.get(character)?.rows ?? 0
  }

  prefixList(prefix: string): PostingList | null {
    return prefixListOf(this, prefix, this.#basis)
  }

  #open(entry: TermEntry, keeper?: ListKeeper): PostingList {
    const source = { chunks: this.postings, offset: entry.offset }
    return new PostingList(source, entry.frequency, this.#basis, keeper)
  }

  /** Reads what is kept between queries, piece by piece. */
  *warm(): Generator<void> {
    yield* this.dictionary.warm()
    for (let chunk = 0; chunk < this.postings.count; chunk++) {
      this.postings.chunk(chunk)
      yield
    }
  }

  /** Checks every block of the dictionary and every chunk of postings. */
  verify(): void {
    this.postings.verify()
    for (const entry of this.dictionary.entries()) {
      if (entry.frequency === 0) continue
      const list = this.#open(entry)
      for (let block = 0; block < list.blocks; block++) list.load(block)
    }
  }
}
