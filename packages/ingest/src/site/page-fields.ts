/** The fields of a page: what its elements declare as filters, metadata and sort keys. */

import { unwrap } from '../line-joins.js'
import { isSkipped } from '../readers/html-skips.js'
import { type HtmlElement, textIn, withoutInvisible } from '../readers/html-tree.js'
import { captures, type DirectiveName, directive, ignored } from './directives.js'

/** Values by field, in the order of the page. */
export interface PageFields {
  /** A field may have several values; each once. */
  readonly filters: ReadonlyMap<string, readonly string[]>
  /** One value a field, the last on the page. */
  readonly metas: ReadonlyMap<string, string>
  /** Metadata for fields that nothing else gives a value. */
  readonly defaults: ReadonlyMap<string, string>
  readonly sorts: ReadonlyMap<string, string>
}

/** Captures looked at on one page: each may read some of the page, and a page may nest them. */
const mostCaptures = 1000

/** Text that is neither shown nor ignored stays out of a field's value. */
const isNoValue = (element: HtmlElement) => ignored(element) !== null || isSkipped(element, true)

function* valuesOf(element: HtmlElement, name: DirectiveName): Generator<[string, string]> {
  const text = directive(element, name)
  if (text === undefined) return
  for (const capture of captures(text, element)) {
    const value =
      capture.value === undefined
        ? textIn(element, isNoValue)
        : unwrap(withoutInvisible(capture.value)).trim()
    if (value !== '') yield [capture.name, value]
  }
}

/** Reads the fields off a page's elements; those ignored altogether must not be among them. */
export function pageFields(elements: Iterable<HtmlElement>): PageFields {
  const filters = new Map<string, string[]>()
  const metas = new Map<string, string>()
  const defaults = new Map<string, string>()
  const sorts = new Map<string, string>()
  let looked = 0
  for (const element of elements) {
    if (!hasDirectives(element)) continue
    if (++looked > mostCaptures) break
    for (const [name, value] of valuesOf(element, 'filter')) addOnce(filters, name, value)
    for (const [name, value] of valuesOf(element, 'meta')) metas.set(name, value)
    for (const [name, value] of valuesOf(element, 'default-meta')) defaults.set(name, value)
    for (const [name, value] of valuesOf(element, 'sort')) sorts.set(name, value)
  }
  return { filters, metas, defaults, sorts }
}

const fieldDirective = /^data-(?:pagefind|wenxun)-(?:filter|meta|default-meta|sort)$/

const hasDirectives = ({ attrs }: HtmlElement) =>
  attrs.some(({ name }) => fieldDirective.test(name))

/** Adds a value to a field that holds several. */
export function addOnce(fields: Map<string, string[]>, name: string, value: string): void {
  const values = fields.get(name) ?? []
  if (!values.includes(value)) values.push(value)
  fields.set(name, values)
}
