/**
 * Counted pairs of adjacent units, and the single units that end a run of text, as blocks of rows:
 * bytes that are written once and read once, in order, where a growing list for every pair would
 * have to be found anew in each block. Reading brings the blocks together.
 *
 *   heads    = per first unit, ascending: unit u16 · pieces varint · piece × pieces
 *   piece    = second unit u16, or RUN_END · postings varint · occurrences − postings varint
 *            · as word varint · at edge varint · last row varint · bytes of postings varint
 *   postings = of all pieces in order, as those of short lists (see postings-codec.ts)
 *
 * Rows count from the first one of the block. Example: 一二 in rows 7 and 9, twice in 9 and there
 * a word once, is the head `00 4e 01 8c 4e 02 01 01 00 09 03` and the postings `0f 02 02`.
 */

import { ByteWriter } from '../bytes/byte-writer.js'
import type { CountedTerm, CountedTerms } from './counted-term.js'

const UNITS = 0x10000
/** Stands for a second unit where there is none: the term is the first. No text run holds it. */
export const RUN_END = 0

export interface CountedBlock {
  readonly firstRow: number
  readonly heads: Uint8Array
  readonly postings: Uint8Array
}

/** Blocks of ascending rows. */
export class CountedBlocks {
  #blocks: CountedBlock[] = []
  #byteLength = 0
  /** Of the last reader, to be used again. */
  #group: PairGroup | null = null

  get byteLength(): number {
    return this.#byteLength
  }

  add(block: CountedBlock): void {
    this.#blocks.push(block)
    this.#byteLength += block.heads.length + block.postings.length
  }

  clear(): void {
    this.#blocks = []
    this.#byteLength = 0
  }

  /**
   * All pairs, and all first units with the rows where they end a run, in order; while no more
   * are added.
   */
  counted(): CountedTerms {
    const group = this.#group ?? new PairGroup()
    this.#group = null
    return new PairReader(this.#blocks, group, () => {
      this.#group = group
    })
  }
}

/** Brings the blocks together, the pairs of one first unit at a time. */
class PairReader implements CountedTerms {
  readonly #readers: readonly BlockReader[]
  readonly #pairs: PairGroup
  readonly #done: () => void

  /** `done` is told when all were read, and the group is empty again. */
  constructor(blocks: readonly CountedBlock[], group: PairGroup, done: () => void) {
    this.#readers = blocks.map((block) => new BlockReader(block))
    group.blocks = blocks
    this.#pairs = group
    this.#done = done
  }

  next(): CountedTerm | null {
    const pairs = this.#pairs
    if (!pairs.isEmpty || this.#readGroups()) return pairs.take()
    this.#done()
    return null
  }

  /** Reads the groups of the least first unit; false where there is none. */
  #readGroups(): boolean {
    let first = UNITS
    for (const reader of this.#readers) if (reader.first < first) first = reader.first
    if (first === UNITS) return false
    this.#pairs.open(first)
    for (const [i, reader] of this.#readers.entries()) {
      if (reader.first === first) reader.readGroup(this.#pairs, i)
    }
    this.#pairs.sort()
    return true
  }
}

/** Walks the heads of a block. */
class BlockReader {
  readonly #heads: Uint8Array
  #at = 0
  #postingsAt = 0
  /** First unit of the next group; UNITS behind the last. */
  first = UNITS

  constructor(block: CountedBlock) {
    this.#heads = block.heads
    this.#open()
  }

  /** Hands the pieces of the next group to `pairs`; `block` is the number of this one. */
  readGroup(pairs: PairGroup, block: number): void {
    for (let left = this.#varint(); left > 0; left--) {
      const second = this.#unit()
      const frequency = this.#varint()
      const occurrences = frequency + this.#varint()
      pairs.count(second, frequency, occurrences, this.#varint(), this.#varint())
      const lastRow = this.#varint()
      const length = this.#varint()
      pairs.add(second, block, lastRow, this.#postingsAt, length)
      this.#postingsAt += length
    }
    this.#open()
  }

  #open(): void {
    this.first = this.#at === this.#heads.length ? UNITS : this.#unit()
  }

  #unit(): number {
    const at = this.#at
    this.#at += 2
    return this.#heads[at]! | (this.#heads[at + 1]! << 8)
  }

  #varint(): number {
    const heads = this.#heads
    let byte = heads[this.#at++]!
    let value = byte & 0x7f
    for (let shift = 7; byte > 0x7f; shift += 7) {
      byte = heads[this.#at++]!
      value |= (byte & 0x7f) << shift
    }
    return value
  }
}

/** Fields of a piece in one array; the pieces of a pair are a chain. */
const NEXT = 0
const BLOCK = 1
const LAST_ROW = 2
const START = 3
const LENGTH = 4
const PIECE_FIELDS = 5
/** End of a chain. */
const NONE = -1
/** The terms of one first unit, by their second. */
class PairGroup {
  blocks: readonly CountedBlock[] = []
  readonly #frequencies = new Int32Array(UNITS)
  readonly #occurrences = new Int32Array(UNITS)
  readonly #words = new Int32Array(UNITS)
  readonly #edges = new Int32Array(UNITS)
  /** Where the first and the last piece of a pair are. */
  readonly #heads = new Int32Array(UNITS)
  readonly #tails = new Int32Array(UNITS)
  readonly #seconds = new Uint16Array(UNITS)
  #distinct = 0
  #given = 0
  #first = 0
  #pieces = new Int32Array(PIECE_FIELDS << 10)
  #end = 0
  readonly #joined = new ByteWriter(1 << 12)

  /** Whether all pairs were taken. */
  get isEmpty(): boolean {
    return this.#given === this.#distinct
  }

  /** Begins with the pairs of another first unit. */
  open(first: number): void {
    this.#first = first
    this.#seconds[0] = RUN_END
    this.#heads[RUN_END] = NONE
    this.#distinct = 1
    this.#given = 0
    this.#end = 0
  }

  /** Counts what a piece says of its pair; before `add`. */
  count(second: number, frequency: number, occurrences: number, words: number, edges: number) {
    if (this.#frequencies[second] === 0 && second !== RUN_END) {
      this.#seconds[this.#distinct++] = second
      this.#heads[second] = NONE
    }
    this.#frequencies[second]! += frequency
    this.#occurrences[second]! += occurrences
    this.#words[second]! += words
    this.#edges[second]! += edges
  }

  /** Takes a piece; those of a pair come in order of their blocks. */
  add(second: number, block: number, lastRow: number, start: number, length: number): void {
    if (this.#end === this.#pieces.length) {
      const grown = new Int32Array(this.#end * 2)
      grown.set(this.#pieces)
      this.#pieces = grown
    }
    const pieces = this.#pieces
    const piece = this.#end
    pieces[piece + NEXT] = NONE
    pieces[piece + BLOCK] = block
    pieces[piece + LAST_ROW] = lastRow
    pieces[piece + START] = start
    pieces[piece + LENGTH] = length
    if (this.#heads[second] === NONE) this.#heads[second] = piece
    else pieces[this.#tails[second]! + NEXT] = piece
    this.#tails[second] = piece
    this.#end += PIECE_FIELDS
  }

  /** Brings the pairs into order; behind the last `add`. */
  sort(): void {
    this.#seconds.subarray(0, this.#distinct).sort()
  }

  /** Gives the next pair and forgets it. */
  take(): CountedTerm {
    const second = this.#seconds[this.#given++]!
    const isPair = second !== RUN_END
    const lastRow = this.#join(this.#heads[second]!)
    const occurrences = this.#taken(this.#occurrences, second)
    return {
      term: isPair ? String.fromCharCode(this.#first, second) : String.fromCharCode(this.#first),
      frequency: this.#taken(this.#frequencies, second),
      lastRow,
      occurrences: isPair ? occurrences : 0,
      asWord: this.#taken(this.#words, second),
      atEdge: this.#taken(this.#edges, second),
      postings: this.#joined.view(),
    }
  }

  #taken(counts: Int32Array, second: number): number {
    const count = counts[second]!
    counts[second] = 0
    return count
  }

  /** Puts the postings of a chain together; returns their last row. Hot: bench "build". */
  #join(chain: number): number {
    const pieces = this.#pieces
    const out = this.#joined
    out.clear()
    let last = -1
    for (let piece = chain; piece !== NONE; piece = pieces[piece + NEXT]!) {
      const { firstRow, postings } = this.blocks[pieces[piece + BLOCK]!]!
      let at = pieces[piece + START]!
      const end = at + pieces[piece + LENGTH]!
      let byte = postings[at++]!
      let value = byte & 0x7f
      for (let shift = 7; byte > 0x7f; shift += 7) {
        byte = postings[at++]!
        value |= (byte & 0x7f) << shift
      }
      // The first posting counts from the block's first row; here it follows the piece before.
      out.varint(value + (firstRow - last - 1) * 2)
      const bytes = out.room(end - at)
      let length = out.length
      while (at < end) bytes[length++] = postings[at++]!
      out.length = length
      last = firstRow + pieces[piece + LAST_ROW]!
    }
    return last
  }
}
