/**
 * The blocks of text on an HTML page, in order: what a browser would set as one line of text
 * or more, without navigation and without scripts. Walks parse5's tree with its own stack, so
 * that depth of nesting costs no call stack.
 */
import { type DefaultTreeAdapterTypes, defaultTreeAdapter as tree } from 'parse5'
import { unwrap } from '../line-joins.js'

type Node = DefaultTreeAdapterTypes.Node
type Element = DefaultTreeAdapterTypes.Element

export interface HtmlBlock {
  readonly text: string
  /** 1 to 6 for a heading, 0 for all else. */
  readonly rank: number
  /** Id of the block, or of an anchor in or just around it. */
  readonly anchor: string | undefined
}

const names = (text: string) => new Set(text.split(' '))
const neverRead = names(
  'script style noscript template nav footer aside iframe object embed svg canvas button select ' +
    'input textarea datalist dialog head math audio video map',
)
const blocks = names(
  'address article blockquote body caption center dd details dir div dl dt fieldset figcaption ' +
    'figure form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu ol p pre search ' +
    'section summary table tbody tfoot thead tr ul',
)
const neverReadRoles = names('navigation banner contentinfo search complementary')
const cellSeparator = ' | '

/** An attribute's value, or undefined. */
export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((attr) => attr.name === name)?.value
}

function isHidden(element: Element): boolean {
  return (
    attribute(element, 'hidden') !== undefined ||
    attribute(element, 'aria-hidden') === 'true' ||
    /display\s*:\s*none/i.test(attribute(element, 'style') ?? '')
  )
}

/** True when neither the element nor anything in it is content. A page header is navigation. */
export function isSkipped(element: Element): boolean {
  return (
    neverRead.has(element.tagName) ||
    neverReadRoles.has(attribute(element, 'role') ?? '') ||
    (element.tagName === 'header' && parentName(element) === 'body') ||
    isHidden(element)
  )
}

const parentName = (element: Element) => {
  const parent = element.parentNode
  return parent && tree.isElementNode(parent) ? parent.tagName : ''
}

const rankOf = (tag: string) => (/^h[1-6]$/.test(tag) ? Number(tag[1]) : 0)

/** Collects text until a block ends. */
class BlockWriter {
  readonly blocks: HtmlBlock[] = []
  private text = ''
  private anchor: string | undefined
  private rank = 0
  private preformatted = 0
  private cells = 0

  write(text: string): void {
    this.text += text
  }

  mark(anchor: string | undefined): void {
    if (anchor) this.anchor ??= anchor
  }

  end(): void {
    const text = this.preformatted > 0 ? this.text.replace(/^\n|\s+$/g, '') : unwrap(this.text)
    this.text = ''
    this.cells = 0
    if (text.trim() === '') return
    this.blocks.push({ text, rank: this.rank, anchor: this.anchor })
    this.anchor = undefined
  }

  enter(element: Element): void {
    const tag = element.tagName
    if (blocks.has(tag)) this.end()
    if (rankOf(tag) > 0) this.rank = rankOf(tag)
    if (tag === 'pre') this.preformatted++
    if (tag === 'br') this.breakLine()
    if ((tag === 'td' || tag === 'th') && this.cells++ > 0) this.write(cellSeparator)
    this.mark(attribute(element, 'id') ?? (tag === 'a' ? attribute(element, 'name') : undefined))
  }

  leave(element: Element): void {
    const tag = element.tagName
    if (blocks.has(tag)) this.end()
    if (rankOf(tag) > 0) this.rank = 0
    if (tag === 'pre') this.preformatted--
  }

  private breakLine(): void {
    // In a heading a break only wraps; in preformatted text it is a line end.
    if (this.preformatted > 0 || this.rank > 0) this.write('\n')
    else this.end()
  }
}

interface Step {
  readonly node: Node
  readonly leaving: boolean
}

/** The blocks under `root`, in document order. */
export function blocksOf(root: Node): HtmlBlock[] {
  const writer = new BlockWriter()
  const stack: Step[] = [{ node: root, leaving: false }]
  for (let step = stack.pop(); step; step = stack.pop()) {
    const { node, leaving } = step
    if (tree.isTextNode(node)) {
      writer.write(node.value)
      continue
    }
    if (tree.isElementNode(node)) {
      if (leaving) {
        writer.leave(node)
        continue
      }
      if (node !== root && isSkipped(node)) continue
      writer.enter(node)
      stack.push({ node, leaving: true })
    }
    if (!('childNodes' in node)) continue
    for (let i = node.childNodes.length - 1; i >= 0; i--) {
      stack.push({ node: node.childNodes[i]!, leaving: false })
    }
  }
  writer.end()
  return writer.blocks
}

/** All elements under `root`, in document order, the skipped ones left out. */
export function* elementsOf(root: Node): Generator<Element> {
  const stack: Node[] = [root]
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (tree.isElementNode(node)) yield node
    if (!('childNodes' in node)) continue
    for (let i = node.childNodes.length - 1; i >= 0; i--) stack.push(node.childNodes[i]!)
  }
}
