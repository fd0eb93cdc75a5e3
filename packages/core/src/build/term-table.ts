/**
 * Numbers the terms of one field while it is built. A term's number is its posting list in the
 * pool. Characters, pairs and dictionary words have fast paths that never make a string.
 *
 * A pair's key is its two units in 32 bits. It stands in the record of its list, so that the hash
 * table needs four bytes a slot, and the record is what counting touches next anyway.
 */

import type { PostingPool } from '../postings/posting-pool.js'

const NONE = -1
/** Fibonacci hashing: the odd number nearest to 2^32 / golden ratio. */
const HASH_FACTOR = 0x9e3779b1
const FIRST_PAIR_BITS = 17

export class TermTable {
  readonly #pool: PostingPool
  readonly #units = new Int32Array(0x10000).fill(NONE)
  readonly #words: Int32Array
  readonly #strings = new Map<string, number>()
  /** List of a pair plus one, by hash; 0 where there is none. */
  #pairs = new Int32Array(1 << FIRST_PAIR_BITS)
  #pairShift = 32 - FIRST_PAIR_BITS
  #pairCount = 0
  #stringUnits = 0

  /** `wordLimit`: the segmenter's `idLimit`. */
  constructor(pool: PostingPool, wordLimit: number) {
    this.#pool = pool
    this.#words = new Int32Array(wordLimit).fill(NONE)
  }

  /** An estimate of the bytes that terms take, for memory limits. */
  get byteLength(): number {
    return this.#pairs.length * 4 + this.#strings.size * STRING_OVERHEAD + this.#stringUnits * 2
  }

  /** The list of a single unit. */
  unit(unit: number): number {
    let list = this.#units[unit]!
    if (list === NONE) {
      list = this.#pool.create()
      this.#units[unit] = list
    }
    return list
  }

  /** The list of two adjacent units. Hot: bench "build". */
  pair(first: number, second: number): number {
    const key = (first << 16) | second
    const pairs = this.#pairs
    const mask = pairs.length - 1
    let slot = Math.imul(key, HASH_FACTOR) >>> this.#pairShift
    for (;;) {
      const list = pairs[slot]! - 1
      if (list === NONE) return this.#addPair(key, slot)
      if (this.#pool.key(list) === key) return list
      slot = (slot + 1) & mask
    }
  }

  /**
   * The list of a word of three or more units: units [start, end), number `id` in the
   * segmenter, or −1.
   */
  word(units: Uint16Array, start: number, end: number, id: number): number {
    if (id < 0) return this.text(String.fromCharCode(...units.subarray(start, end)))
    let list = this.#words[id]!
    if (list === NONE) {
      list = this.text(String.fromCharCode(...units.subarray(start, end)))
      this.#words[id] = list
    }
    return list
  }

  /** The list of any other term. */
  text(term: string): number {
    let list = this.#strings.get(term)
    if (list === undefined) {
      list = this.#pool.create()
      this.#strings.set(term, list)
      this.#stringUnits += term.length
    }
    return list
  }

  /** All terms with their lists, in UTF-16 order. */
  *sorted(): Generator<NumberedTerm> {
    const strings = [...this.#strings.keys()].sort()
    let next = 0
    for (const gram of this.#sortedGrams()) {
      for (let term = strings[next]; term !== undefined && term < gram.term; ) {
        yield { term, list: this.#strings.get(term)! }
        term = strings[++next]
      }
      yield gram
    }
    for (; next < strings.length; next++) {
      yield { term: strings[next]!, list: this.#strings.get(strings[next]!)! }
    }
  }

  /** Forgets all terms, as the pool forgets all lists. */
  clear(): void {
    this.#units.fill(NONE)
    this.#words.fill(NONE)
    this.#strings.clear()
    this.#stringUnits = 0
    this.#pairs.fill(0)
    this.#pairCount = 0
  }

  /** Grams sort as numbers: unit · 2^17 + (second unit + 1, or 0), which is UTF-16 order. */
  *#sortedGrams(): Generator<NumberedTerm> {
    const keys = new Float64Array(this.#pairCount + this.#units.length)
    let count = 0
    for (let unit = 0; unit < this.#units.length; unit++) {
      if (this.#units[unit] !== NONE) keys[count++] = unit * UNIT_STEP
    }
    for (let slot = 0; slot < this.#pairs.length; slot++) {
      if (this.#pairs[slot] === 0) continue
      const key = this.#pool.key(this.#pairs[slot]! - 1)
      keys[count++] = (key >>> 16) * UNIT_STEP + (key & 0xffff) + 1
    }
    const sorted = keys.subarray(0, count).sort()
    for (let i = 0; i < count; i++) {
      const first = Math.floor(sorted[i]! / UNIT_STEP)
      const second = (sorted[i]! % UNIT_STEP) - 1
      if (second < 0) yield { term: String.fromCharCode(first), list: this.#units[first]! }
      else yield { term: String.fromCharCode(first, second), list: this.pair(first, second) }
    }
  }

  #addPair(key: number, slot: number): number {
    const list = this.#pool.create(key)
    this.#pairs[slot] = list + 1
    if (++this.#pairCount * 2 > this.#pairs.length) this.#growPairs()
    return list
  }

  #growPairs(): void {
    const before = this.#pairs
    this.#pairs = new Int32Array(before.length * 2)
    this.#pairShift--
    const mask = this.#pairs.length - 1
    for (const entry of before) {
      if (entry === 0) continue
      let slot = Math.imul(this.#pool.key(entry - 1), HASH_FACTOR) >>> this.#pairShift
      while (this.#pairs[slot] !== 0) slot = (slot + 1) & mask
      this.#pairs[slot] = entry
    }
  }
}

export interface NumberedTerm {
  readonly term: string
  readonly list: number
}

const UNIT_STEP = 0x20000
/** About what the entry of a map and the head of a string take. */
const STRING_OVERHEAD = 64
