/** A page of a site after parsing: what of it is looked at, and what it declares. */
import { type HtmlPage, parsePage } from '../readers/html-page.js'
import { elementsOf, type HtmlElement } from '../readers/html-tree.js'
import { directive, ignored } from './directives.js'
import { type PageFields, pageFields } from './page-fields.js'
import type { PageRules } from './page-rules.js'

export interface ParsedPage {
  /** All of the page. */
  readonly html: HtmlPage
  /** The elements that count: under the root, without those ignored altogether. */
  readonly elements: readonly HtmlElement[]
  /** What elements declare. */
  readonly fields: PageFields
  /** What the options take from the page, by field. */
  readonly own: ReadonlyMap<string, readonly string[]>
}

/** The page, or null when nothing on it matches the root selector. */
export function parseSitePage(text: string, rules: PageRules): ParsedPage | null {
  const html = parsePage(text)
  const { isRoot } = rules
  const root = isRoot ? html.elements.find((element) => isRoot(element)) : html.root
  if (root === undefined) return null
  const elements = [...elementsOf(root, (element) => ignored(element) === 'all')]
  return { html, elements, fields: pageFields(elements), own: rules.fieldsOf(elements) }
}

/** Whether an element is marked as content by the page. */
export const isMarked = (element: HtmlElement): boolean => directive(element, 'body') !== undefined

/** Whether a page marks its content with `data-pagefind-body` or `data-wenxun-body`. */
export function marksBody(text: string): boolean {
  return parsePage(text).elements.some(isMarked)
}

/** Whether the page asks to be left out as a whole. */
export function isIgnored({ html, elements }: ParsedPage): boolean {
  const body = html.elements.find(({ tagName }) => tagName === 'body')
  return elements.length === 0 || (body !== undefined && ignored(body) !== null && !isMarked(body))
}

/** The marked elements that are in no other marked one, nor in anything ignored. */
export function markedRoots({ elements }: ParsedPage): HtmlElement[] {
  const [first] = elements
  if (first === undefined || !elements.some(isMarked)) return []
  const roots: HtmlElement[] = []
  const prunes = (element: HtmlElement) => {
    if (isMarked(element)) roots.push(element)
    return isMarked(element) || ignored(element) !== null
  }
  for (const _ of elementsOf(first, prunes));
  return roots
}
