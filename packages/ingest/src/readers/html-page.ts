/** What an HTML page says of itself: title, date, address; and where its content is. */
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { isoDate } from '../iso-date.js'
import { unwrap } from '../line-joins.js'
import { isSkipped } from './html-skips.js'
import { attribute, elementsOf, type HtmlElement, textIn } from './html-tree.js'

// Containers of the article on pages of common Chinese publishing systems.
const articleIds = new Set(['zoom', 'UCAP-CONTENT', 'js_content', 'fontzoom', 'BodyLabel'])
const articleClasses = /(?:^|\s)(?:TRS_Editor|TRS_UEDITOR|pages_content|article-content)(?:\s|$)/
const titleMetas = ['ArticleTitle', 'og:title']
const dateMetas = [
  'PubDate',
  'article:published_time',
  'publishdate',
  'date',
  'DC.date',
  'dcterms.date',
]
const descriptionMetas = ['description', 'og:description']

/** A parsed page. */
export interface HtmlPage {
  readonly root: DefaultTreeAdapterTypes.Document
  /** All elements, in document order. */
  readonly elements: readonly HtmlElement[]
  /** Contents of `meta` elements by name or property; the last one counts. */
  readonly metas: ReadonlyMap<string, string>
}

/** Parses a page as a browser does; any text is a page. */
export function parsePage(html: string): HtmlPage {
  const root = parse(html)
  const elements = [...elementsOf(root)]
  const metas = new Map<string, string>()
  for (const element of elements) {
    if (element.tagName !== 'meta') continue
    const name = attribute(element, 'name') ?? attribute(element, 'property')
    const content = attribute(element, 'content')?.trim()
    if (name && content) metas.set(name, content)
  }
  return { root, elements, metas }
}

const firstMeta = ({ metas }: HtmlPage, keys: readonly string[]) =>
  keys.map((key) => metas.get(key)).find((value) => value)

/** The title that the page declares in its head. */
export function declaredTitle(page: HtmlPage): string {
  return unwrap(firstMeta(page, titleMetas) ?? titleElementText(page))
}

/** The text of the `title` element, which often ends with the site's name. */
export function titleElementText({ elements }: HtmlPage): string {
  // Not the title of a drawing.
  const title = elements.find(
    (element) => element.tagName === 'title' && element.namespaceURI.endsWith('xhtml'),
  )
  return title ? textIn(title) : ''
}

/** The date that the page declares in its head, in ISO 8601. */
export function declaredDate(page: HtmlPage): string | undefined {
  return isoDate(firstMeta(page, dateMetas) ?? '') ?? undefined
}

/** The description in the head, as one line. */
export function declaredDescription(page: HtmlPage): string {
  return unwrap(firstMeta(page, descriptionMetas) ?? '')
}

/** The canonical address, as written. */
export function canonicalUrl({ elements }: HtmlPage): string | undefined {
  const link = elements.find(
    (element) => element.tagName === 'link' && attribute(element, 'rel') === 'canonical',
  )
  return link && attribute(link, 'href')
}

const isArticle = (element: HtmlElement) =>
  articleIds.has(attribute(element, 'id') ?? '') ||
  articleClasses.test(attribute(element, 'class') ?? '')

/** The one element that holds the content; the body when the page does not say. */
export function mainOf(elements: readonly HtmlElement[]): HtmlElement | undefined {
  const only = (test: (element: HtmlElement) => boolean) => {
    const found = elements.filter((element) => test(element) && !isSkipped(element, true))
    return found.length === 1 ? found[0] : undefined
  }
  return (
    only((element) => element.tagName === 'main' || attribute(element, 'role') === 'main') ??
    only((element) => element.tagName === 'article') ??
    only(isArticle) ??
    elements.find((element) => element.tagName === 'body')
  )
}
