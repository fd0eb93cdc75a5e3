/** What stands below the input: results with their filters, or why there are none. */

import { html, nothing, type TemplateResult } from 'lit/html.js'
import { filterView } from './filter-view.js'
import { resultView } from './result-view.js'
import type { ResultItem, SearchState } from './search-state.js'
import type { Strings } from './strings.js'

type View = TemplateResult | typeof nothing

export interface PanelViewProps {
  readonly state: SearchState
  readonly strings: Strings
  readonly locale: string
  readonly isDialog: boolean
  /** Field → what people call it. */
  readonly labels: ReadonlyMap<string, string>
  /** Fields with all of their values shown. */
  readonly expanded: ReadonlySet<string>
  readonly onOpen: (event: MouseEvent, item: ResultItem) => void
  readonly onSuggestion: (query: string) => void
  readonly onToggle: (field: string, value: string | number) => void
  readonly onExpand: (field: string) => void
  readonly onClearFilters: () => void
  readonly onMore: (event: MouseEvent) => void
  readonly onRetry: () => void
}

export function panelView(props: PanelViewProps): View {
  const { state, strings, isDialog } = props
  if (state.status === 'idle') return isDialog ? noteView(strings.hint) : nothing
  if (state.status === 'error' && state.items.length === 0) return failureView(props)
  if (state.answered === '') return noteView(strings.loading, 'late')
  return html`${barView(props)} ${suggestionView(props)}
    ${filterView({ ...props, fields: state.filterFields })}
    ${state.items.length === 0 ? emptyView(props) : resultsView(props)}`
}

/** What a screen reader says when an answer has come. */
export function spokenView({ state, strings, locale }: PanelViewProps): TemplateResult {
  return html`<div class="unseen" role="status">${spoken(state, strings, locale)}</div>`
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

function barView({ state, strings, locale, onClearFilters }: PanelViewProps): View {
  const isEmpty = state.items.length === 0
  if (isEmpty && !hasFilters(state)) return nothing
  return html`<div class="bar" part="status">
    <span>${isEmpty ? nothing : found(state, strings, locale)}</span>
    ${
      hasFilters(state)
        ? html`<button type="button" class="link" part="clear-filters" @click=${onClearFilters}>${strings.clearFilters}</button>`
        : nothing
    }
  </div>`
}

function suggestionView({ state, strings, onSuggestion }: PanelViewProps): View {
  if (state.suggestions.length === 0) return nothing
  return html`<p class="suggestions" part="suggestions">
    ${strings.suggestions}${state.suggestions.map(
      (query) =>
        html`<button type="button" class="link" part="suggestion" @click=${() => onSuggestion(query)}>${query}</button>`,
    )}
  </p>`
}

function resultsView(props: PanelViewProps): TemplateResult {
  const { state, strings, onMore } = props
  return html`${resultView({ ...props, groups: state.groups, selected: state.selected })}
  ${state.status === 'error' ? failureView(props) : nothing}
  ${
    state.hasMore && state.status !== 'error'
      ? html`<button type="button" class="more" part="more" aria-disabled=${state.loadingMore} @click=${onMore}>
          ${state.loadingMore ? strings.loading : strings.more}
        </button>`
      : nothing
  }`
}

function emptyView({ state, strings }: PanelViewProps): TemplateResult {
  const hint = hasFilters(state) ? strings.emptyFilterHint : strings.emptyHint
  return html`<div class="note" part="empty">
    <p><strong>${strings.empty(state.answered)}</strong>${hint}</p>
  </div>`
}

function failureView({ strings, onRetry }: PanelViewProps): TemplateResult {
  return html`<div class="note failed" part="error">
    <p><strong>${strings.error}</strong>${strings.errorHint}</p>
    <button type="button" class="more" part="retry" @click=${onRetry}>${strings.retry}</button>
  </div>`
}

function noteView(text: string, kind = ''): TemplateResult {
  return html`<div class="note ${kind}" part="note"><p>${text}</p></div>`
}
