/** Wenxun with its defaults, through the built packages. */
import { openIndex, type SearchIndex, type SearchResult, type SourceDocument } from '@wenxun/core'
import { IndexBuilder } from '@wenxun/core/build'
import { createAnalyzer } from '@wenxun/tokenizer'
import type { BenchQuery } from '../queries.js'
import type { Engine, EngineKind } from './engine.js'

export const wenxun: EngineKind = {
  name: 'Wenxun',
  setting: 'defaults',
  storesText: true,
  lacks: [],
  build: (documents) => openEngine(buildIndex(documents), paragraphRows(documents)),
}

export function buildIndex(documents: Iterable<SourceDocument>): Uint8Array {
  const builder = new IndexBuilder({ analyzer: createAnalyzer() })
  for (const document of documents) builder.add(document)
  return builder.finish()
}

type RowOf = (id: string, paragraph: number) => number

function openEngine(bytes: Uint8Array, rowOf: RowOf): Engine {
  const index = openIndex(bytes)
  return {
    save: () => ({ bytes: bytes.length, open: () => openEngine(bytes, rowOf) }),
    search: (query, limit) =>
      ask(index, query, limit).hits.map(({ document, paragraph }) => rowOf(document.id, paragraph)),
    searchAndRead(query, limit) {
      readHits(ask(index, query, limit))
    },
  }
}

function ask(index: SearchIndex, { text, filter }: BenchQuery, limit: number): SearchResult {
  return index.search(text, filter === undefined ? { limit } : { limit, filter })
}

/** Reads all that a result page shows; hits make it when asked. Gives its size in UTF-16 units. */
export function readHits({ hits }: SearchResult): number {
  let units = 0
  for (const { document, heading, text, highlights, snippet } of hits) {
    units += document.title.length + heading.length + text.length
    units += highlights.length + snippet.length
  }
  return units
}

/** From document id and paragraph to the position in the flat list of all paragraphs. */
export function paragraphRows(documents: readonly SourceDocument[]): RowOf {
  const first = new Map<string, number>()
  let row = 0
  for (const { id, paragraphs } of documents) {
    first.set(id, row)
    row += paragraphs.length
  }
  return (id, paragraph) => first.get(id)! + paragraph
}
