/**
 * The blocks of text on an HTML page, in order: what a browser would set as one line of text
 * or more, without navigation and without scripts. Walks parse5's tree with its own stack, so
 * that depth of nesting costs no call stack.
 */
import { defaultTreeAdapter as tree } from 'parse5'
import { unwrap } from '../line-joins.js'
import { isDataRow } from './html-rows.js'
import { isHeadingLink, isSectioning, isSkipped } from './html-skips.js'
import { attribute, type HtmlElement, type HtmlNode, withoutInvisible } from './html-tree.js'

export interface HtmlBlock {
  readonly text: string
  /** 1 to 6 for a heading, 0 for all else. */
  readonly rank: number
  /** Id of the block, or of an anchor in or just around it. */
  readonly anchor: string | undefined
  /** As `BlockRules.weightOf` says for the innermost element around it; absent where it is silent. */
  readonly weight?: number
}

/** What a caller knows of the page beyond HTML. */
export interface BlockRules {
  /** Leaves an element out, with all in it. */
  readonly skips?: (element: HtmlElement) => boolean
  /** Attribute texts that are content; each becomes a block. */
  readonly attributeTexts?: (element: HtmlElement) => readonly string[]
  /** The weight of what is in the element, or undefined to leave it as it is around it. */
  readonly weightOf?: (element: HtmlElement) => number | undefined
  /** True when the page itself marks the root as content: its headers and asides are too. */
  readonly isContent?: boolean
}

const blocks = new Set(
  (
    'address article aside blockquote body caption center dd details dir div dl dt fieldset ' +
    'figcaption figure form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu ol p pre ' +
    'search section summary table tbody tfoot thead tr ul'
  ).split(' '),
)
const cellSeparator = ' | '
/** A longer "heading" is a paragraph that is set large; it would be repeated by all below it. */
const longestHeading = 200

const rankOf = (tag: string) => (/^h[1-6]$/.test(tag) ? Number(tag[1]) : 0)
const isCell = (tag: string) => tag === 'td' || tag === 'th'

/** Collects text until a block ends. */
class BlockWriter {
  readonly blocks: HtmlBlock[] = []
  rank = 0
  weight: number | undefined
  private text = ''
  private hasText = false
  private anchor: string | undefined
  private preformatted = 0
  /** The row of data that is being read, if any. */
  private row: HtmlElement | undefined
  /** A separator is due before the next text. */
  private newCell = false
  private readonly aside: string[] = []

  write(text: string): void {
    if (/\S/.test(text)) {
      if (this.newCell && this.hasText) this.text += cellSeparator
      this.newCell = false
      this.hasText = true
    }
    this.text += text
  }

  /** Until a block's text begins the innermost anchor is the nearest; after that, the first. */
  mark(anchor: string | undefined): void {
    if (anchor && (!this.hasText || this.anchor === undefined)) this.anchor = anchor
  }

  /** A block of its own, after the one that is being read. */
  add(text: string): void {
    const line = unwrap(withoutInvisible(text))
    if (line !== '') this.aside.push(line)
  }

  end(): void {
    const { hasText, anchor } = this
    if (hasText) {
      const raw = withoutInvisible(this.text)
      const text = this.preformatted > 0 ? raw.replace(/^\n/, '').trimEnd() : unwrap(raw)
      if (text.trim() !== '') this.push(text, text.length > longestHeading ? 0 : this.rank)
      this.anchor = undefined
    }
    this.text = ''
    this.hasText = false
    this.newCell = false
    for (const text of this.aside.splice(0)) this.push(text, 0, anchor)
  }

  enter(element: HtmlElement): void {
    const tag = element.tagName
    if (this.row === undefined) {
      if (blocks.has(tag) || isCell(tag)) this.end()
      if (tag === 'tr' && isDataRow(element)) this.row = element
    } else if (isCell(tag)) this.newCell = true
    else if (blocks.has(tag)) this.text += ' '
    if (rankOf(tag) > 0) this.rank = rankOf(tag)
    if (tag === 'pre') this.preformatted++
    if (tag === 'br') this.breakLine()
    this.mark(attribute(element, 'id') ?? (tag === 'a' ? attribute(element, 'name') : undefined))
  }

  leave(element: HtmlElement): void {
    const tag = element.tagName
    if (this.row === element) this.row = undefined
    if (this.row !== undefined) {
      if (blocks.has(tag)) this.text += ' '
    } else if (blocks.has(tag) || isCell(tag)) this.end()
    if (rankOf(tag) > 0) this.rank = 0
    if (tag === 'pre') this.preformatted--
  }

  private push(text: string, rank: number, anchor = this.anchor): void {
    const weight = this.weight === undefined ? {} : { weight: this.weight }
    this.blocks.push({ text, rank, anchor, ...weight })
  }

  private breakLine(): void {
    // In a heading a break only wraps; in preformatted text it is a line end.
    if (this.preformatted > 0 || this.rank > 0) this.text += '\n'
    else if (this.row !== undefined) this.text += ' '
    else this.end()
  }
}

interface Step {
  readonly node: HtmlNode
  readonly leaving: boolean
}

/** Goes through a tree and gives its texts to a writer. */
class BlockWalk {
  readonly writer = new BlockWriter()
  private readonly rules: BlockRules
  private readonly root: HtmlNode
  private readonly weights: { element: HtmlElement; before: number | undefined }[] = []
  /** How many elements are open in which a header or an aside is content. */
  private sections: number

  constructor(root: HtmlNode, rules: BlockRules) {
    this.root = root
    this.rules = rules
    this.sections = rules.isContent ? 1 : 0
  }

  run(): HtmlBlock[] {
    const stack: Step[] = [{ node: this.root, leaving: false }]
    for (let step = stack.pop(); step; step = stack.pop()) {
      const { node, leaving } = step
      if (tree.isTextNode(node)) {
        this.writer.write(node.value)
        continue
      }
      if (tree.isElementNode(node)) {
        if (leaving) {
          this.leave(node)
          continue
        }
        if (node !== this.root && this.passesOver(node)) continue
        this.enter(node)
        stack.push({ node, leaving: true })
      }
      if (!('childNodes' in node)) continue
      for (let i = node.childNodes.length - 1; i >= 0; i--) {
        stack.push({ node: node.childNodes[i]!, leaving: false })
      }
    }
    this.writer.end()
    return this.writer.blocks
  }

  private passesOver(element: HtmlElement): boolean {
    const inHeading = this.writer.rank > 0
    const isOut =
      this.rules.skips?.(element) ||
      isSkipped(element, this.sections > 0) ||
      (inHeading && isHeadingLink(element))
    // The link in a heading may be what carries the heading's id.
    if (isOut && inHeading) this.writer.mark(attribute(element, 'id'))
    return isOut === true
  }

  private enter(element: HtmlElement): void {
    if (isSectioning(element)) this.sections++
    this.writer.enter(element)
    const weight = this.rules.weightOf?.(element)
    if (weight !== undefined) {
      this.weights.push({ element, before: this.writer.weight })
      this.writer.weight = weight
    }
    for (const text of this.rules.attributeTexts?.(element) ?? []) this.writer.add(text)
  }

  private leave(element: HtmlElement): void {
    this.writer.leave(element)
    if (this.weights.at(-1)?.element === element) this.writer.weight = this.weights.pop()?.before
    if (isSectioning(element)) this.sections--
  }
}

/** The blocks under `root`, in document order. */
export function blocksOf(root: HtmlNode, rules: BlockRules = {}): HtmlBlock[] {
  return new BlockWalk(root, rules).run()
}
