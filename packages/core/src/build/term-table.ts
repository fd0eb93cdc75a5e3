/**
 * Numbers the terms of one field while it is built, but for characters and their pairs (see
 * pair-counter.ts). A term's number is its posting list in the pool. Dictionary words have a fast
 * path that never makes a string.
 */

import type { PostingPool } from '../postings/posting-pool.js'
import type { CountedTerm, CountedTerms } from './counted-term.js'

const NONE = -1

export class TermTable {
  readonly #pool: PostingPool
  readonly #words: Int32Array
  /** Words that have a list. */
  readonly #known: number[] = []
  readonly #strings = new Map<string, number>()
  #stringUnits = 0

  /** `wordLimit`: the segmenter's `idLimit`. */
  constructor(pool: PostingPool, wordLimit: number) {
    this.#pool = pool
    this.#words = new Int32Array(wordLimit).fill(NONE)
  }

  /** An estimate of the bytes that terms take, for memory limits. */
  get byteLength(): number {
    return this.#strings.size * STRING_OVERHEAD + this.#stringUnits * 2
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
      this.#known.push(id)
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

  /** All terms in order with what the pool holds of them, while nothing is added. */
  counted(): CountedTerms {
    return new ListedTerms(this.#strings, this.#pool)
  }

  /** Forgets all terms, as the pool forgets all lists. */
  clear(): void {
    for (const id of this.#known) this.#words[id] = NONE
    this.#known.length = 0
    this.#strings.clear()
    this.#stringUnits = 0
  }
}

/** Reads the lists of terms from a pool. */
class ListedTerms implements CountedTerms {
  readonly #terms: readonly string[]
  readonly #lists: ReadonlyMap<string, number>
  readonly #pool: PostingPool
  #bytes = new Uint8Array(1 << 12)
  #at = 0

  constructor(lists: ReadonlyMap<string, number>, pool: PostingPool) {
    this.#lists = lists
    this.#terms = [...lists.keys()].sort()
    this.#pool = pool
  }

  next(): CountedTerm | null {
    if (this.#at === this.#terms.length) return null
    const term = this.#terms[this.#at++]!
    const pool = this.#pool
    const list = this.#lists.get(term)!
    const most = pool.maxBytes(list)
    if (most > this.#bytes.length) this.#bytes = new Uint8Array(most * 2)
    return {
      term,
      frequency: pool.frequency(list),
      lastRow: pool.lastRow(list),
      occurrences: 0,
      asWord: 0,
      atEdge: 0,
      postings: this.#bytes.subarray(0, pool.copy(list, this.#bytes)),
    }
  }
}

/** About what the entry of a map and the head of a string take. */
const STRING_OVERHEAD = 64
