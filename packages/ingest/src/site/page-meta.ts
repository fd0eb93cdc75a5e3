/** A page's fields as the metadata of its document. */
import type { MetaValue } from '@wenxun/core'
import { metaValueOf } from '../meta-value.js'
import { declaredDescription } from '../readers/html-page.js'
import { attribute, type HtmlElement } from '../readers/html-tree.js'
import type { PageRules } from './page-rules.js'
import type { ParsedPage } from './parsed-page.js'

/** Documents have a place of their own for title and date; the last name means no field anywhere. */
const isPlainField = (name: string) => name !== 'title' && name !== 'date' && name !== '__proto__'

/** `lang` of the page, in lower case. */
export function languageOf({ html }: ParsedPage): string | undefined {
  const root = html.elements.find(({ tagName }) => tagName === 'html')
  return (root && attribute(root, 'lang')?.trim().toLowerCase()) || undefined
}

/** Names of the fields that the page or the options declare as filters. */
export function filtersOf({ fields, own }: ParsedPage): string[] {
  return [...new Set([...fields.filters.keys(), ...own.keys()])].filter(isPlainField)
}

/** Fields and values; where a name is a filter and metadata, the filter counts. */
export function metaOf(page: ParsedPage, rules: PageRules): Record<string, MetaValue> {
  const { filters, metas, defaults, sorts } = page.fields
  const values = new Map<string, MetaValue>([...keptOf(page, rules), ...defaults, ...metas])
  for (const [name, value] of sorts) values.set(name, numberOrText(value))
  const names = new Set([...filters.keys(), ...page.own.keys()])
  for (const name of names) {
    const found = new Set([...(filters.get(name) ?? []), ...(page.own.get(name) ?? [])])
    const [first = ''] = found
    values.set(name, found.size === 1 ? numberOrText(first) : [...found])
  }
  const entries = [...values].filter(([name]) => isPlainField(name))
  return Object.fromEntries(
    entries.map(([name, value]) => [name, metaValueOf(name, value) ?? value]),
  )
}

/** What every page has anyway, as far as it is wanted. */
function keptOf(page: ParsedPage, rules: PageRules): Map<string, string> {
  const language = languageOf(page)
  const known = new Map<string, string>(imageOf(page.elements))
  const description = declaredDescription(page.html)
  if (description !== '') known.set('description', description)
  const kept = [...known].filter(([name]) => rules.keeps(name))
  return new Map(language === undefined ? kept : [...kept, ['lang', language]])
}

/** The first image after the first heading of level 1, as Pagefind has it. */
function imageOf(elements: readonly HtmlElement[]): [name: string, value: string][] {
  const heading = elements.findIndex(({ tagName }) => tagName === 'h1')
  const isImage = (element: HtmlElement) => element.tagName === 'img' && attribute(element, 'src')
  const image = heading < 0 ? undefined : elements.slice(heading).find(isImage)
  if (!image) return []
  return [
    ['image', attribute(image, 'src') ?? ''],
    ['image_alt', attribute(image, 'alt') ?? ''],
  ]
}

/** A number only where it would be written back the same: 007 is a name. */
function numberOrText(value: string): string | number {
  const number = Number(value)
  return String(number) === value && Number.isFinite(number) ? number : value
}
