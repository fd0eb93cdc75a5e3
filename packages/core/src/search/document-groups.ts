/** Hits by document: which documents come first, and which of their paragraphs are shown. */

import type { IndexParts } from './index-parts.js'
import { documentOf } from './prepared-search.js'
import type { IsEnough, RankedRows, RankOptions, Searcher } from './searcher.js'
import type { ScoredRow } from './top-hits.js'

/** Rows that are ranked at first for each wanted document, and how that grows. */
const ROWS_PER_DOCUMENT = 4
const GROWTH = 4

/** The first `wanted` documents in the order of their first rows in the whole list. */
export function rankDocuments(
  rank: (wanted: number, isEnough: IsEnough) => RankedRows,
  wanted: number,
  parts: IndexParts,
): { ranked: RankedRows; documents: number[] } {
  const documentsOf = (rows: readonly ScoredRow[]) =>
    new Set(rows.map(({ row }) => documentOf(parts, row)))
  const isEnough: IsEnough = (rows) => rows.length >= wanted && documentsOf(rows).size >= wanted
  for (let depth = wanted * ROWS_PER_DOCUMENT; ; depth *= GROWTH) {
    const ranked = rank(depth, isEnough)
    const documents = documentsOf(ranked.rows)
    if (documents.size >= wanted || ranked.rows.length < depth || depth >= parts.text.rows) {
      return { ranked, documents: [...documents].slice(0, wanted) }
    }
  }
}

/**
 * Where documents are the pages of a site, what a page holds counts, in whatever paragraph. An index
 * for the visitors of one is told by the few texts that its searches read.
 */
export function pagesOf({
  metadata,
  documentStarts,
}: IndexParts): Pick<RankOptions, 'documentStarts'> {
  return metadata.secondLook === undefined ? {} : { documentStarts }
}

/** The best rows of one document, ranked as if there were no other. */
export function bestRows(
  searcher: Searcher,
  document: number,
  wanted: number,
  parts: IndexParts,
  exhaustive: boolean,
): readonly ScoredRow[] {
  const { documentStarts } = parts
  const from = documentStarts[document]!
  const to = documentStarts[document + 1]!
  // Of an index that reads few texts, only those that are shown.
  const secondLook = parts.metadata.secondLook === undefined ? undefined : wanted
  const options = { exhaustive, from, to, ...(secondLook !== undefined && { secondLook }) }
  return searcher.rank(Math.min(wanted, to - from), options).rows
}
