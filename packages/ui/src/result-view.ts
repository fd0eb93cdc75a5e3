/**
 * The rows: pages with their marked paragraphs, as a listbox. What comes from documents is only
 * ever bound as text, so markup in it shows as the characters it is.
 */

import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { ResultGroup, ResultItem } from './search-state.js'
import type { Strings } from './strings.js'

/** Longest title or heading shown, in UTF-16 units; hostile ones can be megabytes. */
const MOST_LABEL = 160

export const OPTION_ID = 'hit-'

export interface ResultViewProps {
  readonly groups: readonly ResultGroup[]
  readonly selected: number
  readonly strings: Strings
  readonly onOpen: (event: MouseEvent, item: ResultItem) => void
}

export function resultView(props: ResultViewProps): TemplateResult {
  const { groups, strings } = props
  return html`<div id="results" class="results" part="results" role="listbox" aria-label=${strings.results}>
    ${groups.map((group) => groupView(group, props))}
  </div>`
}

function groupView({ document, items }: ResultGroup, props: ResultViewProps): TemplateResult {
  const title = clip(document.title) || props.strings.untitled
  return html`<div class="group" part="group" role="group" aria-label=${title}>
    ${items.map((item, i) => itemView(item, props, title, i === 0))}
  </div>`
}

function itemView(
  item: ResultItem,
  { selected, onOpen }: ResultViewProps,
  title: string,
  isFirst: boolean,
): TemplateResult {
  const isSelected = item.position === selected
  const marks = marksView(item)
  // A page may begin with its title; it need not stand there twice.
  const isTitle = isFirst && item.hit.text.trim() === title
  return html`<a
    class="hit"
    part=${isSelected ? 'hit hit-selected' : 'hit'}
    role="option"
    tabindex="-1"
    id=${OPTION_ID + item.position}
    href=${item.href ?? nothing}
    aria-selected=${isSelected}
    @click=${(event: MouseEvent) => onOpen(event, item)}
    >${isFirst ? headView(isTitle ? marks : title, item.hit.document.date) : nothing}${
      isTitle ? nothing : pathView(item.heading, title)
    }${isTitle ? nothing : html`<span class="snippet" part="snippet">${marks}</span>`}</a
  >`
}

function headView(title: unknown, date: string | null): TemplateResult {
  return html`<span class="head"
    ><span class="title" part="title">${title}</span>${
      date === null ? nothing : html`<span class="date" part="date">${date}</span>`
    }</span
  >`
}

function pathView(heading: readonly string[], title: string) {
  const path = heading.map(clip).filter((name) => name !== title)
  if (path.length === 0) return nothing
  return html`<span class="path" part="heading"
    >${path.map((name, i) => html`${i === 0 ? nothing : html`<i>›</i>`}${name}`)}</span
  >`
}

/** The snippet, with an ellipsis where the paragraph goes on. */
function marksView({ hit, snippet }: ResultItem): unknown[] {
  const length = snippet.reduce((sum, { text }) => sum + text.length, 0)
  const parts = snippet.map(({ text, hit: isHit }) =>
    isHit ? html`<mark part="mark">${text}</mark>` : text,
  )
  const isCutAfter = hit.snippetStart + length < hit.text.length
  return [hit.snippetStart > 0 ? '…' : '', ...parts, isCutAfter ? '…' : '']
}

function clip(text: string): string {
  return text.length <= MOST_LABEL ? text : `${text.slice(0, MOST_LABEL)}…`
}
