/**
 * The JSON API: parameters of an address → options of a search → the JSON of `search --json`.
 *
 *   q            what to look for
 *   n, offset    as -n and --offset
 *   filter       field=value, repeatable
 *   facets       names of fields, with commas
 *   sort         field:asc or field:desc
 *   group        document: keep the hits of a document together; then n counts documents
 *   group_size   most hits of one document
 *   synonyms, pinyin   0 to leave them out
 */
import {
  type AbortFlag,
  IndexError,
  type LocalSearchOptions,
  type SearchIndex,
  type SearchOptions,
  type SearchResult,
} from '@wenxun/core'
import { hitJson, resultJson } from '../output/result-json.js'
import { RequestError } from './request-error.js'

const longestQuery = 1000
const mostHits = 100
const deepestOffset = 100_000
const mostFacets = 20
const known = new Set('q n offset filter facets sort group group_size synonyms pinyin'.split(' '))

/**
 * The answer to a question.
 * @throws {RequestError} 400 for parameters that mean nothing
 * @throws the reason of the signal once that is aborted
 */
export function searchAnswer(index: SearchIndex, parameters: URLSearchParams, signal: AbortFlag) {
  const query = queryOf(parameters)
  const options = optionsOf(parameters)
  const start = performance.now()
  const result = search(index, query, { ...options, signal })
  const hits = result.hits.map((hit) => {
    if (signal.aborted) throw signal.reason
    const { snippet, snippetStart } = hit
    return { ...hitJson(hit, undefined), snippet, snippet_start: snippetStart }
  })
  const took = performance.now() - start
  const { groups } = result
  return {
    ...resultJson({ ...result, hits: [] }, took, undefined),
    hits,
    ...(groups && { groups: groupSizes(groups) }),
  }
}

/** How many of the hits belong to each document, in order: 3, 1, 2 means hits 0-2, 3, 4-5. */
const groupSizes = (groups: readonly { readonly hits: readonly unknown[] }[]) =>
  groups.map(({ hits }) => hits.length)

/**
 * Postings a request may cost: half a second of lists, or some seconds of texts. Nobody's query
 * holds up the others' for long.
 */
const MOST_WORK = 50_000_000

function search(index: SearchIndex, query: string, options: LocalSearchOptions): SearchResult {
  try {
    return index.search(query, { maxWork: MOST_WORK, ...options })
  } catch (error) {
    // Fields that the index does not have, and the like.
    if (error instanceof IndexError && error.code === 'BAD_OPTION') {
      throw new RequestError(400, 'parameter', error.message)
    }
    throw error
  }
}

const bad = (name: string, expected: string) =>
  new RequestError(400, 'parameter', `${name}: expected ${expected}.`)

function queryOf(parameters: URLSearchParams): string {
  for (const name of parameters.keys()) {
    if (!known.has(name)) {
      throw new RequestError(
        400,
        'parameter',
        `There is no parameter ${JSON.stringify(name)}; there are ${[...known].join(', ')}.`,
      )
    }
  }
  const query = parameters.get('q') ?? ''
  if (query.trim() === '') throw bad('q', 'what to look for')
  if (query.length > longestQuery) throw bad('q', `at most ${longestQuery} characters`)
  return query
}

function optionsOf(parameters: URLSearchParams): SearchOptions {
  const sort = parameters.get('sort')
  const group = parameters.get('group')
  if (group !== null && group !== 'document') throw bad('group', '"document"')
  if (sort !== null && sort !== 'relevance' && !/^[^:]+:(asc|desc)$/.test(sort)) {
    throw bad('sort', 'field:asc or field:desc')
  }
  const facets = (parameters.get('facets') ?? '').split(',').filter((name) => name !== '')
  if (facets.length > mostFacets) throw bad('facets', `at most ${mostFacets} fields`)
  return {
    limit: wholeNumber(parameters, 'n', 0, mostHits) ?? 10,
    offset: wholeNumber(parameters, 'offset', 0, deepestOffset) ?? 0,
    filter: filterOf(parameters.getAll('filter')),
    facets,
    synonyms: flag(parameters, 'synonyms'),
    pinyin: flag(parameters, 'pinyin'),
    ...(sort !== null && { sort }),
    ...(group !== null && { group, ...groupSize(parameters) }),
  }
}

function groupSize(parameters: URLSearchParams): { groupSize?: number } {
  const size = wholeNumber(parameters, 'group_size', 1, mostHits)
  return size === undefined ? {} : { groupSize: size }
}

function wholeNumber(
  parameters: URLSearchParams,
  name: string,
  least: number,
  most: number,
): number | undefined {
  const text = parameters.get(name)
  if (text === null) return undefined
  const value = Number(text)
  if (!/^\d{1,9}$/.test(text) || value < least || value > most) {
    throw bad(name, `a whole number from ${least} to ${most}`)
  }
  return value
}

function flag(parameters: URLSearchParams, name: string): boolean {
  const text = parameters.get(name)
  if (text !== null && text !== '0' && text !== '1') throw bad(name, '0 or 1')
  return text !== '0'
}

/** Values of one field are alternatives. */
function filterOf(pairs: readonly string[]): Record<string, string[]> {
  const filter = new Map<string, string[]>()
  for (const pair of pairs) {
    const at = pair.indexOf('=')
    if (at <= 0) throw bad('filter', 'field=value')
    const field = pair.slice(0, at)
    filter.set(field, [...(filter.get(field) ?? []), pair.slice(at + 1)])
  }
  return Object.fromEntries(filter)
}
