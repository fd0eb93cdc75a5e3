/** Rows that may be hits, with what is known of them before they are scored. */

import type { PostingList } from '../postings/posting-list.js'

export interface Candidates {
  /** Ascending. */
  readonly rows: Int32Array
  /** Of some lists, in parallel to the rows; not to be written to. */
  readonly frequencies: ReadonlyMap<PostingList, Uint8Array>
}

const NOT_READ: ReadonlyMap<PostingList, Uint8Array> = new Map()

/** Rows of which no frequencies are known. */
export function unread(rows: Int32Array): Candidates {
  return { rows, frequencies: NOT_READ }
}

/** How many rows there are in distinct ones. */
export function countOf(candidates: readonly Candidates[]): number {
  return candidates.reduce((sum, { rows }) => sum + rows.length, 0)
}
