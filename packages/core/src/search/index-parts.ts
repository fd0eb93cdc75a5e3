/** What a search reads of an index: opened from one segment, or put together from several. */

import type { Folder } from '@wenxun/tokenizer/scan'
import type { Column } from '../columns/column.js'
import type { Field } from '../field/field.js'
import type { Pinyin } from '../pinyin/pinyin.js'
import type { IndexMetadata } from '../segment/metadata.js'
import type { SectionRanges } from '../segment/sections.js'
import type { DocumentRecords } from '../store/document-record.js'
import type { ParagraphTexts } from '../store/text-store.js'

export interface IndexParts {
  readonly metadata: IndexMetadata
  readonly folder: Folder
  /** Terms of the paragraphs; a row is a paragraph. */
  readonly text: Field
  /** Terms of titles and headings; a row is a section. */
  readonly context: Field
  readonly sections: SectionRanges
  readonly texts: ParagraphTexts
  readonly documents: DocumentRecords
  /** First row of every document, and behind them the number of rows. */
  readonly documentStarts: Uint32Array
  /** The column at a position of `metadata.columns`. */
  column(position: number): Column
  /** Regional words (see synonyms/synonyms.ts); empty where there are none. */
  synonyms(): Uint8Array
  /** Readings (see pinyin/pinyin.ts); empty where there are none. */
  pinyin(): Uint8Array
  /** The readings, ready for questions. */
  readings(): Readings
  /** There for an index that is fetched piece by piece. */
  readonly ahead?: Ahead
  inspect(): IndexInspection
  /** The terms of the texts that most paragraphs have, with their number of paragraphs. */
  topTerms(limit: number): { term: string; frequency: number }[]
  /** Checks every checksum and invariant. Throws CORRUPT on the first that does not hold. */
  verify(): void
}

/** What sounds how; see pinyin/pinyin.ts. */
export type Readings = Pick<Pinyin, 'expand' | 'suggest'>

/** Says what will be read next, so that it is fetched in one go. May throw to stop the search. */
export interface Ahead {
  /** Terms that will be looked up, and beginnings of terms. */
  terms(terms: readonly string[], prefixes: readonly string[]): void
  /**
   * Rows whose texts and documents will be read. When some are to be fetched, those that are
   * `likely` to be read later come with them.
   */
  rows(rows: Iterable<number>, likely?: () => readonly number[]): void
  /** Does the same for all items, and asks at once for what is missing for any of them. */
  all<T, U>(items: readonly T[], read: (item: T) => U): U[]
}

export interface IndexInspection {
  readonly formatVersion: number
  readonly oldestReadableVersion: number
  /** Length of the whole index in bytes. */
  readonly bytes: number
  /** `lean`: without words of three and more characters. Absent from a complete index. */
  readonly profile?: string
  readonly analyzer: IndexMetadata['analyzer']
  readonly counts: IndexMetadata['counts']
  readonly bm25: IndexMetadata['bm25']
  readonly columns: readonly {
    readonly name: string
    readonly kind: string
    readonly values: number
  }[]
  readonly sections: readonly { readonly id: string; readonly bytes: number }[]
}
