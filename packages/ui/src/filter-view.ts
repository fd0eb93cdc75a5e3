/**
 * Values of metadata fields with their counts, to be switched on and off. Loaded where there are
 * fields; what it is made with is given, because a late file may not import the first one.
 */

import type { buttonView as makeButton } from './button-view.js'
import type { ElementTree, h as makeElement } from './element-tree.js'
import type { FilterField, FilterValue } from './search-state.js'
import type { Strings } from './strings.js'

/** Values of a field shown before somebody asks for all. */
const FEW = 8

export { filterStyles } from './filter-styles.js'

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

export interface FilterViewTools {
  readonly h: typeof makeElement
  readonly buttonView: typeof makeButton
}

export function filterView(props: FilterViewProps, tools: FilterViewTools): ElementTree | null {
  // A field with one value divides nothing.
  const useful = props.fields.filter(
    ({ values }) => values.length > 1 || values.some(({ active }) => active),
  )
  if (useful.length === 0) return null
  return tools.h(
    'div',
    { class: 'facets', part: 'facets', role: 'group', 'aria-label': props.strings.filters },
    useful.map((field) => fieldView(field, props, tools)),
  )
}

function fieldView(
  { field, values }: FilterField,
  props: FilterViewProps,
  { h, buttonView }: FilterViewTools,
): ElementTree {
  const { labels, expanded, strings, locale, onToggle, onExpand } = props
  const label = labels.get(field) ?? field
  const shown = expanded.has(field) ? values : values.filter(({ active }, i) => active || i < FEW)
  const hidden = values.length - shown.length
  const valueView = ({ value, count, active }: FilterValue) =>
    buttonView(
      'value',
      active ? 'facet-value facet-value-active' : 'facet-value',
      [value, h('span', { class: 'count' }, count.toLocaleString(locale))],
      () => onToggle(field, value),
      { 'aria-pressed': active },
    )
  const more = strings.moreValues(hidden)
  return h(
    'div',
    { class: 'facet', part: 'facet', role: 'group', 'aria-label': label },
    h('span', { part: 'facet-label' }, label),
    h(
      'div',
      { class: 'values' },
      shown.map(valueView),
      hidden === 0 ? null : buttonView('link', null, more, () => onExpand(field)),
    ),
  )
}
