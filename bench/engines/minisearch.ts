/**
 * MiniSearch 7, with the words of Intl.Segmenter and with our tokens; terms joined by OR, filters
 * as its `filter` function over a stored field, prefixes as its `prefix` option.
 */
import { createAnalyzer } from '@wenxun/tokenizer'
import MiniSearch, { type Options } from 'minisearch'
import { type Engine, type EngineKind, paragraphRecords, tagOf } from './engine.js'

export const minisearchIntl = minisearch('MiniSearch', 'words of Intl.Segmenter', () => {
  const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })
  return (text) =>
    Array.from(segmenter.segment(text))
      .filter(({ isWordLike }) => isWordLike === true)
      .map(({ segment }) => segment.toLowerCase())
})

export const minisearchTokens = minisearch('MiniSearch + our tokens', 'tokenize', () => {
  const analyzer = createAnalyzer()
  return (text) => analyzer.tokens(text).map(({ term }) => term)
})

function minisearch(
  name: string,
  setting: string,
  tokenizer: () => (text: string) => string[],
): EngineKind {
  return {
    name,
    setting,
    storesText: false,
    lacks: [],
    build(documents, buildOptions) {
      const options = {
        fields: ['text'],
        storeFields: ['tag'],
        tokenize: tokenizer(),
        processTerm: (term: string) => term,
      }
      const index = new MiniSearch(options)
      index.addAll(paragraphRecords(documents, buildOptions))
      return engineOf(index, options)
    },
  }
}

function engineOf(index: MiniSearch, options: Options): Engine {
  return {
    search(query, limit) {
      const tag = tagOf(query)
      return index
        .search(query.bare, {
          prefix: query.kind === 'prefix',
          ...(tag !== null && { filter: (result) => result['tag'] === tag }),
        })
        .slice(0, limit)
        .map(({ id }) => Number(id))
    },
    save() {
      const json = JSON.stringify(index)
      const open = () => engineOf(MiniSearch.loadJSON(json, options), options)
      return { bytes: Buffer.byteLength(json), open }
    },
  }
}
