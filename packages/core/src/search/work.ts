/**
 * How much work a search may do, counted in postings: what it decodes at most for each step, and
 * POSTINGS_BLOCK for every text it reads. No clock, so the same query stops at the same place.
 */

import { POSTINGS_BLOCK } from '../segment/format.js'

export class Work {
  #left: number

  constructor(most: number) {
    this.#left = most
  }

  /** Whether the search stopped early. */
  get isSpent(): boolean {
    return this.#left < 0
  }

  /** Counts postings; false when there is no more work to do. */
  postings(count: number): boolean {
    this.#left -= count
    return this.#left >= 0
  }

  /** Counts a text that is read. */
  text(): boolean {
    return this.postings(POSTINGS_BLOCK)
  }
}
