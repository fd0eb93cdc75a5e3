/** Markdown: blocks as paragraphs, headings as paths and anchors, front matter as fields. */
import type { SourceParagraph } from '@wenxun/core'
import MarkdownIt, { type Token } from 'markdown-it'
import { parseFragment } from 'parse5'
import { HeadingPath } from '../heading-path.js'
import { unwrap } from '../line-joins.js'
import type { ReaderContext, ReadItem, TextReader } from '../types.js'
import { splitFrontMatter } from './front-matter.js'
import { blocksOf } from './html-blocks.js'
import { structuredItem } from './structured.js'

const parser = new MarkdownIt({ html: true })
const explicitAnchor = /\s*\{#([^\s{}]+)\}\s*$/
const cellSeparator = ' | '

/** The text of an inline token as displayed: no markup, images by their description. */
function textOf(inline: Token): string {
  const parts = (inline.children ?? []).map((token) => {
    if (token.type === 'softbreak') return '\n'
    if (token.type === 'hardbreak') return ' '
    return token.type === 'html_inline' ? breakTag(token.content) : token.content
  })
  return unwrap(parts.join(''))
}

const breakTag = (html: string) => (/^<br\b/i.test(html) ? ' ' : '')

/** Anchors as Markdown sites make them: lower case, punctuation out, spaces to hyphens. */
class AnchorMaker {
  private readonly used = new Map<string, number>()

  make(heading: string): string {
    const slug = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-')
    const count = this.used.get(slug) ?? 0
    this.used.set(slug, count + 1)
    return count === 0 ? slug : `${slug}-${count}`
  }
}

/** Turns the flat token stream into paragraphs. */
class MarkdownBlocks {
  readonly paragraphs: SourceParagraph[] = []
  readonly headings: string[] = []
  title = ''
  private readonly path = new HeadingPath()
  private readonly anchors = new AnchorMaker()
  private rank = 0
  private cells: string[] | null = null
  private marker = ''

  read(tokens: readonly Token[]): void {
    for (const token of tokens) this.take(token)
  }

  private take(token: Token): void {
    switch (token.type) {
      case 'heading_open':
        this.rank = Number(token.tag.slice(1))
        break
      case 'inline':
        this.inline(token)
        break
      case 'fence':
      case 'code_block':
        this.add(token.content.replace(/\s+$/, ''))
        break
      case 'html_block':
        for (const block of blocksOf(parseFragment(token.content))) this.add(block.text)
        break
      case 'list_item_open':
        // Bullets carry no text; a number does.
        this.marker = token.info === '' ? '' : `${token.info}${token.markup} `
        break
      case 'tr_open':
        this.cells = []
        break
      case 'tr_close':
        this.add((this.cells ?? []).join(cellSeparator))
        this.cells = null
        break
    }
  }

  private inline(token: Token): void {
    const text = textOf(token)
    if (this.cells) this.cells.push(text)
    else if (this.rank > 0) this.heading(text, this.rank)
    else this.add(text)
  }

  private heading(shown: string, rank: number): void {
    this.rank = 0
    const given = explicitAnchor.exec(shown)?.[1]
    const text = shown.replace(explicitAnchor, '')
    const anchor = given ?? this.anchors.make(text)
    this.path.leave(rank)
    this.add(text, anchor)
    // The title stands above every path already.
    if (rank === 1 && this.title === '') this.title = text
    else {
      this.headings.push(text)
      this.path.enter(rank, text, anchor)
    }
  }

  private add(text: string, anchor = this.path.anchor): void {
    if (text.trim() === '') return
    const heading = this.path.texts
    this.paragraphs.push({
      text: this.marker + text,
      ...(heading.length > 0 ? { heading } : {}),
      ...(anchor === undefined ? {} : { anchor }),
    })
    this.marker = ''
  }
}

function readMarkdown(text: string, context: ReaderContext): ReadItem {
  const { fields, body } = splitFrontMatter(text)
  const blocks = new MarkdownBlocks()
  blocks.read(parser.parse(body, {}))
  const item = structuredItem(blocks, 'markdown', context)
  if (!item.document) return item
  const meta = { ...item.document.meta, ...fields.meta }
  Object.assign(item.document, fields, Object.keys(meta).length > 0 ? { meta } : {})
  return item
}

export const markdownReader: TextReader = {
  takes: 'text',
  *read(text, context) {
    yield readMarkdown(text, context)
  },
}
