/**
 * Counts pairs of adjacent units, and the characters that end a run, a block of rows at a time.
 * They are only written down while texts are read, and then brought into the order of their first
 * and second units: most of a build would else be waiting for memory. The blocks are
 * brought together when the terms are asked for (see counted-blocks.ts).
 */

import { ByteWriter } from '../bytes/byte-writer.js'
import { MAX_STORED_TF } from '../postings/postings-codec.js'
import { CountedBlocks, RUN_END } from './counted-blocks.js'
import type { CountedTerms } from './counted-term.js'

/** Rows in a block; a row in it and two marks make 16 bits. */
const BLOCK_ROWS = 1 << 14
const BLOCK_PAIRS = 1 << 20
/** A row that does not fit into what is left makes the block longer. */
const BLOCK_SLACK = 1 << 12
const FIRST_ROOM = 1 << 12
const ROW_SHIFT = 2
const ROW_BITS = (BLOCK_ROWS - 1) << ROW_SHIFT
const IS_WORD = 1
const IS_EDGE = 2
const UNITS = 0x10000

/** First unit of an entry that is none; no run holds it. */
const NO_UNIT = 0
/** Second unit where a surrogate follows: a row holds the first one, and that is all. */
const NO_SECOND = 0xffff

/** Bytes of a key and its marks. */
const ENTRY_BYTES = 5
/** Bytes of a head, and bytes of postings for one occurrence in a block, at most. */
const HEAD_BYTES = 32
const OCCURRENCE_BYTES = 3

export class PairCounter {
  readonly #blocks = new CountedBlocks()
  /** First unit << 16 | second, in order of the texts, and what is known of this occurrence. */
  #keys = new Uint32Array(FIRST_ROOM)
  #marks = new Uint8Array(FIRST_ROOM)
  #count = 0
  /** Entry of the current run's first unit, less the place of that unit. */
  #base = 0
  /** Where the pairs of each row of the block end, and the number of its first row. */
  readonly #rowEnds = new Int32Array(BLOCK_ROWS)
  #rows = 0
  #firstRow = 0
  /** Scratch: pairs by first unit, each second unit << 16 | row << 2 | marks. */
  #byFirst = new Uint32Array(0)
  readonly #firstCounts = new Int32Array(UNITS)
  readonly #places = new Int32Array(UNITS)
  readonly #secondCounts = new Int32Array(UNITS)
  readonly #seconds = new Uint16Array(UNITS)
  /** Per unit: rows that hold it in a run. */
  readonly #unitRows = new Int32Array(UNITS)
  #grouped = new Uint16Array(1 << 12)
  /** What the block will hold. */
  readonly #heads = new ByteWriter(1 << 12)
  #postings = new Uint8Array(0)
  #postingsEnd = 0

  /** Bytes of the blocks so far, and of what is written down for the next one. */
  get byteLength(): number {
    return this.#blocks.byteLength + this.#count * ENTRY_BYTES
  }

  /** Rows that hold each unit in a run; all rows that `counted` has seen. */
  get unitRows(): Int32Array {
    return this.#unitRows
  }

  /** Takes a run, unless it holds surrogates: then it says so. Hot: bench "build". */
  run(units: Uint16Array, start: number, end: number): boolean {
    let count = this.#open(start, end)
    const keys = this.#keys
    const firstCounts = this.#firstCounts
    let unit = units[start]!
    for (let at = start + 1; at <= end; at++) {
      if (isSurrogate(unit)) {
        while (count > this.#count) firstCounts[keys[--count]! >>> 16]!--
        return false
      }
      const next = at < end ? units[at]! : RUN_END
      keys[count++] = (unit << 16) | next
      firstCounts[unit]!++
      unit = next
    }
    this.#count = count
    return true
  }

  /** The same for a run with surrogates, whose terms are the caller's. */
  astralRun(units: Uint16Array, start: number, end: number): void {
    let count = this.#open(start, end)
    for (let at = start; at < end; at++) {
      const first = isSurrogate(units[at]!) ? NO_UNIT : units[at]!
      const next = at + 1 < end ? units[at + 1]! : RUN_END
      this.#keys[count++] = (first << 16) | (isSurrogate(next) ? NO_SECOND : next)
      this.#firstCounts[first]!++
    }
    this.#count = count
  }

  /** The pair that starts at a place of the last run is a word there. */
  markWord(at: number): void {
    this.#marks[this.#base + at]! |= IS_WORD
  }

  /** The pair that starts at a place of the last run begins or ends a longer word. */
  markEdge(at: number): void {
    this.#marks[this.#base + at]! |= IS_EDGE
  }

  endRow(): void {
    this.#rowEnds[this.#rows++] = this.#count
    if (this.#rows === BLOCK_ROWS || this.#count > BLOCK_PAIRS - BLOCK_SLACK) this.#flush()
  }

  /** The terms of all rows in order; between rows. */
  counted(): CountedTerms {
    this.#flush()
    return this.#blocks.counted()
  }

  /** Forgets the terms. */
  clear(): void {
    this.#flush()
    this.#blocks.clear()
  }

  /** Forgets the rows, too. */
  restart(): void {
    this.clear()
    this.#firstRow = 0
    this.#unitRows.fill(0)
  }

  /** Makes a block of what was written down. */
  #flush(): void {
    if (this.#byFirst.length < this.#count) {
      this.#byFirst = new Uint32Array(this.#keys.length)
      this.#postings = new Uint8Array(this.#keys.length * OCCURRENCE_BYTES)
    }
    this.#sortByFirst()
    let from = 0
    for (let first = 0; first < UNITS; first++) {
      const to = from + this.#firstCounts[first]!
      if (to > from && first !== NO_UNIT) this.#countPairsOf(first, from, to)
      from = to
    }
    if (this.#heads.length > 0) {
      const postings = this.#postings.slice(0, this.#postingsEnd)
      this.#blocks.add({ firstRow: this.#firstRow, heads: this.#heads.finish(), postings })
    }
    this.#heads.clear()
    this.#postingsEnd = 0
    this.#firstCounts.fill(0)
    this.#marks.fill(0, 0, this.#count)
    this.#firstRow += this.#rows
    this.#rows = 0
    this.#count = 0
  }

  /** Makes room for a run; returns where its pairs go. */
  #open(start: number, end: number): number {
    const needed = this.#count + end - start
    if (needed > this.#keys.length) {
      const keys = new Uint32Array(needed * 2)
      const marks = new Uint8Array(needed * 2)
      keys.set(this.#keys)
      marks.set(this.#marks)
      this.#keys = keys
      this.#marks = marks
    }
    this.#base = this.#count - start
    return this.#count
  }

  /** Hot: bench "build". */
  #sortByFirst(): void {
    const keys = this.#keys
    const marks = this.#marks
    const places = this.#places
    const byFirst = this.#byFirst
    let place = 0
    for (let first = 0; first < UNITS; first++) {
      places[first] = place
      place += this.#firstCounts[first]!
    }
    let i = 0
    for (let row = 0; row < this.#rows; row++) {
      const end = this.#rowEnds[row]!
      const rowBits = row << ROW_SHIFT
      for (; i < end; i++) {
        const key = keys[i]!
        const first = key >>> 16
        byFirst[places[first]!] = (key << 16) | rowBits | marks[i]!
        places[first]!++
      }
    }
  }

  /** Groups the pairs of one first unit by their second. Hot: bench "build". */
  #countPairsOf(first: number, from: number, to: number): void {
    const byFirst = this.#byFirst
    const counts = this.#secondCounts
    const places = this.#places
    const seconds = this.#seconds
    if (to - from > this.#grouped.length) this.#grouped = new Uint16Array((to - from) * 2)
    const grouped = this.#grouped
    let distinct = 0
    let rows = 0
    let row = -1
    for (let i = from; i < to; i++) {
      const entry = byFirst[i]!
      const second = entry >>> 16
      if (counts[second]!++ === 0) seconds[distinct++] = second
      const next = entry & ROW_BITS
      if (next === row) continue
      row = next
      rows++
    }
    this.#unitRows[first]! += rows
    const others = counts[NO_SECOND]! > 0 ? 1 : 0
    let place = 0
    for (let i = 0; i < distinct; i++) {
      const second = seconds[i]!
      places[second] = place
      place += counts[second]!
      counts[second] = 0
    }
    for (let i = from; i < to; i++) {
      const entry = byFirst[i]!
      grouped[places[entry >>> 16]!++] = entry
    }
    this.#headOfGroup(first, distinct - others)
    let start = 0
    for (let i = 0; i < distinct; i++) {
      const second = seconds[i]!
      const end = places[second]!
      if (second !== NO_SECOND) this.#writePiece(second, start, end)
      start = end
    }
  }

  #headOfGroup(first: number, pieces: number): void {
    const heads = this.#heads
    const bytes = heads.room(HEAD_BYTES * (pieces + 1))
    let at = putUnit(bytes, heads.length, first)
    at = putVarint(bytes, at, pieces)
    heads.length = at
  }

  /** Writes the occurrences of one pair, in order of rows. Hot: bench "build". */
  #writePiece(second: number, from: number, to: number): void {
    const grouped = this.#grouped
    const postings = this.#postings
    const start = this.#postingsEnd
    let end = start
    let frequency = 0
    let words = 0
    let edges = 0
    let before = -1
    let i = from
    while (i < to) {
      const row = grouped[i]! >>> ROW_SHIFT
      let tf = 0
      do {
        const entry = grouped[i]!
        words += entry & IS_WORD
        edges += (entry & IS_EDGE) >>> 1
        tf++
        i++
      } while (i < to && grouped[i]! >>> ROW_SHIFT === row)
      const gap = row - before - 1
      if (tf === 1) end = putVarint(postings, end, gap * 2 + 1)
      else {
        end = putVarint(postings, end, gap * 2)
        end = putVarint(postings, end, tf < MAX_STORED_TF ? tf : MAX_STORED_TF)
      }
      before = row
      frequency++
    }
    this.#postingsEnd = end
    const bytes = this.#heads.room(0)
    let at = putUnit(bytes, this.#heads.length, second)
    at = putVarint(bytes, at, frequency)
    at = putVarint(bytes, at, to - from - frequency)
    at = putVarint(bytes, at, words)
    at = putVarint(bytes, at, edges)
    at = putVarint(bytes, at, before)
    this.#heads.length = putVarint(bytes, at, end - start)
  }
}

function putUnit(bytes: Uint8Array, at: number, unit: number): number {
  bytes[at] = unit & 0xff
  bytes[at + 1] = unit >>> 8
  return at + 2
}

function putVarint(bytes: Uint8Array, at: number, value: number): number {
  let rest = value
  let end = at
  while (rest > 0x7f) {
    bytes[end++] = (rest & 0x7f) | 0x80
    rest >>>= 7
  }
  bytes[end++] = rest
  return end
}

function isSurrogate(unit: number): boolean {
  return (unit & 0xf800) === 0xd800
}
