/** The site's options as they are asked of every page: selectors compiled, lists looked up. */
import { attribute, type HtmlElement, textIn } from '../readers/html-tree.js'
import { addOnce } from './page-fields.js'
import type { UrlOptions } from './page-url.js'
import { compileSelector, compileSelectors } from './selectors.js'
import type { SiteOptions } from './types.js'

export interface PageRules {
  readonly url: UrlOptions
  /** Whether an element is the root of all that is read; undefined when all of a page is. */
  readonly isRoot: ((element: HtmlElement) => boolean) | undefined
  isExcluded(element: HtmlElement): boolean
  /** Values of the fields that the options take from the page. */
  fieldsOf(elements: readonly HtmlElement[]): ReadonlyMap<string, readonly string[]>
  /** Whether a field that a page has anyway is kept. */
  keeps(name: string): boolean
}

/** An option that cannot be used, said for the person who wrote it. */
export class SiteOptionError extends Error {
  override readonly name = 'SiteOptionError'
}

/** Values of one field looked at on one page. */
const mostValues = 1000

interface FieldSource {
  readonly field: string
  readonly matches: (element: HtmlElement) => boolean
  readonly attributeName: string | undefined
}

/** @throws {SiteOptionError} for a selector that does not parse */
export function pageRules(options: SiteOptions): PageRules {
  const { base, stripHtml, rootSelector, excludeSelectors = [], fields = {}, keep = [] } = options
  const sources = Object.entries(fields).map(([field, source]) => fieldSource(field, source))
  const isExcluded = checked('exclude selectors', () => compileSelectors(excludeSelectors))
  return {
    url: { ...(base !== undefined && { base }), ...(stripHtml !== undefined && { stripHtml }) },
    isRoot:
      rootSelector === undefined
        ? undefined
        : checked('root selector', () => compileSelector(rootSelector)),
    isExcluded,
    fieldsOf: (elements) => fieldsOf(sources, elements),
    keeps: (name) => keep.includes(name),
  }
}

function fieldSource(field: string, source: string): FieldSource {
  const [, selector = source, attributeName] = /^(.*)@([\w-]+)$/.exec(source) ?? []
  const matches = checked(`field "${field}"`, () => compileSelector(selector))
  return { field, matches, attributeName: attributeName?.toLowerCase() }
}

function fieldsOf(
  sources: readonly FieldSource[],
  elements: readonly HtmlElement[],
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const { field, matches, attributeName } of sources) {
    for (const element of elements.filter(matches).slice(0, mostValues)) {
      const value = valueIn(element, attributeName)
      if (value !== '') addOnce(found, field, value)
    }
  }
  return found
}

function valueIn(element: HtmlElement, attributeName: string | undefined): string {
  const own = { meta: 'content', time: 'datetime' }[element.tagName]
  const value = attribute(element, attributeName ?? own ?? '')
  return (value ?? (attributeName === undefined ? textIn(element) : '')).trim()
}

function checked<T>(what: string, compile: () => T): T {
  try {
    return compile()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new SiteOptionError(`${what}: not a CSS selector that can be used: ${reason}`)
  }
}
