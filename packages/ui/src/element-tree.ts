/**
 * What a view shows, as plain data, and how the page is made to show it. Nothing is ever parsed:
 * a text becomes a text node, a value an attribute.
 */

type Handler = (event: never) => void

/** Handlers have the name of their event with `@` before it; null is no attribute. */
export type Attributes = Readonly<Record<string, string | number | boolean | null | Handler>>

export interface ElementTree {
  readonly tag: string
  readonly attributes: Attributes
  readonly children: readonly Tree[]
}

/** Null shows nothing, but keeps a place: what follows stays the same node. */
export type Tree = ElementTree | string | number | null | readonly Tree[]

export function h(tag: string, attributes: Attributes, ...children: Tree[]): ElementTree {
  return { tag, attributes, children }
}

/** Makes these the children of a node; those that fit already are kept. */
export function show(parent: Node, trees: readonly Tree[]): void {
  const leaves = (trees as unknown[]).flat(Number.POSITIVE_INFINITY) as (ElementTree | null)[]
  for (const [i, leaf] of leaves.entries()) {
    // A text has none.
    const tag = leaf?.tag ?? '#text'
    const isText = tag === '#text'
    let node: ChildNode | undefined = parent.childNodes[i]
    if (node?.nodeName.toLowerCase() !== tag) {
      const made = isText ? document.createTextNode('') : elementIn(parent, tag)
      if (node === undefined) parent.appendChild(made)
      else node.replaceWith(made)
      node = made
    }
    if (!isText) showElement(node as Element, leaf!)
    else if (node.nodeValue !== `${leaf ?? ''}`) node.nodeValue = `${leaf ?? ''}`
  }
  while (parent.childNodes.length > leaves.length) parent.lastChild!.remove()
}

function elementIn(parent: Node, tag: string): Element {
  const isDrawing = tag === 'svg' || parent instanceof SVGElement
  const space = `http://www.w3.org/${isDrawing ? '2000/svg' : '1999/xhtml'}`
  return document.createElementNS(space, tag)
}

/** What each element shows. */
const shown = new WeakMap<EventTarget, Attributes>()

function showElement(element: Element, { attributes, children }: ElementTree): void {
  const before = shown.get(element) ?? {}
  shown.set(element, attributes)
  for (const name in { ...before, ...attributes }) {
    const value = attributes[name] ?? null
    // A listener that is there already is not added again.
    if (name[0] === '@') element.addEventListener(name.slice(1), handle)
    else if (value === null) element.removeAttribute(name)
    else if (value !== before[name]) element.setAttribute(name, `${value}`)
  }
  show(element, children)
}

function handle(event: Event): void {
  const handler = shown.get(event.currentTarget!)?.[`@${event.type}`] as Handler | undefined
  handler?.(event as never)
}
