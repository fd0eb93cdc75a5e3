/**
 * What planning and scoring ask of a searchable field, wherever its terms and lists come from: one
 * segment, or several put together.
 */

import type { PostingList } from '../postings/posting-list.js'
import type { TermEntry } from '../terms/term-dictionary.js'

/** So many terms may begin with a prefix; the rest is left out. */
export const MOST_PREFIXED = 4096

export interface Terms {
  /** The entry of a term, or null when no row has it. */
  get(term: string): TermEntry | null
  /** Entries that start with `prefix`, ascending, at most `limit`. */
  withPrefix(prefix: string, limit: number): TermEntry[]
  /** Entries with postings that a character starts: itself, and its pairs. */
  pairsOf(character: string): TermEntry[]
  /** Entries of at least `prefixLength` units that stand in `text` at `at`, shortest first. */
  standingAt(text: string, at: number, prefixLength: number): TermEntry[]
}

export interface Field {
  readonly rows: number
  readonly dictionary: Terms
  /** Length code of every row. */
  readonly lengths: Uint8Array
  /** tf factor by `tf << 8 | length code`; see ranking/bm25.ts. */
  readonly table: Float64Array
  /** Rows that hold a character of a gram script; 0 for none. */
  characterRows(character: string): number
  /** The posting list of a term; for a character, only of rows where a run ends with it. */
  list(entry: TermEntry): PostingList
  /** The list of all rows that hold a character of a gram script, or null. */
  characterList(character: string): PostingList | null
  /**
   * The list of all rows that hold a term that begins with `prefix`, or null. Of more than
   * MOST_PREFIXED terms only the first count.
   */
  prefixList(prefix: string): PostingList | null
}
