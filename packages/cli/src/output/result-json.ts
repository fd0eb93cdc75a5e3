/** A search result as JSON: what `wenxun search --json` prints and `wenxun serve` answers. */
import type { Hit, SearchResult } from '@wenxun/core'
import type { HitExplanation } from '@wenxun/core/explain'

/** The JSON of the contract: field names are kept for good. */
export function resultJson(
  result: SearchResult,
  took: number,
  fields: readonly string[] | undefined,
  explanations: readonly HitExplanation[] = [],
) {
  return {
    query: result.query,
    total: result.total,
    total_is_exact: result.totalIsExact,
    ...(result.truncated && { truncated: true }),
    took_ms: Number(took.toFixed(3)),
    hits: result.hits.map((hit, i) => ({
      ...hitJson(hit, fields),
      ...(explanations[i] && { explain: explainJson(explanations[i]) }),
    })),
    suggestions: result.suggestions,
    ...(Object.keys(result.facets).length > 0 && { facets: result.facets }),
  }
}

/** What a hit's score is made of. */
function explainJson({ group, secondLook, length, tree }: HitExplanation) {
  return { group, second_look: secondLook, length, tree }
}

/** One hit. With `fields`, only those of the document's metadata. */
export function hitJson(hit: Hit, fields: readonly string[] | undefined) {
  const { id, title, url, date, meta } = hit.document
  const shown = fields
    ? Object.fromEntries(Object.entries(meta).filter(([key]) => fields.includes(key)))
    : meta
  return {
    rank: hit.rank,
    score: hit.score,
    document: { id, title, url, date, meta: shown },
    paragraph: hit.paragraph,
    heading: hit.heading,
    anchor: hit.anchor,
    text: hit.text,
    highlights: hit.highlights,
  }
}
