/**
 * HTML pages: the main content as paragraphs under heading paths. Government pages rarely
 * have headings of their own; such a page is offered to the text profile line by line.
 */
import type { SourceParagraph } from '@wenxun/core'
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { HeadingPath } from '../heading-path.js'
import { isoDate } from '../iso-date.js'
import { unwrap } from '../line-joins.js'
import { plainProfile, profileFor } from '../profiles.js'
import type { Reader, ReaderContext, ReadItem } from '../types.js'
import { attribute, blocksOf, elementsOf, type HtmlBlock, isSkipped } from './html-blocks.js'
import { itemOf } from './text.js'

type Element = DefaultTreeAdapterTypes.Element

// Containers of the article on pages of common Chinese publishing systems.
const articleIds = new Set(['zoom', 'UCAP-CONTENT', 'js_content', 'fontzoom', 'BodyLabel'])
const articleClasses = /(?:^|\s)(?:TRS_Editor|TRS_UEDITOR|pages_content|article-content)(?:\s|$)/
const titleMetas = ['ArticleTitle', 'og:title']
const dateMetas = ['PubDate', 'article:published_time', 'publishdate', 'date']

interface Page {
  readonly title: string
  readonly date: string | undefined
  readonly url: string | undefined
  readonly main: DefaultTreeAdapterTypes.Node
}

const isArticle = (element: Element) =>
  articleIds.has(attribute(element, 'id') ?? '') ||
  articleClasses.test(attribute(element, 'class') ?? '')

/** The one element that holds the content; the body when the page does not say. */
function mainOf(elements: readonly Element[]): Element | undefined {
  const visible = elements.filter((element) => !isSkipped(element))
  const only = (test: (element: Element) => boolean) => {
    const found = visible.filter(test)
    return found.length === 1 ? found[0] : undefined
  }
  return (
    only((element) => element.tagName === 'main' || attribute(element, 'role') === 'main') ??
    only((element) => element.tagName === 'article') ??
    only(isArticle) ??
    elements.find((element) => element.tagName === 'body')
  )
}

function pageOf(html: string): Page {
  const root = parse(html)
  const elements = [...elementsOf(root)]
  const metas = new Map<string, string>()
  for (const element of elements) {
    if (element.tagName !== 'meta') continue
    const name = attribute(element, 'name') ?? attribute(element, 'property')
    const content = attribute(element, 'content')?.trim()
    if (name && content) metas.set(name, content)
  }
  const meta = (keys: readonly string[]) => keys.map((key) => metas.get(key)).find((value) => value)
  const titleElement = elements.find((element) => element.tagName === 'title')
  const inHead = titleElement?.childNodes
    .map((node) => ('value' in node ? node.value : ''))
    .join('')
  const link = elements.find(
    (element) => element.tagName === 'link' && attribute(element, 'rel') === 'canonical',
  )
  return {
    title: unwrap(meta(titleMetas) ?? inHead ?? ''),
    date: isoDate(meta(dateMetas) ?? '') ?? undefined,
    url: link ? attribute(link, 'href') : undefined,
    main: mainOf(elements) ?? root,
  }
}

/** Paragraphs of a page's blocks. A heading is a paragraph too, under the headings above it. */
export function paragraphsOfBlocks(blocks: readonly HtmlBlock[], title: string): SourceParagraph[] {
  const path = new HeadingPath()
  return blocks.map(({ text, rank, anchor }) => {
    if (rank > 0) path.leave(rank)
    const heading = path.texts
    const target = anchor ?? path.anchor
    // The heading that is the page's title adds nothing to a path.
    if (rank > 0 && text !== title) path.enter(rank, text, anchor)
    return {
      text,
      ...(heading.length > 0 ? { heading } : {}),
      ...(target === undefined ? {} : { anchor: target }),
    }
  })
}

function readPage(html: string, context: ReaderContext): ReadItem {
  const page = pageOf(html)
  const blocks = blocksOf(page.main)
  const heads = blocks.filter((block) => block.rank > 0)
  const lines = blocks.map((block) => block.text).join('\n')
  const { profile: option } = context.options
  const structured = heads.some((block) => block.rank > 1)
  const profile =
    structured && option !== 'report' && typeof option !== 'object'
      ? plainProfile
      : profileFor(lines, option)
  const title = heads.find((block) => block.rank === 1)?.text ?? page.title
  const cleaned =
    profile === plainProfile
      ? { title, paragraphs: paragraphsOfBlocks(blocks, title) }
      : profile.read(lines)
  const item = itemOf(
    {
      ...cleaned,
      title: cleaned.title || title,
      ...(cleaned.date === undefined && page.date !== undefined ? { date: page.date } : {}),
    },
    profile.name,
    'html',
    context,
  )
  if (item.document && page.url) item.document.url = page.url
  return item
}

export const htmlReader: Reader = {
  format: 'html',
  *read(text, context) {
    yield readPage(text, context)
  },
}
