/** `@wenxun/ui/headless`: a search box without its looks. No DOM. */

export { STRINGS } from './all-strings.js'
export { fragmentText, hitLink, safeUrl } from './hit-link.js'
export {
  createSearchController,
  SearchController,
  type SearchControllerOptions,
} from './search-controller.js'
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
