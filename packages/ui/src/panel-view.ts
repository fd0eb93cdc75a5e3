/** What stands below the input: results with their filters, or why there are none. */

import { buttonView } from './button-view.js'
import { type ElementTree, h, type Tree } from './element-tree.js'
import type { filterView } from './filter-view.js'
import { resultView } from './result-view.js'
import type { ResultItem, SearchState } from './search-state.js'
import type { Strings } from './strings.js'

export interface PanelViewProps {
  readonly state: SearchState
  readonly strings: Strings
  readonly locale: string
  readonly isDialog: boolean
  /** Field → what people call it. */
  readonly labels: ReadonlyMap<string, string>
  /** Fields with all of their values shown. */
  readonly expanded: ReadonlySet<string>
  /** Null while it is not there. */
  readonly filterView: typeof filterView | null
  readonly onOpen: (event: MouseEvent, item: ResultItem) => void
  readonly onSuggestion: (query: string) => void
  readonly onToggle: (field: string, value: string | number) => void
  readonly onExpand: (field: string) => void
  readonly onClearFilters: () => void
  readonly onMore: (event: MouseEvent) => void
  readonly onRetry: () => void
}

export function panelView(props: PanelViewProps): Tree {
  const { state, strings, isDialog } = props
  if (state.status === 'idle') return isDialog ? noteView(strings.hint) : null
  if (state.status === 'error' && state.items.length === 0) return failureView(props)
  if (state.answered === '') return noteView(strings.loading, ' late')
  return [
    barView(props),
    suggestionView(props),
    props.filterView?.({ ...props, fields: state.filterFields }, { h, buttonView }) ?? null,
    state.items.length === 0 ? emptyView(props) : resultsView(props),
  ]
}

/** What a screen reader says when an answer has come. */
export function spokenView({ state, strings, locale }: PanelViewProps): ElementTree {
  return h('div', { class: 'unseen', role: 'status' }, spoken(state, strings, locale))
}

function spoken(state: SearchState, strings: Strings, locale: string): string {
  if (state.status === 'error') return `${strings.error} ${strings.errorHint}`
  if (state.status !== 'ready') return ''
  return state.items.length === 0 ? strings.empty(state.answered) : found(state, strings, locale)
}

function found({ total, totalIsExact }: SearchState, strings: Strings, locale: string): string {
  return strings.found(total.toLocaleString(locale), totalIsExact)
}

function hasFilters({ filters }: SearchState): boolean {
  return Object.values(filters).some(({ length }) => length > 0)
}

function barView({ state, strings, locale, onClearFilters }: PanelViewProps): Tree {
  const isEmpty = state.items.length === 0
  const isFiltered = hasFilters(state)
  if (isEmpty && !isFiltered) return null
  return h(
    'div',
    { class: 'bar', part: 'status' },
    h('span', {}, isEmpty ? null : found(state, strings, locale)),
    isFiltered ? buttonView('link', 'clear-filters', strings.clearFilters, onClearFilters) : null,
  )
}

function suggestionView({ state, strings, onSuggestion }: PanelViewProps): Tree {
  if (state.suggestions.length === 0) return null
  return h(
    'p',
    { class: 'suggestions', part: 'suggestions' },
    strings.suggestions,
    state.suggestions.map((query) =>
      buttonView('link', 'suggestion', query, () => onSuggestion(query)),
    ),
  )
}

function resultsView(props: PanelViewProps): Tree {
  const { state, strings, onMore } = props
  const { loadingMore } = state
  const failed = state.status === 'error'
  const label = loadingMore ? strings.loading : strings.more
  return [
    resultView({ ...props, groups: state.groups, selected: state.selected }),
    failed ? failureView(props) : null,
    state.hasMore && !failed
      ? buttonView('more', 'more', label, onMore, { 'aria-disabled': loadingMore })
      : null,
  ]
}

function emptyView({ state, strings }: PanelViewProps): ElementTree {
  const hint = hasFilters(state) ? strings.emptyFilterHint : strings.emptyHint
  const text = h('p', {}, h('strong', {}, strings.empty(state.answered)), hint)
  return h('div', { class: 'note', part: 'empty' }, text)
}

function failureView({ strings, onRetry }: PanelViewProps): ElementTree {
  return h(
    'div',
    { class: 'note failed', part: 'error' },
    h('p', {}, h('strong', {}, strings.error), strings.errorHint),
    buttonView('more', 'retry', strings.retry, onRetry),
  )
}

function noteView(text: string, kind = ''): ElementTree {
  return h('div', { class: `note${kind}`, part: 'note' }, h('p', {}, text))
}
