/** One searchable field of an open index: dictionary, postings and lengths, with their scoring. */

import { corrupt } from '../errors.js'
import { PostingList } from '../postings/posting-list.js'
import { MAX_STORED_TF } from '../postings/postings-codec.js'
import type { BoundBasis } from '../postings/postings-writer.js'
import { type Bm25Parameters, tfTable } from '../ranking/bm25.js'
import { TermDictionary, type TermEntry } from '../terms/term-dictionary.js'
import type { SectionId } from './format.js'
import type { SegmentReader } from './segment-reader.js'

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
  /** Posting lists and dictionary blocks kept open between queries. */
  readonly keptLists: number
}

export class FieldIndex {
  readonly rows: number
  readonly dictionary: TermDictionary
  /** Length code of every row. */
  readonly lengths: Uint8Array
  /** tf factor by `tf << 8 | length code`; see ranking/bm25.ts. */
  readonly table: Float64Array
  readonly #postings
  readonly #basis: BoundBasis
  readonly #lists = new Map<number, PostingList>()
  readonly #keptLists: number

  constructor(segment: SegmentReader, ids: FieldSectionIds, options: FieldIndexOptions) {
    this.rows = options.rows
    this.#keptLists = options.keptLists
    this.lengths = segment.section(ids.lengths)
    if (this.lengths.length !== options.rows) {
      throw corrupt(`section ${ids.lengths} has ${this.lengths.length} rows, not ${options.rows}`)
    }
    this.table = tfTable(options.bm25, options.averageLength)
    this.#basis = { lengths: this.lengths, table: this.table, k1: options.bm25.k1 }
    this.#postings = segment.chunked(ids.postings)
    const index = segment.section(ids.termIndex)
    this.dictionary = new TermDictionary(segment.chunked(ids.terms), index, options.keptLists)
  }

  /**
   * The posting list of a term; for a character, only of rows where a run ends with it. Lists are shared between queries: use one, to its end, at a time.
   */
  list(entry: TermEntry): PostingList {
    const kept = this.#lists.get(entry.offset)
    if (kept !== undefined) return kept
    const list = this.#open(entry)
    if (this.#lists.size >= this.#keptLists) this.#lists.clear()
    this.#lists.set(entry.offset, list)
    return list
  }

  /**
   * The list of all rows that hold a character of a gram script, or null. Put together from the
   * pairs that start with it and its own list.
   */
  characterList(character: string): PostingList | null {
    const entries = this.dictionary.pairsOf(character)
    if (entries.length === 0) return null
    const counts = new Uint32Array(this.rows)
    let frequency = 0
    for (const entry of entries) {
      const list = this.list(entry)
      for (let block = 0; block < list.blocks; block++) {
        const count = list.load(block)
        for (let i = 0; i < count; i++) {
          const row = list.rows[i]!
          if (counts[row] === 0) frequency++
          counts[row] = counts[row]! + list.tfs[i]!
        }
      }
    }
    const rows = new Int32Array(frequency)
    const tfs = new Uint8Array(frequency)
    let filled = 0
    for (let row = 0; row < counts.length; row++) {
      if (counts[row] === 0) continue
      rows[filled] = row
      tfs[filled++] = Math.min(MAX_STORED_TF, counts[row]!)
    }
    return new PostingList({ rows, tfs }, frequency, this.#basis)
  }

  #open(entry: TermEntry): PostingList {
    const source = { chunks: this.#postings, offset: entry.offset }
    return new PostingList(source, entry.frequency, this.#basis)
  }

  /** Checks every block of the dictionary and every chunk of postings. */
  verify(): void {
    this.#postings.verify()
    for (const entry of this.dictionary.entries()) {
      if (entry.frequency === 0) continue
      const list = this.#open(entry)
      for (let block = 0; block < list.blocks; block++) list.load(block)
    }
  }
}
