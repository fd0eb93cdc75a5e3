/** `@wenxun/tokenizer/adapters`: our terms in the shape that other search libraries want. */
export { cutLine, cutLines } from './adapters/cut.js'
export { type FlexSearchAdapter, flexSearch } from './adapters/flexsearch.js'
export { FTS5_TOKENIZE, fts5Match } from './adapters/fts5.js'
export { gramSegmenter } from './adapters/gram-segmenter.js'
export {
  LUNR_LABEL,
  type Lunr,
  type LunrBuilder,
  type LunrToken,
  lunrPlugin,
} from './adapters/lunr.js'
export {
  type MiniSearchAdapter,
  type MiniSearchOptions,
  type MiniSearchQuery,
  miniSearch,
} from './adapters/minisearch.js'
export { type OramaTokenizer, oramaTokenizer } from './adapters/orama.js'
export {
  indexTerms,
  queryTerms,
  requiredTerms,
  type SearchTerm,
  type TermKind,
  type TermOptions,
  type TermSource,
} from './adapters/search-terms.js'
