/**
 * How much work a search may do, counted in postings: what it decodes at most for each step, and
 * POSTINGS_BLOCK for every text it reads. No clock, so the same query stops at the same place.
 * By the way it looks, every now and then, whether the search was given up.
 */

import { throwIfAborted } from '../errors.js'
import type { AbortFlag } from '../model.js'
import { POSTINGS_BLOCK } from '../segment/format.js'

/** Postings between two looks at the signal: some ten microseconds. */
const POSTINGS_A_LOOK = 64 * POSTINGS_BLOCK

export class Work {
  readonly #most: number
  readonly #signal: AbortFlag | undefined
  #done = 0
  /** What may be done before the next look. */
  #unwatched = 0

  constructor(most: number, signal?: AbortFlag) {
    this.#most = most
    this.#signal = signal
  }

  /** Whether the search stopped early. */
  get isSpent(): boolean {
    return this.#done > this.#most
  }

  /**
   * Counts postings; false when there is no more work to do.
   * @throws the reason of the signal when that is aborted
   */
  postings(count: number): boolean {
    this.#done += count
    return this.#done <= this.#unwatched || this.#look()
  }

  /** Counts a text that is read. Texts are long, so each is worth a look. */
  text(): boolean {
    this.#done += POSTINGS_BLOCK
    return this.#look()
  }

  #look(): boolean {
    throwIfAborted(this.#signal)
    this.#unwatched = Math.min(this.#most, this.#done + POSTINGS_A_LOOK)
    return !this.isSpent
  }
}
