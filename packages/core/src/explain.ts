/**
 * Why hits rank where they do, and why a document is not among them. Not part of the query core:
 * a page that does not explain does not load it.
 */

import type { SearchOptions } from './model.js'
import { explainRows, type HitExplanation } from './search/explain-score.js'
import type { SearchIndex } from './search/search-index.js'
import { type DocumentExplanation, explainDocument } from './search/why-not.js'

export type {
  HitExplanation,
  HitGroupName,
  ScoreKind,
  ScoreNode,
  TermFactors,
} from './search/explain-score.js'
export type { Check, DocumentExplanation } from './search/why-not.js'

/**
 * Explains the hits that `index.search(query, options)` returns, in their order. Throws what it
 * throws.
 */
export function explain(
  index: SearchIndex,
  query: string,
  options: SearchOptions = {},
): HitExplanation[] {
  return explainRows(index.findRows(query, options))
}

/**
 * Explains why the document `id` is not among the first hits of `index.search(query, options)`, or
 * where it is. Ranks everything that matches, so it takes longer than a search.
 */
export function whyNot(
  index: SearchIndex,
  query: string,
  id: string,
  options: SearchOptions = {},
): DocumentExplanation {
  return explainDocument(index, query, id, options)
}
