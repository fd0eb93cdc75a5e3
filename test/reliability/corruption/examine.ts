/** Everything that a reader may ask of an index; its answers as one text, to be compared. */

import { type OpenOptions, openIndex, type SearchIndex, type SearchOptions } from '@wenxun/core'
import { assertWellFormed } from '../well-formed.js'

export interface Examination {
  /** Hits with texts, marks, snippets, headings and metadata; facets; suggestions. */
  readonly answers: string
}

/**
 * Opens an index and asks it everything.
 *
 * @throws IndexError, or a plain Error for a result that is not well-formed
 */
export function examine(
  bytes: Uint8Array,
  queries: readonly string[],
  options: OpenOptions,
): Examination {
  const index = openIndex(bytes, options)
  const facets = index.metadata.columns
  const found = queries.map((query) => ask(index, query, { limit: 3 }))
  for (const name of facets) found.push(ask(index, '法治', { sort: `${name}:desc`, limit: 2 }))
  found.push(ask(index, '第', { facets, limit: 20, snippetLength: 5 }))
  found.push(ask(index, '法治', { filter: { city: '洛阳' }, offset: 1 }))
  index.inspect()
  found.push(index.topTerms(5))
  return { answers: JSON.stringify(found) }
}

/** Checks every checksum and invariant of an index that is opened without doing so. */
export function verify(bytes: Uint8Array): void {
  openIndex(bytes, { verify: false }).verify()
}

function ask(index: SearchIndex, query: string, options: SearchOptions): unknown {
  const known = new Set(index.metadata.columns)
  const { filter, ...rest } = options
  // A column that lost its name is one that is not there.
  const isKnown = filter !== undefined && Object.keys(filter).every((name) => known.has(name))
  const result = index.search(query, isKnown ? options : rest)
  assertWellFormed(result, options.offset)
  return result
}
