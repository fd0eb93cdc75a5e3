/**
 * The numbers that Word draws before paragraphs, put into the text. A list's number is no part
 * of a Word file's text: it follows from the list's definition and the paragraphs before. The
 * headings of official documents are often numbered so (一、 (一) 1. (1)), and without its
 * number a heading has no level. Bullets are not drawn.
 */
import { DOMParser, type Element, XMLSerializer } from '@xmldom/xmldom'
import { drawNumber } from './word-numerals.js'

const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const levelsOfList = 9
const longestStyleChain = 20

interface Level {
  readonly start: number
  readonly format: string
  /** Such as `第%1章` or `%1.%2`. */
  readonly text: string
}

/** A list and how far it has counted. */
interface List {
  readonly levels: readonly Level[]
  /** Per level; undefined before its first paragraph. */
  readonly counts: (number | undefined)[]
}

/** Which list numbers a paragraph; parts of it may come from the paragraph's style. */
interface NumberRef {
  readonly list?: string
  readonly level?: number
}

/** The XML parts of a Word file that say how its paragraphs are numbered. */
export interface WordParts {
  readonly document: string
  readonly styles?: string | undefined
  readonly numbering?: string | undefined
}

const parse = (xml: string): Element | null =>
  new DOMParser({ onError: () => undefined }).parseFromString(xml, 'text/xml').documentElement

const all = (element: Element | null, name: string): Element[] =>
  element ? [...element.getElementsByTagNameNS(word, name)] : []

function child(element: Element | undefined, name: string): Element | undefined {
  for (let node = element?.firstChild ?? null; node; node = node.nextSibling) {
    if (node.localName === name && node.namespaceURI === word) return node as Element
  }
  return undefined
}

const attribute = (element: Element | undefined, name = 'val') =>
  element?.getAttributeNS(word, name) ?? undefined

const numberOf = (text: string | undefined, otherwise: number) => {
  const value = Number(text ?? Number.NaN)
  return Number.isInteger(value) ? value : otherwise
}

function refIn(properties: Element | undefined): NumberRef {
  const settings = child(properties, 'numPr')
  const list = attribute(child(settings, 'numId'))
  const level = attribute(child(settings, 'ilvl'))
  return { ...(list && { list }), ...(level && { level: numberOf(level, 0) }) }
}

function levelsOf(definition: Element): Level[] {
  const levels: Level[] = []
  for (const element of all(definition, 'lvl')) {
    const at = numberOf(attribute(element, 'ilvl'), levels.length)
    if (at < 0 || at >= levelsOfList) continue
    levels[at] = {
      start: numberOf(attribute(child(element, 'start')), 1),
      format: attribute(child(element, 'numFmt')) ?? 'decimal',
      text: attribute(child(element, 'lvlText')) ?? '',
    }
  }
  return levels
}

/** Lists by their number; lists of one definition count together unless one starts anew. */
function listsOf(numbering: Element | null): Map<string, List> {
  const definitions = new Map<string, List>()
  for (const element of all(numbering, 'abstractNum')) {
    const id = attribute(element, 'abstractNumId')
    if (id !== undefined) definitions.set(id, { levels: levelsOf(element), counts: [] })
  }
  const lists = new Map<string, List>()
  for (const element of all(numbering, 'num')) {
    const id = attribute(element, 'numId')
    const shared = definitions.get(attribute(child(element, 'abstractNumId')) ?? '')
    if (id === undefined || !shared) continue
    const anew = all(element, 'startOverride').length > 0
    lists.set(id, anew ? { levels: shared.levels, counts: [] } : shared)
  }
  return lists
}

function stylesOf(styles: Element | null): Map<string, NumberRef> {
  const elements = new Map(
    all(styles, 'style').map((style) => [attribute(style, 'styleId'), style]),
  )
  const refs = new Map<string, NumberRef>()
  for (const [id, style] of elements) {
    if (id === undefined) continue
    let ref: NumberRef = {}
    let from: Element | undefined = style
    for (let i = 0; from && i < longestStyleChain; i++) {
      ref = { ...refIn(child(from, 'pPr')), ...ref }
      from = elements.get(attribute(child(from, 'basedOn')))
    }
    refs.set(id, ref)
  }
  return refs
}

/** The number of the list's next paragraph at a level; empty for a bullet. */
function countOn({ levels, counts }: List, at: number): string {
  const level = levels[at]
  if (!level) return ''
  counts[at] = (counts[at] ?? level.start - 1) + 1
  counts.length = at + 1
  if (level.format === 'bullet' || level.format === 'none') return ''
  return level.text.replace(/%([1-9])/g, (_, digit: string) => {
    const of = levels[Number(digit) - 1]
    return of ? drawNumber(counts[Number(digit) - 1] ?? of.start, of.format) : ''
  })
}

function putBefore(paragraph: Element, text: string): void {
  const owner = paragraph.ownerDocument!
  const run = owner.createElementNS(word, 'w:r')
  const piece = owner.createElementNS(word, 'w:t')
  piece.setAttribute('xml:space', 'preserve')
  piece.appendChild(owner.createTextNode(text))
  run.appendChild(piece)
  paragraph.insertBefore(run, child(paragraph, 'pPr')?.nextSibling ?? paragraph.firstChild)
}

/** The document's XML with every drawn number written out; as it was when there are none. */
export function withNumbers({ document, styles, numbering }: WordParts): string {
  const lists = listsOf(numbering === undefined ? null : parse(numbering))
  if (lists.size === 0) return document
  const root = parse(document)
  if (!root) return document
  const byStyle = stylesOf(styles === undefined ? null : parse(styles))
  for (const paragraph of all(root, 'p')) {
    const properties = child(paragraph, 'pPr')
    const style = byStyle.get(attribute(child(properties, 'pStyle')) ?? '')
    const { list = '0', level = 0 } = { ...style, ...refIn(properties) }
    // List 0 takes a style's number away.
    const found = list === '0' ? undefined : lists.get(list)
    const number = found ? countOn(found, level) : ''
    if (number !== '') putBefore(paragraph, number)
  }
  return new XMLSerializer().serializeToString(root)
}
