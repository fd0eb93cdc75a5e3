/** HTML pages: the main content as paragraphs under heading paths. */
import type { SourceParagraph } from '@wenxun/core'
import { HeadingPath } from '../heading-path.js'
import type { ReaderContext, ReadItem, TextReader } from '../types.js'
import { blocksOf, type HtmlBlock } from './html-blocks.js'
import { canonicalUrl, declaredDate, declaredTitle, mainOf, parsePage } from './html-page.js'
import type { HtmlNode } from './html-tree.js'
import { type StructuredText, structuredItem } from './structured.js'

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
export function structuredOf(main: HtmlNode, ownTitle: string): Omit<StructuredText, 'date'> {
  const blocks = blocksOf(main)
  const title = blocks.find((block) => block.rank === 1)?.text ?? ownTitle
  return {
    title,
    paragraphs: paragraphsOfBlocks(blocks, title),
    headings: blocks.filter((block) => block.rank > 1).map((block) => block.text),
  }
}

function readPage(html: string, context: ReaderContext): ReadItem {
  const page = parsePage(html)
  const main = mainOf(page.elements) ?? page.root
  const structured = structuredOf(main, declaredTitle(page))
  const item = structuredItem({ ...structured, date: declaredDate(page) }, 'html', context)
  const url = canonicalUrl(page)
  if (item.document && url) item.document.url = url
  return item
}

export const htmlReader: TextReader = {
  takes: 'text',
  *read(text, context) {
    yield readPage(text, context)
  },
}
