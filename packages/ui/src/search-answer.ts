/** One question to the searchable, and its answer as rows to show. */

import type { FacetValue, Hit, HitDocument, SearchOptions, SearchResult } from '@wenxun/core'
import type { FilterField, Filters, ResultGroup, ResultItem } from './search-state.js'
import type { Searchable } from './searchable.js'

export interface Question {
  readonly query: string
  readonly filters: Filters
  readonly facets: readonly string[]
  /** Options of the site that hold for every search. */
  readonly options: SearchOptions
  readonly signal: AbortSignal
}

export interface Answer {
  readonly result: SearchResult
  readonly facets: Readonly<Record<string, readonly FacetValue[]>>
}

/** Asks; the answer comes at once where the searchable answers at once. */
export function ask(searchable: Searchable, question: Question): Answer | Promise<Answer> {
  const { query, filters, facets, options, signal } = question
  const chosen = facets.filter((field) => (filters[field]?.length ?? 0) > 0)
  const search = (more: SearchOptions, without?: string) =>
    searchable.search(query, {
      ...options,
      ...more,
      filter: { ...options.filter, ...nonEmpty(filters, without) },
      signal,
    })
  const free = facets.filter((field) => !chosen.includes(field))
  const results = [
    search({ facets: free }),
    // Other values of a chosen field can be added to it, so they are counted without the choice.
    ...chosen.map((field) => search({ facets: [field], limit: 0, offset: 0 }, field)),
  ]
  return isSettled(results) ? merge(results) : Promise.all(results).then(merge)
}

function merge(results: readonly SearchResult[]): Answer {
  const counts = results.map(({ facets }) => facets)
  return { result: results[0]!, facets: Object.assign({}, ...counts) }
}

function nonEmpty(filters: Filters, without?: string): Filters {
  const used = Object.entries(filters).filter(
    ([field, { length }]) => length > 0 && field !== without,
  )
  return Object.fromEntries(used)
}

function isSettled(
  results: readonly (SearchResult | Promise<SearchResult>)[],
): results is readonly SearchResult[] {
  return results.every((result) => !('then' in result))
}

/** The hits page by page, appended to those already shown. */
export function appendGroups(
  shown: readonly ResultGroup[],
  { hits, groups }: SearchResult,
  linkTo: (hit: Hit) => string | null,
): ResultGroup[] {
  const found = new Map<string, { document: HitDocument; hits: Hit[] }>()
  // A searchable that does not know groups answers with hits alone.
  for (const { document, hits: own } of groups ?? hits.map((hit) => ({ ...hit, hits: [hit] }))) {
    const group = found.get(document.id)
    if (group === undefined) found.set(document.id, { document, hits: [...own] })
    else group.hits.push(...own)
  }
  let position = shown.reduce((sum, { items }) => sum + items.length, 0)
  const itemOf = (hit: Hit): ResultItem => ({
    position: position++,
    hit,
    href: linkTo(hit),
    heading: hit.heading,
    snippet: hit.snippet,
  })
  const added = Array.from(found.values(), (group) => ({
    document: group.document,
    items: group.hits.map(itemOf),
  }))
  return [...shown, ...added]
}

export function filterFieldsOf(
  facets: Answer['facets'],
  fields: readonly string[],
  filters: Filters,
): FilterField[] {
  return fields.map((field) => {
    const counted = facets[field] ?? []
    const active = filters[field] ?? []
    const gone = active.filter((value) => !counted.some((other) => other.value === value))
    const values = [...counted, ...gone.map((value) => ({ value, count: 0 }))]
    return {
      field,
      values: values.map(({ value, count }) => ({ value, count, active: active.includes(value) })),
    }
  })
}
