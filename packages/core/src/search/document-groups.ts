/** Hits by document: which documents come first, and which of their paragraphs are shown. */

import type { IndexParts } from './index-parts.js'
import { documentOf } from './prepared-search.js'
import type { RankedRows, Searcher } from './searcher.js'
import type { ScoredRow } from './top-hits.js'

/** Rows that are ranked at first for each wanted document, and how that grows. */
const ROWS_PER_DOCUMENT = 4
const GROWTH = 4

/** The first `wanted` documents in the order of their first rows in the whole list. */
export function rankDocuments(
  rank: (wanted: number) => RankedRows,
  wanted: number,
  parts: IndexParts,
): { ranked: RankedRows; documents: number[] } {
  for (let depth = wanted * ROWS_PER_DOCUMENT; ; depth *= GROWTH) {
    const ranked = rank(depth)
    const documents = new Set(ranked.rows.map(({ row }) => documentOf(parts, row)))
    if (documents.size >= wanted || ranked.rows.length < depth || depth >= parts.text.rows) {
      return { ranked, documents: [...documents].slice(0, wanted) }
    }
  }
}

/** The best rows of one document, ranked as if there were no other. */
export function bestRows(
  searcher: Searcher,
  document: number,
  wanted: number,
  { documentStarts }: IndexParts,
  exhaustive: boolean,
): readonly ScoredRow[] {
  const from = documentStarts[document]!
  const to = documentStarts[document + 1]!
  return searcher.rank(Math.min(wanted, to - from), { exhaustive, from, to }).rows
}
