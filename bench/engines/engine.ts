/** What the benches ask of a search engine: build from documents, then give the best paragraphs. */
import type { SourceDocument } from '@wenxun/core'

/** An index ready to search. */
export interface Engine {
  /** The best paragraphs, best first, as positions in the flat list of all paragraphs. */
  search(query: string, limit: number): number[]
  /** Searches and reads text, marks and snippet of every hit; for engines that can. */
  searchAndRead?(query: string, limit: number): void
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
