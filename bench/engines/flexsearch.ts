/**
 * FlexSearch 0.8, in two settings.
 *
 * Its own for Chinese: `Charset.CJK` (one term a character), context of depth 1, which scores
 * neighbouring characters. Of its own settings tried on the judged collections (tokenize strict,
 * forward and full; context of depth 0, 1 and 2, one- and two-directional) this ranked best over
 * both. With our tokens it ranks best without context.
 * `suggest` lets it answer when a term is missing; without it no question finds anything.
 * An Index has no filter, a Document has tags: filters are answered by a Document of the same
 * texts, made when the first one is asked for.
 */
import type { SourceDocument } from '@wenxun/core'
import { createAnalyzer } from '@wenxun/tokenizer'
import FlexSearch, {
  type Document as FlexSearchDocument,
  type Index as FlexSearchIndex,
  type IndexOptions,
} from 'flexsearch'
import {
  type BuildOptions,
  type Engine,
  type EngineKind,
  paragraphRecords,
  paragraphTexts,
  tagOf,
} from './engine.js'

export const flexsearchCjk = flexsearch(
  'FlexSearch',
  'Charset.CJK, context depth 1, suggest',
  () => ({
    encoder: FlexSearch.Charset.CJK,
    tokenize: 'strict',
    context: { depth: 1, bidirectional: false, resolution: 9 },
  }),
)

export const flexsearchTokens = flexsearch('FlexSearch + our tokens', 'encode, suggest', () => {
  const analyzer = createAnalyzer()
  return {
    encode: (text) => analyzer.tokens(text).map(({ term }) => term),
    tokenize: 'strict',
  }
})

type Tagged = Pick<FlexSearchDocument, 'search'>

function flexsearch(name: string, setting: string, options: () => IndexOptions): EngineKind {
  return {
    name,
    setting,
    storesText: false,
    lacks: [],
    build(documents, buildOptions) {
      const made = options()
      const index = new FlexSearch.Index(made)
      for (const [row, text] of paragraphTexts(documents, buildOptions).entries()) {
        index.add(row, text)
      }
      let tagged: Tagged | undefined
      const withTags = () => {
        tagged ??= taggedDocument(documents, buildOptions, made)
        return tagged
      }
      return engineOf(index, made, withTags)
    },
  }
}

function taggedDocument(
  documents: readonly SourceDocument[],
  buildOptions: BuildOptions,
  options: IndexOptions,
): Tagged {
  const made = new FlexSearch.Document({
    document: { id: 'id', index: [{ field: 'text', ...options }], tag: [{ field: 'tag' }] },
  })
  for (const record of paragraphRecords(documents, buildOptions)) made.add({ ...record })
  return made
}

function engineOf(index: FlexSearchIndex, options: IndexOptions, withTags: () => Tagged): Engine {
  return {
    search(query, limit) {
      const tag = tagOf(query)
      if (tag === null) return index.search(query.bare, { limit, suggest: true }).map(Number)
      const found = withTags().search(query.bare, {
        limit,
        suggest: true,
        pluck: 'text',
        tag: { tag },
      })
      return (found as (string | number)[]).map(Number)
    },
    save() {
      const parts = new Map<string, string>()
      index.export((key, data) => {
        parts.set(key, data)
      })
      const bytes = [...parts.values()].reduce((sum, part) => sum + Buffer.byteLength(part), 0)
      const open = () => {
        const opened = new FlexSearch.Index(options)
        for (const [key, data] of parts) opened.import(key, data)
        return engineOf(opened, options, withTags)
      }
      return { bytes, open }
    },
  }
}
