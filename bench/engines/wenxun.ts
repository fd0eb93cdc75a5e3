/** Wenxun with its defaults, through the built packages. */
import { openIndex, type SearchResult, type SourceDocument } from '@wenxun/core'
import { IndexBuilder } from '@wenxun/core/build'
import { createAnalyzer } from '@wenxun/tokenizer'
import type { Engine, EngineKind } from './engine.js'

export const wenxun: EngineKind = {
  name: 'Wenxun',
  setting: 'defaults',
  build: (documents) => openEngine(buildIndex(documents), documents),
}

export function buildIndex(documents: Iterable<SourceDocument>): Uint8Array {
  const builder = new IndexBuilder({ analyzer: createAnalyzer() })
  for (const document of documents) builder.add(document)
  return builder.finish()
}

function openEngine(bytes: Uint8Array, documents: readonly SourceDocument[]): Engine {
  const index = openIndex(bytes)
  const rowOf = paragraphRows(documents)
  return {
    save: () => ({ bytes: bytes.length, open: () => openEngine(bytes, documents) }),
    search: (query, limit) =>
      index
        .search(query, { limit })
        .hits.map(({ document, paragraph }) => rowOf(document.id, paragraph)),
    searchAndRead(query, limit) {
      readHits(index.search(query, { limit }))
    },
  }
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
export function paragraphRows(
  documents: readonly SourceDocument[],
): (id: string, paragraph: number) => number {
  const first = new Map<string, number>()
  let row = 0
  for (const { id, paragraphs } of documents) {
    first.set(id, row)
    row += paragraphs.length
  }
  return (id, paragraph) => first.get(id)! + paragraph
}
