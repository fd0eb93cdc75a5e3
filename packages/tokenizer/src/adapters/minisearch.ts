/** MiniSearch 7: options for its constructor, and queries of which all must match. */
import { STEM_PREFIX } from '../scan/stem.js'
import { Script, scriptOf } from '../script.js'
import { indexTerms, queryTerms, requiredTerms, type TermSource } from './search-terms.js'

/** To be spread into the options of `new MiniSearch(…)` and of `MiniSearch.loadJSON`. */
export interface MiniSearchOptions {
  tokenize(text: string): string[]
  processTerm(term: string): string
  searchOptions: {
    tokenize(text: string): string[]
    processTerm(term: string): string
    boostTerm(term: string): number
  }
}

/** A query tree as `search` takes it in place of a string. */
export interface MiniSearchQuery {
  combineWith: 'AND' | 'OR'
  tokenize(term: string): string[]
  queries: (MiniSearchQuery | string)[]
}

export interface MiniSearchAdapter {
  options: MiniSearchOptions
  /** A query that only texts with the whole of it match, numbers in any writing. */
  all(query: string): MiniSearchQuery
}

const same = (term: string) => term
const alone = (term: string) => [term]

// Weights of the evidence: measured for sums over characters, pairs and words.
const CHARACTER = 0.7
const LONGER = 0.5
const STEM = 0.3

function boostTerm(term: string): number {
  if (term.startsWith(STEM_PREFIX)) return STEM
  if (scriptOf(term.charCodeAt(0)) < Script.high) return 1
  return [...term].length > 1 ? LONGER : CHARACTER
}

/** Terms for MiniSearch: characters, pairs, words, Latin and numbers; ranked by its BM25+. */
export function miniSearch(analyzer: TermSource): MiniSearchAdapter {
  const every = (queries: string[]): MiniSearchQuery => ({
    combineWith: 'AND',
    tokenize: alone,
    queries,
  })
  return {
    options: {
      tokenize: (text) => indexTerms(analyzer, text).map(({ term }) => term),
      processTerm: same,
      searchOptions: {
        tokenize: (query) => queryTerms(analyzer, query),
        processTerm: same,
        boostTerm,
      },
    },
    all: (query) => ({
      combineWith: 'OR',
      tokenize: alone,
      queries: [
        every(requiredTerms(analyzer, query)),
        every(requiredTerms(analyzer, query, 'literal')),
      ],
    }),
  }
}
