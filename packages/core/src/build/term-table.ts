/**
 * Numbers the terms of one field while it is built. A term's number is its posting list in the
 * pool. Characters, pairs and dictionary words have fast paths that never make a string.
 */

import type { PostingPool } from '../postings/posting-pool.js'

const NONE = -1
/** Fibonacci hashing: the odd number nearest to 2^32 / golden ratio. */
const HASH_FACTOR = 0x9e3779b1

export class TermTable {
  readonly #pool: PostingPool
  readonly #units = new Int32Array(0x10000).fill(NONE)
  readonly #words: Int32Array
  readonly #strings = new Map<string, number>()
  #pairKeys = new Uint32Array(1 << 14)
  #pairIds = new Int32Array(1 << 14).fill(NONE)
  #pairShift = 32 - 14
  #pairs = 0

  /** `wordLimit`: the segmenter's `idLimit`. */
  constructor(pool: PostingPool, wordLimit: number) {
    this.#pool = pool
    this.#words = new Int32Array(wordLimit).fill(NONE)
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
    const key = ((first << 16) | second) >>> 0
    const mask = this.#pairKeys.length - 1
    let slot = Math.imul(key, HASH_FACTOR) >>> this.#pairShift
    for (;;) {
      const list = this.#pairIds[slot]!
      if (list === NONE) return this.#addPair(key, slot)
      if (this.#pairKeys[slot] === key) return list
      slot = (slot + 1) & mask
    }
  }

  /** The list of two adjacent units, or −1 when they never were. */
  findPair(first: number, second: number): number {
    const key = ((first << 16) | second) >>> 0
    const mask = this.#pairKeys.length - 1
    let slot = Math.imul(key, HASH_FACTOR) >>> this.#pairShift
    while (this.#pairIds[slot] !== NONE && this.#pairKeys[slot] !== key) slot = (slot + 1) & mask
    return this.#pairIds[slot]!
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
    }
    return list
  }

  /** All terms with their lists, in UTF-16 order. */
  sorted(): { term: string; list: number }[] {
    return merge(this.#sortedGrams(), this.#sortedStrings())
  }

  /** Grams sort as numbers: unit · 2^16 + (second unit + 1, or 0), which is UTF-16 order. */
  #sortedGrams(): { term: string; list: number }[] {
    const keys = new Float64Array(this.#pairs + this.#units.length)
    let count = 0
    for (const [unit, list] of this.#units.entries()) {
      if (list !== NONE) keys[count++] = unit * 0x20000
    }
    for (const [slot, list] of this.#pairIds.entries()) {
      if (list === NONE) continue
      const key = this.#pairKeys[slot]!
      keys[count++] = (key >>> 16) * 0x20000 + (key & 0xffff) + 1
    }
    return Array.from(keys.subarray(0, count).sort(), (key) => {
      const first = Math.floor(key / 0x20000)
      const rest = key % 0x20000
      if (rest === 0) return { term: String.fromCharCode(first), list: this.unit(first) }
      return {
        term: String.fromCharCode(first, rest - 1),
        list: this.pair(first, rest - 1),
      }
    })
  }

  #sortedStrings(): { term: string; list: number }[] {
    const entries = Array.from(this.#strings, ([term, list]) => ({ term, list }))
    return entries.sort((a, b) => (a.term < b.term ? -1 : 1))
  }

  #addPair(key: number, slot: number): number {
    const list = this.#pool.create()
    this.#pairKeys[slot] = key
    this.#pairIds[slot] = list
    if (++this.#pairs * 2 > this.#pairKeys.length) this.#growPairs()
    return list
  }

  #growPairs(): void {
    const keys = this.#pairKeys
    const ids = this.#pairIds
    this.#pairKeys = new Uint32Array(keys.length * 2)
    this.#pairIds = new Int32Array(keys.length * 2).fill(NONE)
    this.#pairShift--
    const mask = this.#pairKeys.length - 1
    for (const [from, id] of ids.entries()) {
      if (id === NONE) continue
      const key = keys[from]!
      let slot = Math.imul(key, HASH_FACTOR) >>> this.#pairShift
      while (this.#pairIds[slot] !== NONE) slot = (slot + 1) & mask
      this.#pairKeys[slot] = key
      this.#pairIds[slot] = id
    }
  }
}

interface Numbered {
  term: string
  list: number
}

function merge(a: Numbered[], b: Numbered[]): Numbered[] {
  const merged: Numbered[] = []
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    merged.push(a[i]!.term < b[j]!.term ? a[i++]! : b[j++]!)
  }
  while (i < a.length) merged.push(a[i++]!)
  while (j < b.length) merged.push(b[j++]!)
  return merged
}
