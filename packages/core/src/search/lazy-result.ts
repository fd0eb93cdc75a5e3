/** A result that makes its hits, and looks for suggestions, when they are first asked for. */

import type { SearchResult } from '../model.js'
import { once } from './lazy-hit.js'
import { ownGetters } from './own-getters.js'

/** What is known when a search ends. */
type KnownResult = Omit<SearchResult, 'hits' | 'suggestions'>

export class LazyResult {
  readonly #hits: () => SearchResult['hits']
  readonly #suggest: () => SearchResult['suggestions']

  constructor(
    known: KnownResult,
    hits: () => SearchResult['hits'],
    suggest: () => SearchResult['suggestions'],
  ) {
    Object.assign(this, known)
    this.#hits = once(hits)
    this.#suggest = once(suggest)
    ownResultGetters(this)
  }

  get hits(): SearchResult['hits'] {
    return this.#hits()
  }

  get suggestions(): SearchResult['suggestions'] {
    return this.#suggest()
  }
}

const ownResultGetters = ownGetters(LazyResult.prototype)
