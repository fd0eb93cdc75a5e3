/**
 * One posting list, open for reading block by block. A short list is one block, decoded at once;
 * a long one decodes its skip entries at once and its blocks on demand, one at a time.
 */

import { corrupt } from '../errors.js'
import { decodeBound, encodeBound, MAX_TF } from '../ranking/bm25.js'
import type { Chunks } from '../segment/chunks.js'
import { POSTINGS_BLOCK } from '../segment/format.js'
import { decodePostings } from './postings-codec.js'
import type { BoundBasis } from './postings-writer.js'

/** Postings in parallel arrays, rows ascending. */
export interface Postings {
  readonly rows: Int32Array
  readonly tfs: Uint8Array
}

/** About what the objects of an open list take beside their numbers. */
const OVERHEAD = 1200

export class PostingList {
  /** Number of postings. */
  readonly frequency: number
  /** Last row of every block. */
  readonly lastRows: Int32Array
  /** Largest tf factor of every block, rounded up. */
  readonly bounds: Float64Array
  /** Largest of `bounds`. */
  readonly bound: number
  /** Rows and frequencies of the block that `load` loaded last; valid up to its result. */
  readonly rows: Int32Array
  readonly tfs: Uint8Array
  readonly #chunks: Chunks | null
  readonly #memory: Postings | null
  readonly #offsets: Float64Array
  #loaded = -1
  #count = 0

  /** Opens the list at a raw offset of a chunked section, or one that is in memory. */
  constructor(
    source: { chunks: Chunks; offset: number } | Postings,
    frequency: number,
    basis: BoundBasis,
  ) {
    this.#chunks = 'chunks' in source ? source.chunks : null
    this.#memory = 'chunks' in source ? null : source
    this.frequency = frequency
    if (frequency < 1 || frequency > basis.lengths.length) {
      throw corrupt(`a posting list claims ${frequency} of ${basis.lengths.length} rows`)
    }
    const blocks = frequency < POSTINGS_BLOCK ? 1 : Math.ceil(frequency / POSTINGS_BLOCK)
    const capacity = Math.min(frequency, POSTINGS_BLOCK)
    this.rows = new Int32Array(capacity)
    this.tfs = new Uint8Array(capacity)
    this.lastRows = new Int32Array(blocks)
    this.bounds = new Float64Array(blocks)
    this.#offsets = new Float64Array(blocks)
    if ('chunks' in source) this.#offsets[0] = source.offset
    if (this.#memory !== null) this.#openMemory(basis)
    else if (frequency < POSTINGS_BLOCK) this.#openShort(basis)
    else this.#openLong(basis)
    let best = 0
    for (const bound of this.bounds) if (bound > best) best = bound
    this.bound = best
  }

  /** Number of blocks. */
  get blocks(): number {
    return this.lastRows.length
  }

  /** About how much memory the open list takes. */
  get byteLength(): number {
    return OVERHEAD + this.rows.length * 5 + this.blocks * 20
  }

  /** Decodes a block into `rows` and `tfs`; returns how many postings it has. */
  load(block: number): number {
    if (block !== this.#loaded) this.#decode(block)
    return this.#count
  }

  /** The first block from `from` on that may hold a row ≥ `row`; `blocks` when there is none. */
  blockFor(row: number, from: number): number {
    const { lastRows } = this
    let step = 1
    let low = from
    while (low + step < lastRows.length && lastRows[low + step]! < row) {
      low += step
      step *= 2
    }
    let high = Math.min(lastRows.length, low + step)
    while (low < high) {
      const middle = (low + high) >>> 1
      if (lastRows[middle]! < row) low = middle + 1
      else high = middle
    }
    return low
  }

  #decode(block: number): void {
    const last = this.blocks - 1
    const count = block === last ? this.frequency - last * POSTINGS_BLOCK : POSTINGS_BLOCK
    if (this.#chunks === null) {
      const from = block * POSTINGS_BLOCK
      this.rows.set(this.#memory!.rows.subarray(from, from + count))
      this.tfs.set(this.#memory!.tfs.subarray(from, from + count))
      this.#loaded = block
      this.#count = count
      return
    }
    const offset = this.#offsets[block]!
    const index = this.#chunks.indexAt(offset)
    const bytes = this.#chunks.chunk(index)
    const previous = block === 0 ? -1 : this.lastRows[block - 1]!
    const at = offset - this.#chunks.startOf(index)
    decodePostings(bytes, at, count, previous, this.rows, this.tfs)
    this.#loaded = block
    this.#count = count
    if (this.blocks > 1 && this.rows[count - 1] !== this.lastRows[block]) {
      throw corrupt(`a posting block ends at row ${this.rows[count - 1]}, not at its skip entry`)
    }
  }

  #openShort(basis: BoundBasis): void {
    this.#decode(0)
    const last = this.rows[this.#count - 1]!
    if (last >= basis.lengths.length) throw corrupt(`a posting names row ${last}`)
    this.lastRows[0] = last
    this.bounds[0] = this.#boundOf(0, this.#count, this, basis)
  }

  #openMemory(basis: BoundBasis): void {
    for (let block = 0; block < this.blocks; block++) {
      const from = block * POSTINGS_BLOCK
      const to = Math.min(this.frequency, from + POSTINGS_BLOCK)
      this.lastRows[block] = this.#memory!.rows[to - 1]!
      this.bounds[block] = this.#boundOf(from, to, this.#memory!, basis)
    }
  }

  #boundOf(from: number, to: number, { rows, tfs }: Postings, basis: BoundBasis): number {
    let best = 0
    for (let i = from; i < to; i++) {
      const tf = Math.min(MAX_TF, tfs[i]!)
      best = Math.max(best, basis.table[(tf << 8) | basis.lengths[rows[i]!]!]!)
    }
    return decodeBound(encodeBound(best, basis.k1), basis.k1)
  }

  #openLong(basis: BoundBasis): void {
    const chunks = this.#chunks!
    const offset = this.#offsets[0]!
    const index = chunks.indexAt(offset)
    const bytes = chunks.chunk(index)
    let p = offset - chunks.startOf(index)
    let row = -1
    let bytesBefore = 0
    const varint = (): number => {
      let value = 0
      let shift = 0
      for (;;) {
        const byte = bytes[p++]
        if (byte === undefined || shift > 28) throw corrupt('skip entries run past their chunk')
        value |= (byte & 0x7f) << shift
        if (byte < 0x80) return value >>> 0
        shift += 7
      }
    }
    for (let block = 0; block < this.blocks; block++) {
      row += varint()
      this.lastRows[block] = row
      this.#offsets[block] = bytesBefore
      bytesBefore += varint()
      this.bounds[block] = decodeBound(bytes[p++]!, basis.k1)
    }
    if (row >= basis.lengths.length) throw corrupt(`a posting list names row ${row}`)
    const skipsEnd = chunks.startOf(index) + p
    for (let block = 0; block < this.blocks; block++) {
      this.#offsets[block] = this.#offsets[block]! + skipsEnd
    }
  }
}
