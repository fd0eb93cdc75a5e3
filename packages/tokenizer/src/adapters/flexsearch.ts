/** FlexSearch 0.8: what its `encode` option and its `search` are given. */
import { indexTerms, requiredTerms, type TermSource } from './search-terms.js'

export interface FlexSearchAdapter {
  /** The `encode` option of `Index` and `Document`. */
  encode(text: string): string[]
  /** What to pass to `search` instead of the user's query. */
  query(text: string): string
}

/** Begins a query and separates its terms: a noncharacter, so that no text holds it. */
const MARK = '\uffff'

/**
 * Terms for FlexSearch: characters, pairs, Latin and numbers. It wants a text to hold all of
 * a query's terms, so there are no words: they may be cut differently here and there.
 *
 * FlexSearch calls one function for texts and for queries, which need different terms;
 * `query` therefore encodes, and `encode` only takes its result apart. A plain string is a
 * legal query too, but does not find numbers that are written another way.
 */
export function flexSearch(analyzer: TermSource): FlexSearchAdapter {
  return {
    encode(text) {
      if (text.startsWith(MARK)) return text.slice(1).split(MARK)
      return indexTerms(analyzer, text, { words: false }).map(({ term }) => term)
    },
    query(text) {
      const terms = requiredTerms(analyzer, text)
      return terms.length > 0 ? MARK + terms.join(MARK) : ''
    },
  }
}
