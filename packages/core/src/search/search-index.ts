/** An open index: search it, look into it, check it. */

import type { Column } from '../columns/column.js'
import { IndexError } from '../errors.js'
import { markText } from '../highlight/highlighter.js'
import { QueryMatcher } from '../highlight/query-matcher.js'
import type { Hit, LocalSearchOptions, SearchResult } from '../model.js'
import type { QueryPlan } from '../query/query-plan.js'
import { SCALE } from '../ranking/bm25.js'
import { WindowBuffers } from './disjunction.js'
import { bestRows, pagesOf, rankDocuments } from './document-groups.js'
import { Expansions } from './expansions.js'
import { countValues } from './facets.js'
import { FoldedRow } from './folded-row.js'
import type { IndexInspection, IndexParts } from './index-parts.js'
import { type HitSource, lazyHit, once } from './lazy-hit.js'
import { LazyResult } from './lazy-result.js'
import { columnOf, documentOf, PreparedSearch, type SearchTools } from './prepared-search.js'
import type { IsEnough, RankedRows, RankOptions, Searcher } from './searcher.js'
import { sortBy } from './sort-rows.js'
import { SCRATCH } from './text-scorer.js'
import type { ScoredRow } from './top-hits.js'

const DEFAULT_LIMIT = 10
const DEFAULT_GROUP = 3
const DEFAULT_SNIPPET = 120
const MAX_WINDOW = 1_000_000
const MOST_SUGGESTIONS = 3

/** Hits as rows. */
export interface FoundRows {
  readonly prepared: PreparedSearch
  readonly ranked: RankedRows
  /** Best first; without grouping each row is a group of its own. */
  readonly groups: readonly (readonly ScoredRow[])[]
  /** Groups before the first. */
  readonly offset: number
  /** Whether the search stopped early. */
  readonly truncated: boolean
}

export class SearchIndex {
  readonly #parts: IndexParts
  readonly #tools: SearchTools

  constructor(parts: IndexParts) {
    this.#parts = parts
    this.#tools = {
      scratch: new Uint16Array(SCRATCH),
      foldedRow: new FoldedRow(parts.texts, parts.folder),
      buffers: new WindowBuffers(parts.metadata.counts.paragraphs),
      expansions: new Expansions(parts),
    }
  }

  /** Counts, parameters and names of the index. */
  get metadata(): IndexParts['metadata'] {
    return this.#parts.metadata
  }

  /**
   * Finds paragraphs. Any string is a valid query; its language is described in
   * docs/query-language.md. Throws BAD_OPTION for options out of range and for unknown fields,
   * CORRUPT when the index turns out to be damaged.
   */
  search(query: string, options: LocalSearchOptions = {}): SearchResult {
    return this.#search(query, options, false)
  }

  /** The same without any pruning; slow, for tests. */
  searchExhaustively(query: string, options: LocalSearchOptions = {}): SearchResult {
    return this.#search(query, options, true)
  }

  /** @internal The rows that are hits, for what looks into a search; see explain.ts. */
  findRows(query: string, options: LocalSearchOptions = {}, exhaustive = false): FoundRows {
    const limit = option('limit', options.limit, DEFAULT_LIMIT, 0)
    const offset = option('offset', options.offset, 0, 0)
    const groupSize = option('groupSize', options.groupSize, DEFAULT_GROUP, 1)
    option('maxWork', options.maxWork, 0, 0, Number.MAX_SAFE_INTEGER)
    const isGrouped = isAskedFor(options.group)
    const prepared = new PreparedSearch(this.#parts, this.#tools, query, options)
    return prepared.run((searcher, work) => {
      const rank = (most: number, isEnough?: IsEnough) => {
        const ranking = { exhaustive, ...(isEnough && { isEnough, ...pagesOf(this.#parts) }) }
        return this.#rank(prepared, searcher, most, options.sort, ranking)
      }
      const wanted = offset + limit
      if (!isGrouped) {
        const ranked = rank(wanted)
        const groups = ranked.rows.slice(offset, wanted).map((row) => [row])
        return { prepared, ranked, groups, offset, truncated: prepared.isCut || work.isSpent }
      }
      const { ranked, documents } = rankDocuments(rank, wanted, this.#parts)
      const shown = documents.slice(offset)
      const best = (document: number) =>
        bestRows(searcher, document, groupSize, this.#parts, exhaustive)
      const groups = this.#parts.ahead?.all(shown, best) ?? shown.map(best)
      return { prepared, ranked, groups, offset, truncated: prepared.isCut || work.isSpent }
    })
  }

  #search(query: string, options: LocalSearchOptions, exhaustive: boolean): SearchResult {
    const length = option('snippetLength', options.snippetLength, DEFAULT_SNIPPET, 1)
    const { prepared, ranked, groups, offset, truncated } = this.findRows(
      query,
      options,
      exhaustive,
    )
    const { plan } = prepared
    this.#parts.ahead?.rows(groups.flat().map(({ row }) => row))
    const matcher = once(() => new QueryMatcher(plan))
    const { texts, documents, folder } = this.#parts
    const source: HitSource = {
      texts,
      documents,
      mark: (text) => markText(text, matcher(), folder),
      snippetLength: length,
    }
    const inGroups = once(() =>
      groups.map((rows, i) => rows.map((row) => this.#hit(row, offset + i + 1, source))),
    )
    const facets = this.#facets(prepared, options.facets ?? [], () => {
      return prepared.run((searcher) => searcher.rank(this.#parts.text.rows, { exhaustive: true }))
    })
    const groupOf = (hits: readonly Hit[]) => ({ document: hits[0]!.document, hits })
    const known = {
      query,
      total: ranked.total,
      totalIsExact: ranked.totalIsExact,
      ...(truncated && { truncated }),
      ...(options.group && { groups: inGroups().map(groupOf) }),
      facets,
    }
    const result = new LazyResult(
      known,
      () => inGroups().flat(),
      () => this.#suggestions(plan),
    )
    return result as LazyResult & typeof known
  }

  #rank(
    prepared: PreparedSearch,
    searcher: Searcher,
    wanted: number,
    sort: string | undefined,
    ranking: RankOptions,
  ): RankedRows {
    const { rows } = this.#parts.text
    if (sort === undefined || sort === 'relevance') {
      return searcher.rank(Math.min(wanted, rows), ranking)
    }
    const all = searcher.rank(rows, { exhaustive: true })
    const ofRow = (row: number) => prepared.documentOf(row)
    return { ...all, rows: sortBy(sort, all.rows, (name) => this.column(name), ofRow) }
  }

  /** Values of fields over all matching rows; those are found when a field is asked for. */
  #facets(
    prepared: PreparedSearch,
    names: readonly string[],
    findAll: () => RankedRows,
  ): SearchResult['facets'] {
    const columns = names.map((name) => this.column(name))
    const rows = columns.length === 0 ? [] : findAll().rows
    const ofRow = (row: number) => prepared.documentOf(row)
    return Object.fromEntries(
      columns.map((column) => [column.name, countValues(rows, column, ofRow)]),
    )
  }

  /** Sound-alikes for a query that is one run of Han. */
  #suggestions({ parts, isSimple }: QueryPlan): string[] {
    const [element, next] = parts[0]?.phrases[0]?.phrase.elements ?? []
    if (!isSimple || element === undefined || next !== undefined || !element.isRun) return []
    return this.#tools.expansions.soundAlikes(element.term).slice(0, MOST_SUGGESTIONS)
  }

  #hit({ row, score }: ScoredRow, rank: number, source: HitSource): Hit {
    const document = documentOf(this.#parts, row)
    const paragraph = row - this.#parts.documentStarts[document]!
    return lazyHit({ rank, score: score / SCALE, row, document, paragraph }, source)
  }

  /** Values of a metadata field. Throws BAD_OPTION when the index has no such field. */
  column(name: string): Column {
    return columnOf(this.#parts, name)
  }

  inspect(): IndexInspection {
    return this.#parts.inspect()
  }

  /** The terms of the texts that most paragraphs have, with their number of paragraphs. */
  topTerms(limit: number): { term: string; frequency: number }[] {
    return this.#parts.topTerms(limit)
  }

  /** Checks every checksum and invariant. Throws CORRUPT on the first that does not hold. */
  verify(): void {
    this.#parts.verify()
  }
}

function option(
  name: string,
  value: number | undefined,
  fallback: number,
  least: number,
  most = MAX_WINDOW,
): number {
  if (value === undefined) return fallback
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new IndexError(
      'BAD_OPTION',
      `${name} must be a whole number from ${least} to ${most}, found ${value}.`,
    )
  }
  return value
}

function isAskedFor(group: string | undefined): boolean {
  if (group === undefined || group === 'document') return group !== undefined
  throw new IndexError('BAD_OPTION', `group must be "document", found ${JSON.stringify(group)}.`)
}
