/**
 * The rows: pages with their marked paragraphs, as a listbox. What comes from documents is only
 * ever bound as text, so markup in it shows as the characters it is.
 */

import { type ElementTree, h, type Tree } from './element-tree.js'
import type { ResultGroup, ResultItem } from './search-state.js'
import type { Strings } from './strings.js'

/** Longest title or heading shown, in UTF-16 units; hostile ones can be megabytes. */
const MOST_LABEL = 160

export const OPTION_ID = 'hit-'

/** The row that is selected. */
export const SELECTED = '.hit[aria-selected=true]'

export interface ResultViewProps {
  readonly groups: readonly ResultGroup[]
  readonly selected: number
  readonly strings: Strings
  readonly onOpen: (event: MouseEvent, item: ResultItem) => void
}

export function resultView(props: ResultViewProps): ElementTree {
  const { groups, strings } = props
  return h(
    'div',
    {
      id: 'results',
      class: 'results',
      part: 'results',
      role: 'listbox',
      'aria-label': strings.results,
    },
    groups.map((group) => groupView(group, props)),
  )
}

function groupView({ document, items }: ResultGroup, props: ResultViewProps): ElementTree {
  const title = clip(document.title) || props.strings.untitled
  return h(
    'div',
    { class: 'group', part: 'group', role: 'group', 'aria-label': title },
    items.map((item, i) => itemView(item, props, title, i === 0)),
  )
}

function itemView(
  item: ResultItem,
  { selected, onOpen }: ResultViewProps,
  title: string,
  isFirst: boolean,
): ElementTree {
  const isSelected = item.position === selected
  const marks = marksView(item)
  // A page may begin with its title; it need not stand there twice.
  const isTitle = isFirst && item.hit.text.trim() === title
  return h(
    'a',
    {
      class: 'hit',
      part: isSelected ? 'hit hit-selected' : 'hit',
      role: 'option',
      tabindex: -1,
      id: OPTION_ID + item.position,
      href: item.href,
      'aria-selected': isSelected,
      '@click': (event: MouseEvent) => onOpen(event, item),
    },
    isFirst ? headView(isTitle ? marks : title, item.hit.document.date) : null,
    isTitle
      ? null
      : [pathView(item.heading, title), h('span', { class: 'snippet', part: 'snippet' }, marks)],
  )
}

function headView(title: Tree, date: string | null): ElementTree {
  return h(
    'span',
    { class: 'head' },
    h('span', { class: 'title', part: 'title' }, title),
    date === null ? null : h('span', { class: 'date', part: 'date' }, date),
  )
}

function pathView(heading: readonly string[], title: string): Tree {
  const path = heading.map(clip).filter((name) => name !== title)
  if (path.length === 0) return null
  const names = path.map((name, i) => [i === 0 ? null : h('i', {}, '›'), name])
  return h('span', { class: 'path', part: 'heading' }, names)
}

/** The snippet, with an ellipsis where the paragraph goes on. */
function marksView({ hit, snippet }: ResultItem): Tree {
  const length = snippet.reduce((sum, { text }) => sum + text.length, 0)
  const parts = snippet.map(({ text, hit: isHit }) =>
    isHit ? h('mark', { part: 'mark' }, text) : text,
  )
  const isCutAfter = hit.snippetStart + length < hit.text.length
  return [hit.snippetStart > 0 ? '…' : '', parts, isCutAfter ? '…' : '']
}

function clip(text: string): string {
  return text.length <= MOST_LABEL ? text : `${text.slice(0, MOST_LABEL)}…`
}
