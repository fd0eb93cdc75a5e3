/**
 * What a site's own markup asks of the search: `data-pagefind-*` attributes as Pagefind documents
 * them, and `data-wenxun-*` with the same meaning. Where an element has both, ours counts.
 */
import { weightIn } from '../paragraph-weight.js'
import { attribute, type HtmlElement } from '../readers/html-tree.js'

export type DirectiveName =
  | 'body'
  | 'ignore'
  | 'filter'
  | 'meta'
  | 'default-meta'
  | 'sort'
  | 'weight'
  | 'index-attrs'

/** Names of the attributes, for looking through bytes; UTF-16 has a zero between letters. */
export const bodyMark = new RegExp(
  ['data-pagefind-body', 'data-wenxun-body'].map((name) => [...name].join('\\0?')).join('|'),
  'i',
)

/** The value of a directive on an element; undefined where it is absent. */
export function directive(element: HtmlElement, name: DirectiveName): string | undefined {
  return attribute(element, `data-wenxun-${name}`) ?? attribute(element, `data-pagefind-${name}`)
}

/**
 * How far an element is ignored: `index` leaves its text out, `all` its fields and title too.
 * Values that mean nothing count as `all`; `false`, which templates write, as nothing.
 */
export function ignored(element: HtmlElement): 'index' | 'all' | null {
  const value = directive(element, 'ignore')?.trim().toLowerCase()
  if (value === undefined || value === 'false') return null
  return value === '' || value === 'index' || value === 'true' ? 'index' : 'all'
}

/** The weight that an element gives to its text: 0 to 10, 1 being usual; undefined where none. */
export function weightOf(element: HtmlElement): number | undefined {
  return weightIn(directive(element, 'weight'))
}

/** Texts of the attributes that an element wants to be found by. */
export function attributeTexts(element: HtmlElement): string[] {
  const names = directive(element, 'index-attrs')
  if (names === undefined) return []
  return names.split(',').flatMap((name) => attribute(element, name.trim().toLowerCase()) ?? [])
}

/** A named value: given in the attribute, or to be read from the element's text. */
export interface Capture {
  readonly name: string
  /** Undefined means the text of the element. */
  readonly value: string | undefined
}

const fromAttribute = /^([^:[\]]+)\[(.+)\]$/

/**
 * The captures of a `filter`, `meta` or `sort` value: `name`, `name[attribute]` and `name:value`
 * with commas between them; a given value goes on to the end.
 */
export function captures(text: string, element: HtmlElement): Capture[] {
  const colon = text.indexOf(':')
  const names = (colon < 0 ? text : text.slice(0, colon)).split(',').map((name) => name.trim())
  const found: Capture[] = names.map((name) => {
    const [, own, source] = fromAttribute.exec(name) ?? []
    if (own === undefined || source === undefined) return { name, value: undefined }
    return { name: own.trim(), value: attribute(element, source.trim().toLowerCase()) ?? '' }
  })
  const last = found.at(-1)
  if (colon >= 0 && last)
    found[found.length - 1] = { name: last.name, value: text.slice(colon + 1) }
  return found.filter(({ name }) => name !== '')
}
