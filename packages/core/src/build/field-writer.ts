/** Writes the counted terms of a field, which come in order: its dictionary and its postings. */

import type { CountTable } from '../counts/count-table.js'
import { wordShareOf } from '../counts/index-counts.js'
import { PostingsWriter } from '../postings/postings-writer.js'
import { type Bm25Parameters, tfTable } from '../ranking/bm25.js'
import { decodeLength } from '../ranking/length-code.js'
import { ChunkWriter, type Deflate } from '../segment/chunks.js'
import { POSTINGS_CHUNK_BYTES } from '../segment/format.js'
import { TermDictionaryWriter } from '../terms/term-dictionary.js'
import { CountedPairs } from './counted-pairs.js'
import type { CountedTerm } from './counted-term.js'
import type { FieldSections } from './segment-layout.js'
import type { Spill } from './spill.js'
import { SpilledBytes } from './spilled-bytes.js'

export class FieldWriter {
  readonly #lengths: Uint8Array
  readonly #averageLength: number
  readonly #blocks: ChunkWriter
  readonly #dictionary: TermDictionaryWriter
  readonly #postings: ChunkWriter
  readonly #lists: PostingsWriter
  readonly #pairs = new CountedPairs()
  #termCount = 0

  /** `lengths`: of all rows, as codes; `spill`: where finished postings wait, default memory. */
  constructor(lengths: Uint8Array, parameters: Bm25Parameters, deflate: Deflate, spill?: Spill) {
    this.#lengths = lengths
    this.#averageLength = average(lengths)
    this.#blocks = new ChunkWriter(deflate, Number.POSITIVE_INFINITY, { content: 'terms' })
    this.#dictionary = new TermDictionaryWriter(this.#blocks)
    const packed = spill === undefined ? undefined : new SpilledBytes(spill)
    this.#postings = new ChunkWriter(deflate, POSTINGS_CHUNK_BYTES, { content: 'postings', packed })
    const table = tfTable(parameters, this.#averageLength)
    this.#lists = new PostingsWriter(this.#postings, { lengths, table, k1: parameters.k1 })
  }

  /** Takes the next term; `charRows`: rows that hold a character in a run, 0 for other terms. */
  add(counted: CountedTerm, charRows: number): void {
    const { term, frequency, occurrences } = counted
    const rows = Math.max(frequency, charRows)
    if (rows === 0) return
    const wordShare = wordShareOf(occurrences, counted.asWord)
    if (occurrences > 0) this.#pairs.add(counted)
    const isEmpty = frequency === 0
    const offset = isEmpty
      ? this.#postings.rawLength
      : this.#lists.write(counted.postings, frequency)
    this.#dictionary.add({ term, frequency, rows, wordShare, offset })
    this.#termCount++
  }

  /** What was counted of the pairs among the terms. */
  pairs(): CountTable {
    return this.#pairs.table()
  }

  finish(): FieldSections {
    const termIndex = this.#dictionary.finish(this.#postings.rawLength)
    return {
      terms: this.#blocks.finishInParts(),
      termIndex,
      postings: this.#postings.finishInParts(),
      lengths: this.#lengths,
      averageLength: this.#averageLength,
      termCount: this.#termCount,
    }
  }
}

/** Of the lengths as they are stored, which is what scoring sees. */
export function average(lengths: Uint8Array): number {
  let sum = 0
  for (const code of lengths) sum += decodeLength(code)
  return lengths.length === 0 ? 0 : sum / lengths.length
}
