/** What a page is called, and when it was published. */
import { isoDate } from '../iso-date.js'
import type { HtmlBlock } from '../readers/html-blocks.js'
import { declaredDate, declaredTitle, titleElementText } from '../readers/html-page.js'
import { attribute, type HtmlElement, textIn } from '../readers/html-tree.js'
import type { ParsedPage } from './parsed-page.js'

const longestTitle = 300
/** Headings looked at before a page is given up as one that is nothing but headings. */
const mostHeadings = 8

/**
 * What the page declares, else the first heading of its content, else what its head says; empty
 * when it says nothing. A heading above the content is the site's name as often as the page's
 * title: it counts when the `title` begins with it.
 */
export function titleOf(page: ParsedPage, blocks: readonly HtmlBlock[]): string {
  const { metas, defaults } = page.fields
  const inHead = titleElementText(page.html)
  const headings = headingsOf(page.elements)
  const title =
    metas.get('title') ??
    page.own.get('title')?.[0] ??
    blocks.find((block) => block.rank === 1)?.text ??
    headings.find((heading) => inHead.startsWith(heading)) ??
    (declaredTitle(page.html) || inHead || defaults.get('title') || headings[0] || '')
  return title.length > longestTitle ? `${title.slice(0, longestTitle - 1)}…` : title
}

function headingsOf(elements: readonly HtmlElement[]): string[] {
  return elements
    .filter(({ tagName }) => tagName === 'h1')
    .slice(0, mostHeadings)
    .map((heading) => textIn(heading))
    .filter((text) => text !== '')
}

/** What the page declares as `date` and can be understood, else its head, else a `time` in it. */
export function dateOf({ html, elements, fields, own }: ParsedPage): string | undefined {
  const { filters, metas, defaults, sorts } = fields
  const candidates = [
    own.get('date')?.[0],
    metas.get('date'),
    sorts.get('date'),
    filters.get('date')?.[0],
    declaredDate(html),
    timeIn(elements),
    defaults.get('date'),
  ]
  for (const candidate of candidates) {
    const date = isoDate(candidate ?? '')
    if (date !== null) return date
  }
  return undefined
}

/** The time that is marked as that of publication, else the first that is a date. */
function timeIn(elements: readonly HtmlElement[]): string | undefined {
  const isDate = (element: HtmlElement) =>
    element.tagName === 'time' && isoDate(attribute(element, 'datetime') ?? '') !== null
  const times = elements.filter(isDate)
  const isPublished = (element: HtmlElement) =>
    attribute(element, 'itemprop') === 'datePublished' ||
    attribute(element, 'pubdate') !== undefined
  const time = times.find(isPublished) ?? times[0]
  return time && attribute(time, 'datetime')
}
