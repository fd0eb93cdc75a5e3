/**
 * Counts pairs of adjacent units a block of rows at a time. Pairs are only written down while
 * texts are read, and then brought into the order of their terms, so that a posting list is looked
 * up and touched once a block instead of once for every character: most of a build would else be
 * waiting for memory.
 */

import type { PostingPool } from '../postings/posting-pool.js'
import type { TermTable } from './term-table.js'

/** Rows in a block; a row in it and two marks make 16 bits. */
const BLOCK_ROWS = 1 << 14
const BLOCK_PAIRS = 1 << 19
const ROW_SHIFT = 2
const IS_WORD = 1
const IS_EDGE = 2
const UNITS = 0x10000

/** Key of a place where no pair starts; its first unit is 0, which no run holds. */
const NO_PAIR = 0

export class PairCounter {
  readonly #pool: PostingPool
  readonly #terms: TermTable
  /** First unit << 16 | second, in order of the texts, and what is known of this occurrence. */
  #keys = new Uint32Array(BLOCK_PAIRS)
  #marks = new Uint8Array(BLOCK_PAIRS)
  #count = 0
  /** Entry of the current run's first unit, less the place of that unit. */
  #base = 0
  /** Where the pairs of each row of the block end, and the number of its first row. */
  readonly #rowEnds = new Int32Array(BLOCK_ROWS)
  #rows = 0
  #firstRow = 0
  /** Scratch: pairs by first unit, each second unit << 16 | row << 2 | marks. */
  #byFirst = new Uint32Array(BLOCK_PAIRS)
  readonly #firstCounts = new Int32Array(UNITS)
  readonly #places = new Int32Array(UNITS)
  readonly #secondCounts = new Int32Array(UNITS)
  readonly #seconds = new Uint16Array(UNITS)
  #grouped = new Uint16Array(1 << 12)

  constructor(pool: PostingPool, terms: TermTable) {
    this.#pool = pool
    this.#terms = terms
  }

  /** Takes the pairs of a run of units without surrogates. Hot: bench "build". */
  run(units: Uint16Array, start: number, end: number): void {
    let count = this.#open(start, end)
    const keys = this.#keys
    const firstCounts = this.#firstCounts
    let unit = units[start]!
    for (let at = start + 1; at < end; at++) {
      const next = units[at]!
      keys[count++] = (unit << 16) | next
      firstCounts[unit]!++
      unit = next
    }
    this.#count = count
  }

  /** The same for a run with surrogates, whose terms are the caller's. */
  astralRun(units: Uint16Array, start: number, end: number): void {
    let count = this.#open(start, end)
    for (let at = start; at + 1 < end; at++) {
      const isPair = !isSurrogate(units[at]!) && !isSurrogate(units[at + 1]!)
      const first = isPair ? units[at]! : NO_PAIR
      this.#keys[count++] = (first << 16) | (isPair ? units[at + 1]! : NO_PAIR)
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
    if (this.#rows === BLOCK_ROWS || this.#count > BLOCK_PAIRS - BLOCK_SLACK) this.flush()
  }

  /** Counts what was written down; between rows. */
  flush(): void {
    if (this.#byFirst.length < this.#count) this.#byFirst = new Uint32Array(this.#keys.length)
    this.#sortByFirst()
    let from = 0
    for (let first = 0; first < UNITS; first++) {
      const to = from + this.#firstCounts[first]!
      if (to > from && first !== NO_PAIR) this.#countPairsOf(first, from, to)
      from = to
    }
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
    for (let i = from; i < to; i++) {
      const second = byFirst[i]! >>> 16
      if (counts[second]!++ === 0) seconds[distinct++] = second
    }
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
    let start = 0
    for (let i = 0; i < distinct; i++) {
      const second = seconds[i]!
      const end = places[second]!
      this.#append(this.#terms.pair(first, second), grouped, start, end)
      start = end
    }
  }

  /** Appends the occurrences of one pair, in order of rows, to its list. */
  #append(list: number, grouped: Uint16Array, from: number, to: number): void {
    const pool = this.#pool
    let words = 0
    let edges = 0
    let tf = 0
    let row = grouped[from]! >>> ROW_SHIFT
    for (let i = from; i < to; i++) {
      const entry = grouped[i]!
      const next = entry >>> ROW_SHIFT
      words += entry & IS_WORD
      edges += (entry & IS_EDGE) >>> 1
      if (next === row) tf++
      else {
        pool.append(list, this.#firstRow + row, tf)
        row = next
        tf = 1
      }
    }
    pool.append(list, this.#firstRow + row, tf)
    pool.tally(list, to - from, words, edges)
  }
}

/** A row that does not fit into what is left makes the block longer. */
const BLOCK_SLACK = 1 << 12

function isSurrogate(unit: number): boolean {
  return (unit & 0xf800) === 0xd800
}
