/** Turns finished lists into chunked bytes: short lists as they are, long ones with skip entries. */

import { ByteWriter } from '../bytes/byte-writer.js'
import { encodeBound, MAX_TF } from '../ranking/bm25.js'
import type { ChunkWriter } from '../segment/chunks.js'
import { POSTINGS_BLOCK } from '../segment/format.js'
import type { PostingsBuffer } from './postings-buffer.js'
import { encodePostings } from './postings-codec.js'

/** What the bounds of blocks are computed from: lengths and the tf table of the whole index. */
export interface BoundBasis {
  readonly lengths: Uint8Array
  readonly table: Float64Array
  readonly k1: number
}

export class PostingsWriter {
  readonly #chunks: ChunkWriter
  readonly #basis: BoundBasis
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
  writePostings({ rows, tfs, length }: PostingsBuffer): number {
    this.#list.clear()
    encodePostings(this.#list, rows, tfs, 0, length)
    return this.write(this.#list.view(), length)
  }

  /**
   * Where the blocks of a list end, and their skip entries. Blocks need no coding of their own.
   * The bytes are the builder's own, so nothing is checked. Hot: bench "build".
   */
  #findBlocks(postings: Uint8Array, frequency: number): number[] {
    const { lengths, table, k1 } = this.#basis
    this.#skips.clear()
    const ends: number[] = []
    let row = -1
    let at = 0
    for (let from = 0; from < frequency; from += POSTINGS_BLOCK) {
      const start = at
      const before = row
      let best = 0
      for (let left = Math.min(POSTINGS_BLOCK, frequency - from); left > 0; left--) {
        let byte = postings[at++]!
        let value = byte & 0x7f
        for (let shift = 7; byte > 0x7f; shift += 7) {
          byte = postings[at++]!
          value |= (byte & 0x7f) << shift
        }
        row += (value >>> 1) + 1
        let tf = 1
        if ((value & 1) === 0) {
          tf = postings[at++]!
          if (tf > 0x7f) tf = (tf & 0x7f) | (postings[at++]! << 7)
          if (tf > MAX_TF) tf = MAX_TF
        }
        const factor = table[(tf << 8) | lengths[row]!]!
        if (factor > best) best = factor
      }
      this.#skips.varint(row - before)
      this.#skips.varint(at - start)
      this.#skips.byte(encodeBound(best, k1))
      ends.push(at)
    }
    return ends
  }
}
