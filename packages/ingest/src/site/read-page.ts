/**
 * One page of a site → one document. The page says by its own markup what is content and what it
 * wants to be filtered by; where it is silent, its landmarks and head do.
 */
import { paragraphsOfBlocks } from '../readers/html.js'
import { blocksOf, type HtmlBlock } from '../readers/html-blocks.js'
import { declaredDescription, type HtmlPage, mainOf } from '../readers/html-page.js'
import { attribute, elementsOf, type HtmlElement } from '../readers/html-tree.js'
import { attributeTexts, ignored, weightOf } from './directives.js'
import { cutLong } from './long-paragraphs.js'
import { filtersOf, languageOf, metaOf } from './page-meta.js'
import type { PageRules } from './page-rules.js'
import { dateOf, titleOf } from './page-title.js'
import { pageUrl } from './page-url.js'
import { isIgnored, markedRoots, type ParsedPage, parseSitePage } from './parsed-page.js'
import type { LeftOutReason, SiteDocument, SiteParagraph } from './types.js'

/** A page that was read, or why it is left out. */
export type ReadPage =
  | {
      readonly document: SiteDocument
      readonly language: string | undefined
      readonly filters: readonly string[]
      readonly leftOut?: undefined
    }
  | { readonly leftOut: LeftOutReason }

/**
 * Reads a page. Any text is a page.
 *
 * @param path below the site's root, with `/`
 * @param onlyMarked whether pages of this site have to mark their content
 */
export function readPage(
  text: string,
  path: string,
  rules: PageRules,
  onlyMarked: boolean,
): ReadPage {
  const page = parseSitePage(text, rules)
  if (page === null) return { leftOut: 'no-root' }
  if (isIgnored(page)) return { leftOut: 'ignored' }
  const marked = markedRoots(page)
  if (onlyMarked && marked.length === 0) return { leftOut: 'unmarked' }
  const blocks = marked.length > 0 ? markedBlocks(marked, rules) : mainBlocks(page, rules)
  if (blocks.length === 0 && isRedirect(page.html)) return { leftOut: 'redirect' }
  const title = titleOf(page, blocks)
  const paragraphs = paragraphsOf(blocks, title)
  const description = declaredDescription(page.html)
  // A page that scripts fill has nothing else to be found by.
  if (paragraphs.length === 0 && description !== '') paragraphs.push({ text: description })
  if (paragraphs.length === 0 && title === '') return { leftOut: 'empty' }
  const date = dateOf(page)
  const meta = metaOf(page, rules)
  const document: SiteDocument = {
    id: path,
    title: title || nameOf(path),
    url: pageUrl(path, rules.url),
    ...(date === undefined ? {} : { date }),
    ...(Object.keys(meta).length > 0 ? { meta } : {}),
    paragraphs,
  }
  return { document, language: languageOf(page), filters: filtersOf(page) }
}

function blocksIn(content: HtmlElement, rules: PageRules, isContent: boolean): HtmlBlock[] {
  const skips = (element: HtmlElement) => ignored(element) !== null || rules.isExcluded(element)
  return blocksOf(content, { skips, attributeTexts, weightOf, isContent })
}

const markedBlocks = (roots: readonly HtmlElement[], rules: PageRules) =>
  roots.flatMap((root) => blocksIn(root, rules, true))

function mainBlocks({ elements }: ParsedPage, rules: PageRules): HtmlBlock[] {
  const [first] = elements
  if (first === undefined) return []
  const main = mainOf([...elementsOf(first, (element) => ignored(element) !== null)]) ?? first
  return blocksIn(main, rules, main.tagName !== 'body' && main.tagName !== 'html')
}

function isRedirect({ elements }: HtmlPage): boolean {
  return elements.some(
    (element) =>
      element.tagName === 'meta' &&
      attribute(element, 'http-equiv')?.trim().toLowerCase() === 'refresh' &&
      /url\s*=/i.test(attribute(element, 'content') ?? ''),
  )
}

/** A heading and long texts as they are found: under their headings, in bounded pieces. */
function paragraphsOf(blocks: readonly HtmlBlock[], title: string): SiteParagraph[] {
  return paragraphsOfBlocks(blocks, title).flatMap((paragraph, i) => {
    const weight = blocks[i]?.weight
    const weighted = weight === undefined ? {} : { weight }
    return cutLong(paragraph.text).map((text) => ({ ...paragraph, text, ...weighted }))
  })
}

/** `guide/start.html` → `start`, `guide/index.html` → `guide`. */
function nameOf(path: string): string {
  const parts = path.replace(/\.[^./]*$/, '').split('/')
  const name = parts.pop() ?? path
  return name === 'index' ? (parts.pop() ?? name) : name
}
