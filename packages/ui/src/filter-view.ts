/** Values of metadata fields with their counts, to be switched on and off. */

import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { FilterField, FilterValue } from './search-state.js'
import type { Strings } from './strings.js'

/** Values of a field shown before somebody asks for all. */
const FEW = 8

export interface FilterViewProps {
  readonly fields: readonly FilterField[]
  /** Field → what people call it. */
  readonly labels: ReadonlyMap<string, string>
  /** Fields with all of their values shown. */
  readonly expanded: ReadonlySet<string>
  readonly strings: Strings
  readonly locale: string
  readonly onToggle: (field: string, value: string | number) => void
  readonly onExpand: (field: string) => void
}

export function filterView(props: FilterViewProps): TemplateResult | typeof nothing {
  // A field with one value divides nothing.
  const useful = props.fields.filter(
    ({ values }) => values.length > 1 || values.some(({ active }) => active),
  )
  if (useful.length === 0) return nothing
  return html`<div class="facets" part="facets" role="group" aria-label=${props.strings.filters}>
    ${useful.map((field) => fieldView(field, props))}
  </div>`
}

function fieldView({ field, values }: FilterField, props: FilterViewProps): TemplateResult {
  const { labels, expanded, strings, locale, onToggle, onExpand } = props
  const label = labels.get(field) ?? field
  const shown = expanded.has(field) ? values : values.filter(({ active }, i) => active || i < FEW)
  const hidden = values.length - shown.length
  const valueView = ({ value, count, active }: FilterValue) => html`<button
    type="button"
    class="value"
    part=${active ? 'facet-value facet-value-active' : 'facet-value'}
    aria-pressed=${active}
    @click=${() => onToggle(field, value)}
  >${value}<span class="count">${count.toLocaleString(locale)}</span></button>`
  return html`<div class="facet" part="facet" role="group" aria-label=${label}>
    <span part="facet-label">${label}</span>
    <div class="values">
      ${shown.map(valueView)}
      ${
        hidden === 0
          ? nothing
          : html`<button type="button" class="link" @click=${() => onExpand(field)}>${strings.moreValues(hidden)}</button>`
      }
    </div>
  </div>`
}
