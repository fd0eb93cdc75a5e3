/**
 * One posting list, open for reading block by block. A short list is one block, decoded at once;
 * a long one decodes its skip entries at once and its blocks on demand: one at a time, or, where
 * its owner has room for all of them, each one once.
 */

import { corrupt } from '../errors.js'
import { decodeBound, encodeBound, MAX_TF } from '../ranking/bm25.js'
import type { Chunks } from '../segment/chunks.js'
import { POSTINGS_BLOCK } from '../segment/format.js'
import type { BlockSource } from './block-source.js'
import { decodePostings } from './postings-codec.js'
import type { BoundBasis } from './postings-writer.js'

/** Postings in parallel arrays, rows ascending. */
export interface Postings {
  readonly rows: Int32Array
  readonly tfs: Uint8Array
}

/** A list that is decoded to its end; see PostingList. */
export interface DecodedPostings extends Postings {
  readonly byRow: Uint8Array | null
  readonly bits: Int32Array | null
}

/** Lends memory for decoded lists. */
export interface ListKeeper {
  /** Whether a list may take so many bytes more, which then count as taken. */
  take(bytes: number): boolean
}

/** About what the objects of an open list take beside their numbers. */
const OVERHEAD = 1200
/** Bytes of a decoded posting. */
const POSTING_BYTES = 5
/** A list is kept decoded once it has decoded this share of its blocks one at a time. */
const KEPT_FROM = 0.5
/** A list that is kept decoded is kept by row as well where one row in so many or more has it. */
const BY_ROW_FROM = 32

/** What `bits` takes beside `byRow`. */
const BY_ROW_SHARE = 1.25

export class PostingList {
  /** Number of postings. */
  readonly frequency: number
  /** Last row of every block. */
  readonly lastRows: Int32Array
  /** The largest tf factor of any posting, rounded up; not to be written to. */
  bound = 0
  /**
   * Frequencies of all rows up to MAX_TF, in four bits each, the even row's first; null unless the
   * list is long and kept decoded. To find a row in it is one look instead of a search.
   */
  byRow: Uint8Array | null
  /** A bit for every row, set where the list has it; there where `byRow` is. */
  bits: Int32Array | null
  readonly #rowCount: number
  readonly #chunks: Chunks | null
  readonly #source: BlockSource | null
  readonly #keeper: ListKeeper | null
  readonly #offsets: Float64Array
  #rows: Int32Array
  #tfs: Uint8Array
  /** Whether the arrays have room for all blocks. */
  #isWhole: boolean
  /** Per block 1 when it is decoded; null when all are, or when there is room for one only. */
  #decoded: Uint8Array | null = null
  #decodings = 0
  #loaded = -1
  #base = 0
  #count = 0

  /**
   * Opens the list at a raw offset of a chunked section, one that is in memory, or one whose blocks
   * come from elsewhere. With a `keeper` it may keep what it decodes.
   */
  constructor(
    source: { chunks: Chunks; offset: number } | Postings | BlockSource,
    frequency: number,
    basis: BoundBasis,
    keeper: ListKeeper | null = null,
  ) {
    this.#source = 'decode' in source ? source : null
    this.#chunks = 'chunks' in source ? source.chunks : null
    this.#keeper = keeper
    this.frequency = frequency
    this.#rowCount = basis.lengths.length
    if (frequency < 1 || frequency > basis.lengths.length) {
      throw corrupt(`a posting list claims ${frequency} of ${basis.lengths.length} rows`)
    }
    const blocks = this.#source?.lastRows.length ?? Math.ceil(frequency / POSTINGS_BLOCK)
    const capacity = Math.min(frequency, POSTINGS_BLOCK)
    const whole = 'rows' in source ? source : this.#source?.whole
    this.#isWhole = whole != null
    this.#rows = whole?.rows ?? new Int32Array(capacity)
    this.#tfs = whole?.tfs ?? new Uint8Array(capacity)
    this.byRow = this.#source?.whole?.byRow ?? null
    this.bits = this.#source?.whole?.bits ?? null
    this.lastRows = this.#source?.lastRows ?? new Int32Array(blocks)
    this.#offsets = new Float64Array(blocks)
    if ('chunks' in source) this.#offsets[0] = source.offset
    if ('rows' in source) this.#openMemory(basis)
    else if (this.#chunks !== null && frequency < POSTINGS_BLOCK) this.#openShort(basis)
    else if (this.#chunks !== null) this.#openLong(basis)
    else this.bound = this.#source!.bound
  }

  /** Number of blocks. */
  get blocks(): number {
    return this.lastRows.length
  }

  /** About how much memory the open list takes. */
  get byteLength(): number {
    const decoded = this.#rows.length * POSTING_BYTES + (this.byRow?.length ?? 0) * BY_ROW_SHARE
    return OVERHEAD + decoded + this.blocks * 12
  }

  /**
   * Rows, ascending, with the block that `load` loaded last at `[base, base + its result)`. The
   * array may be another one after the next `load`.
   */
  get rows(): Int32Array {
    return this.#rows
  }

  /** Frequencies in parallel to `rows`. */
  get tfs(): Uint8Array {
    return this.#tfs
  }

  /** Where in `rows` the block that was loaded last begins. */
  get base(): number {
    return this.#base
  }

  /** How many postings stand before a block. */
  startOf(block: number): number {
    return this.#source?.starts[block] ?? Math.min(this.frequency, block * POSTINGS_BLOCK)
  }

  /** Decodes a block into `rows` and `tfs`; returns how many postings it has. */
  load(block: number): number {
    if (block !== this.#loaded) this.#load(block)
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

  /** All rows, ascending; not to be written to. */
  all(): Int32Array {
    if (!this.#isWhole) this.#makeRoom()
    const isThere = this.#isWhole || this.blocks === 1
    const rows = isThere ? this.#rows : new Int32Array(this.frequency)
    for (let block = 0; block < this.blocks; block++) {
      const end = this.load(block) + this.#base
      if (!isThere) rows.set(this.#rows.subarray(this.#base, end), this.startOf(block))
    }
    if (this.#isWhole) this.#decoded = null
    return rows
  }

  /** The list as it is in memory, not to be written to; null unless all of it is. */
  get decoded(): DecodedPostings | null {
    return this.#isWhole && this.#decoded === null ? this : null
  }

  #load(block: number): void {
    const start = this.startOf(block)
    const count = this.startOf(block + 1) - start
    if (!this.#isWhole && this.#decodings > this.blocks * KEPT_FROM) this.#makeRoom()
    const base = this.#isWhole ? start : 0
    const isThere = this.#isWhole && (this.#decoded === null || this.#decoded[block] === 1)
    // Decoding may fail halfway.
    this.#loaded = -1
    if (!isThere) this.#decode(block, count, base)
    this.#loaded = block
    this.#base = base
    this.#count = count
  }

  #makeRoom(): void {
    const { frequency } = this
    if (this.#keeper === null || frequency <= POSTINGS_BLOCK) return
    this.#decodings = 0
    if (!this.#keeper.take((frequency - POSTINGS_BLOCK) * POSTING_BYTES)) return
    this.#rows = new Int32Array(frequency)
    this.#tfs = new Uint8Array(frequency)
    this.#decoded = new Uint8Array(this.blocks)
    this.#isWhole = true
    this.#loaded = -1
    const bytes = (this.#rowCount + 1) >>> 1
    const words = (this.#rowCount + 31) >>> 5
    if (frequency * BY_ROW_FROM < this.#rowCount || !this.#keeper.take(bytes + words * 4)) return
    const byRow = new Uint8Array(bytes)
    const bits = new Int32Array(words)
    const rows = this.all()
    for (let i = 0; i < frequency; i++) {
      const row = rows[i]!
      bits[row >>> 5]! |= 1 << (row & 31)
      byRow[row >>> 1]! |= Math.min(MAX_TF, this.#tfs[i]!) << ((row & 1) << 2)
    }
    this.byRow = byRow
    this.bits = bits
  }

  #decode(block: number, count: number, base: number): void {
    this.#decodings++
    if (this.#source === null) this.#decodeStored(block, count, base)
    else this.#source.decode(block, this.#rows, this.#tfs, base)
    if (this.#decoded !== null) this.#decoded[block] = 1
  }

  #decodeStored(block: number, count: number, base: number): void {
    const chunks = this.#chunks!
    const offset = this.#offsets[block]!
    const index = chunks.indexAt(offset)
    const bytes = chunks.chunk(index)
    const previous = block === 0 ? -1 : this.lastRows[block - 1]!
    const at = offset - chunks.startOf(index)
    decodePostings(bytes, at, count, previous, this.#rows, this.#tfs, base)
    const found = this.#rows[base + count - 1]
    if (this.blocks > 1 && found !== this.lastRows[block]) {
      throw corrupt(`a posting block ends at row ${found}, not at its skip entry`)
    }
  }

  #openShort(basis: BoundBasis): void {
    this.load(0)
    const last = this.#rows[this.#count - 1]!
    if (last >= basis.lengths.length) throw corrupt(`a posting names row ${last}`)
    this.lastRows[0] = last
    this.bound = this.#boundOf(0, this.#count, this, basis)
  }

  #openMemory(basis: BoundBasis): void {
    for (let block = 0; block < this.blocks; block++) {
      this.lastRows[block] = this.#rows[this.startOf(block + 1) - 1]!
    }
    this.bound = this.#boundOf(0, this.frequency, this, basis)
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
    let best = 0
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
      const bound = bytes[p++]!
      if (bound > best) best = bound
    }
    if (row >= basis.lengths.length) throw corrupt(`a posting list names row ${row}`)
    this.bound = decodeBound(best, basis.k1)
    const skipsEnd = chunks.startOf(index) + p
    for (let block = 0; block < this.blocks; block++) {
      this.#offsets[block] = this.#offsets[block]! + skipsEnd
    }
  }
}
