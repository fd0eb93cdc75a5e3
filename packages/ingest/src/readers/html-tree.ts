/**
 * Questions to parse5's tree. Everything here walks with a stack of its own, so that depth of
 * nesting costs no call stack, and stops at a limit where a page could ask for it many times.
 */
import { type DefaultTreeAdapterTypes, defaultTreeAdapter as tree } from 'parse5'
import { unwrap } from '../line-joins.js'

export type HtmlNode = DefaultTreeAdapterTypes.Node
export type HtmlElement = DefaultTreeAdapterTypes.Element

/** An attribute's value, or undefined. Names are in lower case. */
export function attribute(element: HtmlElement, name: string): string | undefined {
  return element.attrs.find((attr) => attr.name === name)?.value
}

/** The element that holds an element, or undefined for the outermost. */
export function parentOf(element: HtmlElement): HtmlElement | undefined {
  const parent = element.parentNode
  return parent && tree.isElementNode(parent) ? parent : undefined
}

/** All elements under a node and itself, in document order; `prunes` leaves out whole subtrees. */
export function* elementsOf(
  root: HtmlNode,
  prunes: (element: HtmlElement) => boolean = () => false,
): Generator<HtmlElement> {
  const stack: HtmlNode[] = [root]
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (tree.isElementNode(node)) {
      if (prunes(node)) continue
      yield node
    }
    if (!('childNodes' in node)) continue
    for (let i = node.childNodes.length - 1; i >= 0; i--) stack.push(node.childNodes[i]!)
  }
}

/** No field, title or link text that a page means is longer, in UTF-16 units and in nodes. */
const mostText = 2000
const mostNodes = 2000

/**
 * The text in an element as one line; what `prunes` names left out, cut off at 2,000 units. For
 * short texts such as fields: blocks are joined with a space, without regard to what they are.
 */
export function textIn(
  root: HtmlNode,
  prunes: (element: HtmlElement) => boolean = () => false,
): string {
  const stack: HtmlNode[] = [root]
  let text = ''
  let nodes = 0
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (++nodes > mostNodes || text.length > mostText) break
    if (tree.isTextNode(node)) text += node.value
    if (tree.isElementNode(node)) {
      if (node !== root && prunes(node)) continue
      if (breaking.has(node.tagName)) text += ' '
    }
    if (!('childNodes' in node)) continue
    for (let i = node.childNodes.length - 1; i >= 0; i--) stack.push(node.childNodes[i]!)
  }
  return unwrap(withoutInvisible(text.slice(0, mostText)))
}

const breaking = new Set('br p div li dt dd tr td th h1 h2 h3 h4 h5 h6'.split(' '))

// Soft hyphen, zero-width space, word joiner, byte order mark: places where a line may or may not
// be broken. Nobody types them, so a text that kept them would not be found.
const invisible = /[\u00ad\u200b\u2060\ufeff]+/g

/** Text without the characters that only say where a line may be broken. */
export function withoutInvisible(text: string): string {
  return text.replace(invisible, '')
}
