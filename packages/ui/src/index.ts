/** `@wenxun/ui`: importing it defines `<wenxun-search>` where there are custom elements. */

import { WenxunSearch } from './search-element.js'

export { STRINGS } from './all-strings.js'
export { fragmentText, hitLink, safeUrl } from './hit-link.js'
export { fetchShard, openBundle } from './remote-index.js'
export {
  createSearchController,
  SearchController,
  type SearchControllerOptions,
} from './search-controller.js'
export { WenxunSearch, type WenxunSelectDetail } from './search-element.js'
export type {
  FilterField,
  Filters,
  FilterValue,
  ResultGroup,
  ResultItem,
  SearchState,
} from './search-state.js'
export { type LazySearchable, lazySearchable, type Searchable } from './searchable.js'
export { type Locale, localeOf, type Strings } from './strings.js'

const NAME = 'wenxun-search'

// On a server there may be none; a page may load the element twice.
if (typeof customElements !== 'undefined' && customElements.get(NAME) === undefined) {
  customElements.define(NAME, WenxunSearch)
}
