/**
 * Searches a bundle that is fetched piece by piece meanwhile: plan, fetch what the plan names, run
 * the same code as over an index in memory. A search that meets a missing piece stops there;
 * the piece is fetched, and the search starts anew with more in hand. Steps that know what they
 * will read say so first, so that it comes in one go; see Ahead.
 */

import type { Hit, HitGroup, SearchOptions, SearchResult } from '../model.js'
import { foldText } from '../query/scanned-text.js'
import { SearchIndex } from '../search/search-index.js'
import { Missing, runComplete } from './missing.js'
import type { RemoteParts } from './remote-parts.js'

export interface RemoteSearchOptions extends SearchOptions {
  /** Gives the search up: its promise rejects with the signal's reason. */
  signal?: AbortSignal
}

/** Suggestions are not worth more pieces than this. */
const SUGGESTION_PIECES = 32
/** Nor are they for a longer query, in UTF-16 units. */
const LONGEST_MISTYPED = 8

export class BundleSearch {
  readonly #parts: RemoteParts

  constructor(parts: RemoteParts) {
    this.#parts = parts
  }

  /** As SearchIndex.search, with everything in the result read. */
  async search(query: string, options: RemoteSearchOptions = {}): Promise<SearchResult> {
    const { signal, ...rest } = options
    this.#parts.trim()
    this.#parts.fetchColumns(options.facets ?? [], signal)
    const result = await runComplete(() => {
      this.#parts.prepareFor(query)
      // A search that stopped half-way leaves its working memory behind.
      return materialize(new SearchIndex(this.#parts).search(query, rest))
    }, signal)
    if (!this.#mayBeMistyped(query, result)) return result
    return { ...result, suggestions: await this.#suggest(query, options) }
  }

  /** Whether no hit contains the query, a short one: only then are sound-alikes looked for. */
  #mayBeMistyped(query: string, { hits, total }: SearchResult): boolean {
    // Not for counts alone, nor for a later page.
    if (total > 0 && hits[0]?.rank !== 1) return false
    const { folder } = this.#parts
    const wanted = foldText(folder, query.trim())
    if (wanted.length > LONGEST_MISTYPED) return false
    return !hits.some(({ text }) => foldText(folder, text).includes(wanted))
  }

  #suggest(query: string, { signal }: RemoteSearchOptions): Promise<readonly string[]> {
    const find = () => {
      this.#parts.prepareFor(query)
      return new SearchIndex(this.#parts).search(query, { limit: 0 }).suggestions
    }
    return runComplete(find, signal, SUGGESTION_PIECES).catch((error: unknown) => {
      if (error instanceof Missing) return []
      throw error
    })
  }
}

/** A result whose hits need no bytes any more, without suggestions. */
export function materialize(result: SearchResult): SearchResult {
  const known = new Map<Hit, Hit>()
  const hits = result.hits.map((hit) => {
    const { rank, score, document, paragraph, heading, anchor } = hit
    const { text, highlights, snippet, snippetStart } = hit
    const read = { rank, score, document, paragraph, heading, anchor }
    const plain = { ...read, text, highlights, snippet, snippetStart }
    known.set(hit, plain)
    return plain
  })
  const { query, total, totalIsExact, facets, truncated } = result
  const complete = { query, total, totalIsExact, hits, facets, suggestions: [] }
  const base = truncated === undefined ? complete : { ...complete, truncated }
  if (result.groups === undefined) return base
  const groups = result.groups.map(
    (group): HitGroup => ({
      document: group.document,
      hits: group.hits.map((hit) => known.get(hit) ?? hit),
    }),
  )
  return { ...base, groups }
}
