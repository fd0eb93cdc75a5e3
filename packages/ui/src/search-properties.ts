/** The properties of `<wenxun-search>`, and what is read off them. */

import type { SearchControllerOptions } from './search-controller.js'
import type { Searchable } from './searchable.js'
import type { Strings } from './strings.js'
import { type PropertyKinds, ViewElement } from './view-element.js'

export const KINDS: PropertyKinds = {
  index: { attribute: null },
  src: {},
  base: {},
  mode: { initial: 'inline', reflects: true },
  theme: { initial: 'auto', reflects: true },
  facets: {},
  limit: { initial: 8, read: Number },
  sort: {},
  placeholder: {},
  noShortcuts: { attribute: 'no-shortcuts', initial: false, read: (text) => text !== null },
  strings: { attribute: null },
  filter: { attribute: null },
}

/** What pages set; attributes of these names, where they have one, do the same. */
export interface SearchProperties {
  /** What to search; or give `src`. */
  index: Searchable | null
  /** Address of a bundle's folder; opened when the box is first used. */
  src: string | null
  /**
   * Address that documents' relative addresses refer to. Default: with `src`, the folder that the
   * bundle's folder lies in; else the page's own.
   */
  base: string | null
  /** `inline` (default) or `dialog`. */
  mode: 'inline' | 'dialog'
  /** `auto` (default, as the system), `light` or `dark`. */
  theme: 'auto' | 'light' | 'dark'
  /** Fields to filter by, with what people call them: `city:城市,year:年份`. */
  facets: string | null
  /** Pages per load; default 8. */
  limit: number
  /** `relevance` (default), or `field:asc` / `field:desc`. */
  sort: string | null
  placeholder: string | null
  /** Leaves ⌘K, Ctrl-K and `/` to the page. */
  noShortcuts: boolean
  /** Your own wording, in part or whole. */
  strings: Partial<Strings> | null
  /** Conditions that hold for every search. */
  filter: SearchControllerOptions['filter'] | null
}

/** An element that has them, for its class to extend. */
export const SearchElementBase = ViewElement as abstract new (
  ...given: ConstructorParameters<typeof ViewElement>
) => ViewElement & SearchProperties

/** Fields to filter by → what people call them. */
export function facetLabels({ facets }: SearchProperties): Map<string, string> {
  const pairs = (facets ?? '').split(',').map((pair) => pair.split(':').map((part) => part.trim()))
  return new Map(pairs.flatMap(([field, label = field]) => (field ? [[field, label!]] : [])))
}

/** What documents' relative addresses refer to. */
export function linkBase({ base, index, src }: SearchProperties): string {
  const page = document.baseURI
  const ofBundle = index === null && src !== null
  const folder = ofBundle ? new URL(src.endsWith('/') ? '..' : '.', new URL(src, page)) : page
  return new URL(base ?? folder, page).href
}
