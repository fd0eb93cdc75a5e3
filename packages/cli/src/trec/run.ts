/**
 * A TREC run: `qid Q0 docid rank score wenxun`, one line a document, best first. A document
 * stands where its best paragraph stands.
 */
import type { Hit, SearchIndex, SearchOptions } from '@wenxun/core'
import type { Query } from './query-file.js'

/** What a run needs of an index. */
export type Searchable = Pick<SearchIndex, 'search'>

/** Ties and tiers would let a tool that sorts by score again change our order. */
const leastStep = 1e-6

/** The lines of one query, each ended by a line break; at most `depth` documents. */
export function runLines(
  index: Searchable,
  query: Query,
  depth: number,
  options: SearchOptions,
): string[] {
  let score = Number.POSITIVE_INFINITY
  return bestPerDocument(index, query.text, depth, options).map((hit, i) => {
    score = Math.min(hit.score, score - leastStep)
    const fields = [query.id, 'Q0', hit.document.id].map(oneWord)
    return `${fields.join(' ')} ${i + 1} ${score.toFixed(6)} wenxun\n`
  })
}

/** Fields of a run are separated by blanks, so a blank inside of one is written as `_`. */
const oneWord = (text: string) => text.replace(/[\s\p{Cc}]+/gu, '_') || '_'

/** The first hit of each document in ranking order, at most `depth` of them. */
export function bestPerDocument(
  index: Searchable,
  query: string,
  depth: number,
  options: SearchOptions,
): Hit[] {
  const best = new Map<string, Hit>()
  for (let offset = 0, limit = depth; best.size < depth; offset += limit, limit *= 2) {
    const { hits } = index.search(query, { ...options, offset, limit })
    for (const hit of hits) {
      if (best.size < depth && !best.has(hit.document.id)) best.set(hit.document.id, hit)
    }
    if (hits.length < limit) break
  }
  return [...best.values()]
}
