/**
 * Table rows: a row of data is one line of text, a row that only lays out the page is not. Bounded
 * per row, since a hostile page nests tables as deep as it likes.
 */
import { defaultTreeAdapter as tree } from 'parse5'
import { attribute, type HtmlElement, type HtmlNode } from './html-tree.js'

const mostNodes = 300
const mostText = 1000

/** True for a row that reads as one line: cells of moderate length, no table or heading in them. */
export function isDataRow(row: HtmlElement): boolean {
  const stack: HtmlNode[] = [row]
  let nodes = 0
  let text = 0
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (++nodes > mostNodes) return false
    if (tree.isTextNode(node)) text += node.value.trim().length
    if (text > mostText) return false
    if (tree.isElementNode(node) && node !== row && laysOut(node)) return false
    if ('childNodes' in node) stack.push(...node.childNodes.slice(0, mostNodes))
  }
  return true
}

const laysOut = (element: HtmlElement) =>
  /^(?:table|h[1-6]|main|article|section|pre)$/.test(element.tagName) ||
  attribute(element, 'role') === 'main'
