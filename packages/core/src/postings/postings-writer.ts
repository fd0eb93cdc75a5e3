/** Turns finished lists into chunked bytes: short lists as they are, long ones with skip entries. */

import { ByteWriter } from '../bytes/byte-writer.js'
import { encodeBound, MAX_TF } from '../ranking/bm25.js'
import type { ChunkWriter } from '../segment/chunks.js'
import { POSTINGS_BLOCK } from '../segment/format.js'
import { decodePostings, encodePostings } from './postings-codec.js'

/** What the bounds of blocks are computed from: lengths and the tf table of the whole index. */
export interface BoundBasis {
  readonly lengths: Uint8Array
  readonly table: Float64Array
  readonly k1: number
}

export class PostingsWriter {
  readonly #chunks: ChunkWriter
  readonly #basis: BoundBasis
  readonly #rows = new Int32Array(POSTINGS_BLOCK)
  readonly #tfs = new Uint8Array(POSTINGS_BLOCK)
  readonly #skips = new ByteWriter()
  readonly #list = new ByteWriter()

  constructor(chunks: ChunkWriter, basis: BoundBasis) {
    this.#chunks = chunks
    this.#basis = basis
  }

  /**
   * Writes one list of `frequency` postings, given as those of a short list; returns its raw
   * offset. The list must not be empty.
   */
  write(postings: Uint8Array, frequency: number): number {
    if (frequency < POSTINGS_BLOCK) return this.#chunks.piece(postings)
    const ends = this.#findBlocks(postings, frequency)
    const start = this.#chunks.piece(this.#skips.view())
    let from = 0
    for (const end of ends) {
      this.#chunks.piece(postings.subarray(from, end))
      from = end
    }
    return start
  }

  /** Writes a list that is in memory; returns its raw offset. */
  writePostings({ rows, tfs }: { rows: Int32Array; tfs: Uint8Array }): number {
    this.#list.clear()
    encodePostings(this.#list, rows, tfs, 0, rows.length)
    return this.write(this.#list.view(), rows.length)
  }

  /** Where the blocks of a list end, and their skip entries. Blocks need no coding of their own. */
  #findBlocks(postings: Uint8Array, frequency: number): number[] {
    this.#skips.clear()
    const ends: number[] = []
    let last = -1
    let at = 0
    for (let from = 0; from < frequency; from += POSTINGS_BLOCK) {
      const count = Math.min(POSTINGS_BLOCK, frequency - from)
      const end = decodePostings(postings, at, count, last, this.#rows, this.#tfs)
      this.#skips.varint(this.#rows[count - 1]! - last)
      this.#skips.varint(end - at)
      this.#skips.byte(this.#bound(count))
      last = this.#rows[count - 1]!
      at = end
      ends.push(end)
    }
    return ends
  }

  #bound(count: number): number {
    const { lengths, table, k1 } = this.#basis
    let best = 0
    for (let i = 0; i < count; i++) {
      const tf = Math.min(MAX_TF, this.#tfs[i]!)
      const factor = table[(tf << 8) | lengths[this.#rows[i]!]!]!
      if (factor > best) best = factor
    }
    return encodeBound(best, k1)
  }
}
