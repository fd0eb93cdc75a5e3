/**
 * A search box without its looks: holds what is typed, asks, keeps what is shown. It knows no DOM;
 * `<wenxun-search>` is one view of it, and you can write another.
 *
 * Kept always: an answer never replaces that of a newer question; nothing is asked, and no row
 * chosen, while an input method composes; results stay until newer ones are there.
 */

import type { Hit, SearchOptions, SearchResult } from '@wenxun/core'
import { hitLink } from './hit-link.js'
import { type Answer, appendGroups, ask, filterFieldsOf } from './search-answer.js'
import { INITIAL_STATE, NO_RESULTS, type ResultItem, type SearchState } from './search-state.js'
import type { Searchable } from './searchable.js'

export interface SearchControllerOptions {
  /** Pages per load; default 8. */
  limit?: number
  /** Most rows of one page; default 3. */
  groupSize?: number
  /** Metadata fields to offer as filters, with counts; default none. */
  facets?: readonly string[]
  /** Conditions that hold for every search, besides what the visitor chooses. */
  filter?: NonNullable<SearchOptions['filter']>
  /** `relevance` (default), or `field:asc` / `field:desc`. */
  sort?: string
  /** Longest snippet, in UTF-16 units; default 120. */
  snippetLength?: number
  /** Milliseconds of silence after the last key before a search; default 40. */
  debounce?: number
  /** Selects the first row of every new list, so that Enter opens it; default false. */
  selectFirst?: boolean
  /** Where a hit leads; default `hitLink`. */
  linkTo?: (hit: Hit) => string | null
}

export class SearchController {
  #searchable: Searchable | null
  #options: SearchControllerOptions
  #state: SearchState = INITIAL_STATE
  readonly #listeners = new Set<(state: SearchState) => void>()
  #timer: ReturnType<typeof setTimeout> | null = null
  #running: AbortController | null = null
  /** The query of the last search; null before the first one. */
  #asked: string | null = null
  /** What the searchable counts in `offset`: the pages shown, or rows where it knows no pages. */
  #loaded = 0

  constructor(searchable: Searchable | null, options: SearchControllerOptions = {}) {
    this.#searchable = searchable
    this.#options = options
  }

  get state(): SearchState {
    return this.#state
  }

  /** The selected row, if any. */
  get selectedItem(): ResultItem | null {
    return this.#state.items[this.#state.selected] ?? null
  }

  /** Calls back after every change; returns the end of that. */
  subscribe(listener: (state: SearchState) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Searches something else from now on; what is shown is asked again there. */
  setSearchable(searchable: Searchable | null): void {
    if (searchable === this.#searchable) return
    this.#searchable = searchable
    this.#asked = null
    this.#set(NO_RESULTS)
    this.search()
  }

  /** Changes options; what they change shows with the next search. */
  configure(options: SearchControllerOptions): void {
    this.#options = { ...this.#options, ...options }
  }

  /** What is in the input now. Searches when typing pauses. */
  setQuery(query: string): void {
    if (query === this.#state.query) return
    this.#set({ query })
    if (this.#state.composing) return
    this.#cancelTimer()
    const { debounce = 40 } = this.#options
    if (debounce <= 0 || query.trim() === '') this.search()
    else this.#timer = setTimeout(() => this.search(), debounce)
  }

  compositionStart(): void {
    this.#cancelTimer()
    this.#set({ composing: true })
  }

  /** @param query all of the input, with what was composed */
  compositionEnd(query: string): void {
    if (!this.#state.composing) return
    this.#set({ composing: false, query })
    if (query !== this.#asked) this.search()
  }

  /** Searches now, without waiting for a pause. */
  search(): void {
    this.#cancelTimer()
    if (this.#state.composing) return
    this.#running?.abort()
    this.#running = null
    const { query } = this.#state
    this.#asked = query
    if (this.#searchable === null || query.trim() === '') {
      this.#set({ ...NO_RESULTS, status: 'idle' })
      return
    }
    this.#set({ status: 'loading', loadingMore: false })
    this.#ask(0, query, (answer) => this.#show(query, answer))
  }

  /** Searches now if a pause in typing was awaited. */
  flush(): void {
    if (this.#timer !== null) this.search()
  }

  /** Asks for the next pages of the results shown. */
  loadMore(thenSelect = false): void {
    const { hasMore, loadingMore, status, answered } = this.#state
    if (!hasMore || loadingMore || status === 'loading') return
    this.#set({ status: 'ready', loadingMore: true, error: null })
    this.#ask(this.#loaded, answered, (answer) => this.#append(answer, thenSelect))
  }

  /** Does again what failed. */
  retry(): void {
    if (this.#state.items.length > 0) this.loadMore()
    else this.search()
  }

  /** Selects a row; -1 for none. */
  select(position: number): void {
    const selected = position < this.#state.items.length ? Math.max(-1, position) : -1
    if (!this.#state.composing) this.#set({ selected })
  }

  /** Moves the selection by rows, around the ends; past the last one, loads more if there is. */
  moveSelection(step: number): void {
    const { items, selected, hasMore, composing } = this.#state
    if (items.length === 0 || composing) return
    const next = selected + step
    if (next >= items.length && hasMore) this.loadMore(true)
    else if (selected < 0) this.select(step > 0 ? 0 : items.length - 1)
    else this.select((next + items.length) % items.length)
  }

  /** Chooses a value of a field, or no longer; several of one field widen the results. */
  toggleFilter(field: string, value: string | number): void {
    const { filters } = this.#state
    const chosen = filters[field] ?? []
    const others = chosen.filter((other) => other !== value)
    const values = others.length < chosen.length ? others : [...chosen, value]
    this.#set({ filters: { ...filters, [field]: values } })
    this.search()
  }

  clearFilters(): void {
    this.#set({ filters: {} })
    this.search()
  }

  /** Ends what is under way and calls nobody back any more. */
  dispose(): void {
    this.#cancelTimer()
    this.#running?.abort()
    this.#running = null
    this.#listeners.clear()
  }

  #ask(offset: number, query: string, receive: (answer: Answer) => void): void {
    const running = new AbortController()
    this.#running = running
    const { facets = [], limit = 8, groupSize = 3, filter, sort, snippetLength } = this.#options
    const settle = (finish: () => void) => {
      if (this.#running !== running) return
      this.#running = null
      try {
        // Hits are read here, so a damaged index shows as a failure and not as half a list.
        finish()
      } catch (error) {
        this.#fail(error)
      }
    }
    try {
      const answer = ask(this.#searchable!, {
        query,
        filters: this.#state.filters,
        facets: offset === 0 ? facets : [],
        signal: running.signal,
        options: {
          limit,
          offset,
          group: 'document',
          groupSize,
          ...(filter !== undefined && { filter }),
          ...(sort !== undefined && { sort }),
          ...(snippetLength !== undefined && { snippetLength }),
        },
      })
      if (!(answer instanceof Promise)) settle(() => receive(answer))
      else {
        answer.then(
          (value) => settle(() => receive(value)),
          (error: unknown) => settle(() => this.#fail(error)),
        )
      }
    } catch (error) {
      settle(() => this.#fail(error))
    }
  }

  #show(query: string, { result, facets }: Answer): void {
    const groups = appendGroups([], result, this.#linkTo)
    const items = groups.flatMap((group) => group.items)
    const { filters } = this.#state
    this.#loaded = countOf(result)
    this.#set({
      ...NO_RESULTS,
      status: 'ready',
      answered: query,
      groups,
      items,
      total: result.total,
      totalIsExact: result.totalIsExact,
      suggestions: result.suggestions,
      filterFields: filterFieldsOf(facets, this.#options.facets ?? [], filters),
      selected: this.#options.selectFirst && items.length > 0 ? 0 : -1,
      hasMore: this.#mayHaveMore(result, items.length),
    })
  }

  #append({ result }: Answer, thenSelect: boolean): void {
    const first = this.#state.items.length
    const groups = appendGroups(this.#state.groups, result, this.#linkTo)
    const items = groups.flatMap((group) => group.items)
    this.#loaded += countOf(result)
    this.#set({
      groups,
      items,
      hasMore: this.#mayHaveMore(result, items.length),
      loadingMore: false,
      ...(thenSelect && items.length > first && { selected: first }),
    })
  }

  /** Whether a load came back full, and not all of what matches is shown. */
  #mayHaveMore(result: SearchResult, shown: number): boolean {
    const { limit = 8 } = this.#options
    const isAll = result.totalIsExact && shown >= result.total
    return countOf(result) >= limit && !isAll
  }

  readonly #linkTo = (hit: Hit) => {
    const { linkTo = hitLink } = this.#options
    return linkTo(hit)
  }

  #fail(error: unknown): void {
    const kept = this.#state.loadingMore ? { loadingMore: false } : NO_RESULTS
    this.#set({ ...kept, status: 'error', error })
  }

  #cancelTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  #set(change: Partial<SearchState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of [...this.#listeners]) listener(this.#state)
  }
}

const countOf = ({ groups, hits }: SearchResult) => (groups ?? hits).length

/** A search box without its looks, over anything that can be searched. */
export function createSearchController(
  searchable: Searchable | null,
  options?: SearchControllerOptions,
): SearchController {
  return new SearchController(searchable, options)
}
