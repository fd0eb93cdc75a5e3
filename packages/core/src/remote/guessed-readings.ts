/**
 * Readings over a dictionary of which pieces are missing. Which characters and pairs are asked for
 * shows only while chains of them are followed, so a first walk takes what is missing for empty and
 * notes it; all of it is then fetched at once, and the walk is made again.
 */

import type { TermLookup } from '../pinyin/chains.js'
import { Pinyin } from '../pinyin/pinyin.js'
import type { Readings } from '../search/index-parts.js'
import { Missing } from './missing.js'

export class GuessedReadings implements Readings {
  readonly #make: () => Pinyin
  #pinyin: Pinyin
  #missing: Missing[] = []

  constructor(bytes: Uint8Array, dictionary: TermLookup) {
    const orElse = <T>(read: () => T, empty: T): T => {
      try {
        return read()
      } catch (error) {
        if (!(error instanceof Missing)) throw error
        this.#missing.push(error)
        return empty
      }
    }
    const lookup: TermLookup = {
      get: (term) => orElse(() => dictionary.get(term), null),
      pairsOf: (character) => orElse(() => dictionary.pairsOf(character), []),
      withPrefix: (prefix, limit) => orElse(() => dictionary.withPrefix(prefix, limit), []),
    }
    this.#make = () => new Pinyin(bytes, lookup)
    this.#pinyin = this.#make()
  }

  readonly expand: Pinyin['expand'] = (...wanted) => {
    return this.#whole(() => this.#pinyin.expand(...wanted))
  }

  readonly suggest: Pinyin['suggest'] = (...wanted) => {
    return this.#whole(() => this.#pinyin.suggest(...wanted))
  }

  /** It remembers what it found, so that one that missed something is of no more use. */
  #again(): never {
    this.#pinyin = this.#make()
    const missing = this.#missing
    const count = missing.reduce((sum, one) => sum + one.count, 0)
    throw new Missing(count, (signal) => Promise.all(missing.map(({ fetch }) => fetch(signal))))
  }

  /** The result of a walk that missed nothing. */
  #whole<T>(walk: () => T): T {
    this.#missing = []
    let found: T
    try {
      found = walk()
    } catch (error) {
      if (!(error instanceof Missing)) throw error
      this.#missing.push(error)
      return this.#again()
    }
    return this.#missing.length > 0 ? this.#again() : found
  }
}
