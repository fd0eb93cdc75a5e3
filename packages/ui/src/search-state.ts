/** What a search box shows at one moment: plain data, replaced as a whole at every change. */

import type { Hit, HitDocument, SnippetPart } from '@wenxun/core'

/** One selectable row: a paragraph. */
export interface ResultItem {
  /** Position among all rows, from 0; what `selected` refers to. */
  readonly position: number
  readonly hit: Hit
  /** Where the row leads; null where nowhere that is safe. */
  readonly href: string | null
  /** Headings above the paragraph, outermost first. */
  readonly heading: readonly string[]
  readonly snippet: readonly SnippetPart[]
}

/** The rows of one page, best first. */
export interface ResultGroup {
  readonly document: HitDocument
  readonly items: readonly ResultItem[]
}

export interface FilterValue {
  readonly value: string | number
  /** Matching paragraphs, whatever is chosen in the same field. */
  readonly count: number
  readonly active: boolean
}

export interface FilterField {
  readonly field: string
  /** Most paragraphs first. A chosen value stays listed when nothing matches it. */
  readonly values: readonly FilterValue[]
}

/** Field → the values of which a page must have one. */
export type Filters = Readonly<Record<string, readonly (string | number)[]>>

export interface SearchState {
  /** What was typed last. */
  readonly query: string
  /** An input method is at work: neither search nor act on keys. */
  readonly composing: boolean
  /**
   * `idle` without a query, `loading` while an answer is awaited, else `ready` or `error`. While
   * loading, all below is that of the last answer, so that a list need not flicker.
   */
  readonly status: 'idle' | 'loading' | 'ready' | 'error'
  /** The query that the results answer. */
  readonly answered: string
  readonly groups: readonly ResultGroup[]
  /** All rows of the groups, in order. */
  readonly items: readonly ResultItem[]
  /** Matching paragraphs; a lower bound unless `totalIsExact`. */
  readonly total: number
  readonly totalIsExact: boolean
  readonly suggestions: readonly string[]
  readonly filterFields: readonly FilterField[]
  readonly filters: Filters
  /** Position of the selected row, or -1. */
  readonly selected: number
  readonly hasMore: boolean
  readonly loadingMore: boolean
  /** Why the last search, or the last load of more, failed. */
  readonly error: unknown
}

export const NO_RESULTS = {
  answered: '',
  groups: [],
  items: [],
  total: 0,
  totalIsExact: true,
  suggestions: [],
  filterFields: [],
  selected: -1,
  hasMore: false,
  loadingMore: false,
  error: null,
} as const

export const INITIAL_STATE: SearchState = {
  ...NO_RESULTS,
  query: '',
  composing: false,
  status: 'idle',
  filters: {},
}
