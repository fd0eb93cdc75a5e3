/** Turns finished lists into chunked bytes: short lists as they are, long ones with skip entries. */

import { ByteWriter } from '../bytes/byte-writer.js'
import { encodeBound, MAX_TF } from '../ranking/bm25.js'
import type { ChunkWriter } from '../segment/chunks.js'
import { POSTINGS_BLOCK } from '../segment/format.js'
import type { PostingPool } from './posting-pool.js'
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
  #copy = new Uint8Array(1 << 12)
  #rows = new Int32Array(1 << 12)
  #tfs = new Uint8Array(1 << 12)
  readonly #skips = new ByteWriter()
  readonly #block = new ByteWriter()

  constructor(chunks: ChunkWriter, basis: BoundBasis) {
    this.#chunks = chunks
    this.#basis = basis
  }

  /** Writes one list; returns its raw offset. The list must not be empty. */
  write(pool: PostingPool, list: number): number {
    this.#reserve(pool.maxBytes(list), pool.frequency(list))
    const bytes = pool.copy(list, this.#copy)
    const frequency = pool.frequency(list)
    if (frequency < POSTINGS_BLOCK) return this.#chunks.piece(this.#copy.subarray(0, bytes))
    decodePostings(this.#copy, 0, frequency, -1, this.#rows, this.#tfs)
    return this.#writeLong(frequency)
  }

  #writeLong(frequency: number): number {
    const ends = this.#encodeBlocks(frequency)
    const start = this.#chunks.piece(this.#skips.view())
    const bytes = this.#block.view()
    let from = 0
    for (const end of ends) {
      this.#chunks.piece(bytes.subarray(from, end))
      from = end
    }
    return start
  }

  #encodeBlocks(frequency: number): number[] {
    this.#skips.clear()
    this.#block.clear()
    const ends: number[] = []
    let previousLast = -1
    for (let from = 0; from < frequency; from += POSTINGS_BLOCK) {
      const to = Math.min(frequency, from + POSTINGS_BLOCK)
      const start = this.#block.length
      encodePostings(this.#block, this.#rows, this.#tfs, from, to)
      const last = this.#rows[to - 1]!
      this.#skips.varint(last - previousLast)
      this.#skips.varint(this.#block.length - start)
      this.#skips.byte(this.#bound(from, to))
      previousLast = last
      ends.push(this.#block.length)
    }
    return ends
  }

  #bound(from: number, to: number): number {
    const { lengths, table, k1 } = this.#basis
    let best = 0
    for (let i = from; i < to; i++) {
      const tf = Math.min(MAX_TF, this.#tfs[i]!)
      best = Math.max(best, table[(tf << 8) | lengths[this.#rows[i]!]!]!)
    }
    return encodeBound(best, k1)
  }

  #reserve(bytes: number, frequency: number): void {
    if (bytes > this.#copy.length) this.#copy = new Uint8Array(bytes * 2)
    if (frequency > this.#rows.length) {
      this.#rows = new Int32Array(frequency * 2)
      this.#tfs = new Uint8Array(frequency * 2)
    }
  }
}
