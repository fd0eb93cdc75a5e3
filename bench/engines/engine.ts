/** What the benches ask of a search engine: build from documents, then give the best paragraphs. */
import type { SourceDocument } from '@wenxun/core'
import type { BenchQuery, QueryKind } from '../queries.js'

/** An index ready to search. */
export interface Engine {
  /** The best paragraphs, best first, as positions in the flat list of all paragraphs. */
  search(query: BenchQuery, limit: number): number[]
  /** Searches and reads text, marks and snippet of every hit; for engines that can. */
  searchAndRead?(query: BenchQuery, limit: number): void
  /** What would be written to disk, and the way back. */
  save(): SavedEngine
}

export interface SavedEngine {
  /** Bytes on disk, strings as UTF-8. */
  readonly bytes: number
  open(): Engine
}

export interface BuildOptions {
  /** Put the document's title in front of each paragraph; for engines that know only texts. */
  readonly withTitles: boolean
}

export interface EngineKind {
  readonly name: string
  /** The setting in words, for tables. */
  readonly setting: string
  /** Whether the saved index holds the texts as well. */
  readonly storesText: boolean
  /** Kinds of query that it has no means for: nobody asks it these. */
  readonly lacks: readonly QueryKind[]
  build(documents: readonly SourceDocument[], options: BuildOptions): Engine
}

/** One text for each paragraph, for engines without documents. */
export function paragraphTexts(
  documents: readonly SourceDocument[],
  { withTitles }: BuildOptions,
): string[] {
  return documents.flatMap(({ title = '', paragraphs }) =>
    paragraphs.map(({ text }) => (withTitles && title !== '' ? `${title}\n${text}` : text)),
  )
}

/** A paragraph as a flat record, for engines that filter by a field. */
export interface ParagraphRecord {
  readonly id: number
  readonly text: string
  /** Value of the metadata field that the query sets filter by; '' without one. */
  readonly tag: string
}

/** One record for each paragraph. `tag` is the law's kind, or the report's region. */
export function paragraphRecords(
  documents: readonly SourceDocument[],
  options: BuildOptions,
): ParagraphRecord[] {
  const tags = documents.flatMap(({ meta = {}, paragraphs }) =>
    paragraphs.map(() => String(meta['kind'] ?? meta['region'] ?? '')),
  )
  return paragraphTexts(documents, options).map((text, id) => ({ id, text, tag: tags[id]! }))
}

/** The value that a query's filter asks for; null without one. */
export function tagOf({ filter }: BenchQuery): string | null {
  return filter === undefined ? null : (Object.values(filter)[0] ?? null)
}
