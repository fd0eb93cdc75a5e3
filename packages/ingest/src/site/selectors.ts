/** CSS selectors over parse5's tree, by css-select. */
import { compile } from 'css-select'
import { defaultTreeAdapter as tree } from 'parse5'
import {
  attribute,
  elementsOf,
  type HtmlElement,
  type HtmlNode,
  parentOf,
  textIn,
} from '../readers/html-tree.js'

type Adapter = NonNullable<
  NonNullable<Parameters<typeof compile<HtmlNode, HtmlElement>>[1]>['adapter']
>

const isElement = (node: HtmlNode): node is HtmlElement => tree.isElementNode(node)
const childrenOf = (node: HtmlNode): HtmlNode[] => ('childNodes' in node ? node.childNodes : [])

const adapter: Adapter = {
  isTag: isElement,
  getName: (element) => element.tagName,
  getAttributeValue: (element, name) => attribute(element, name),
  hasAttrib: (element, name) => attribute(element, name) !== undefined,
  getChildren: childrenOf,
  getParent: (node) => (isElement(node) ? (parentOf(node) ?? null) : null),
  getSiblings: (node) =>
    'parentNode' in node && node.parentNode ? childrenOf(node.parentNode) : [node],
  getText: (node) => textIn(node),
  existsOne: (test, nodes) => nodes.some((node) => first(node, test) !== undefined),
  findOne: (test, nodes) => nodes.map((node) => first(node, test)).find((found) => found) ?? null,
  findAll: (test, nodes) => nodes.flatMap((node) => [...elementsOf(node)].filter(test)),
  removeSubsets: (nodes) => nodes,
}

function first(node: HtmlNode, test: (element: HtmlElement) => boolean): HtmlElement | undefined {
  for (const element of elementsOf(node)) if (test(element)) return element
  return undefined
}

/** Tells whether an element matches. Throws an Error that says what is wrong with the selector. */
export function compileSelector(selector: string): (element: HtmlElement) => boolean {
  const query = compile<HtmlNode, HtmlElement>(selector, { adapter })
  return (element) => query(element)
}

/** Tells whether an element matches one of the selectors. */
export function compileSelectors(selectors: readonly string[]): (element: HtmlElement) => boolean {
  const tests = selectors.map(compileSelector)
  return (element) => tests.some((test) => test(element))
}
