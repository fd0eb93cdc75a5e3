/** HTML pages: the main content as paragraphs under heading paths. */
import type { SourceParagraph } from '@wenxun/core'
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { HeadingPath } from '../heading-path.js'
import { isoDate } from '../iso-date.js'
import { unwrap } from '../line-joins.js'
import type { ReaderContext, ReadItem, TextReader } from '../types.js'
import { attribute, blocksOf, elementsOf, type HtmlBlock, isSkipped } from './html-blocks.js'
import { type StructuredText, structuredItem } from './structured.js'

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

/** The document in a tree of HTML. */
export function structuredOf(
  main: DefaultTreeAdapterTypes.Node,
  ownTitle: string,
): Omit<StructuredText, 'date'> {
  const blocks = blocksOf(main)
  const title = blocks.find((block) => block.rank === 1)?.text ?? ownTitle
  return {
    title,
    paragraphs: paragraphsOfBlocks(blocks, title),
    headings: blocks.filter((block) => block.rank > 1).map((block) => block.text),
  }
}

function readPage(html: string, context: ReaderContext): ReadItem {
  const { title, date, url, main } = pageOf(html)
  const item = structuredItem({ ...structuredOf(main, title), date }, 'html', context)
  if (item.document && url) item.document.url = url
  return item
}

export const htmlReader: TextReader = {
  takes: 'text',
  *read(text, context) {
    yield readPage(text, context)
  },
}
