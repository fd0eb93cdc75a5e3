/** MiniSearch 7, with the words of Intl.Segmenter and with our tokens; terms joined by OR. */
import { createAnalyzer } from '@wenxun/tokenizer'
import MiniSearch, { type Options } from 'minisearch'
import { type Engine, type EngineKind, paragraphTexts } from './engine.js'

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
    build(documents, buildOptions) {
      const options = {
        fields: ['text'],
        tokenize: tokenizer(),
        processTerm: (term: string) => term,
      }
      const index = new MiniSearch(options)
      index.addAll(paragraphTexts(documents, buildOptions).map((text, id) => ({ id, text })))
      return engineOf(index, options)
    },
  }
}

function engineOf(index: MiniSearch, options: Options): Engine {
  return {
    search: (query, limit) =>
      index
        .search(query)
        .slice(0, limit)
        .map(({ id }) => Number(id)),
    save() {
      const json = JSON.stringify(index)
      const open = () => engineOf(MiniSearch.loadJSON(json, options), options)
      return { bytes: Buffer.byteLength(json), open }
    },
  }
}
