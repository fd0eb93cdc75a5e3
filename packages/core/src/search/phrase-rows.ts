/** Paragraphs that contain a phrase: candidates from posting lists, certainty from words or text. */

import type { PostingList } from '../postings/posting-list.js'
import type { PlannedPhrase } from '../query/query-plan.js'
import { POSTINGS_BLOCK } from '../segment/format.js'
import { intersectRows, presence } from './row-merge.js'
import type { Work } from './work.js'

/**
 * Rows that are on every list, ascending; only those in `within` when it is given. None when the
 * work is spent.
 */
export function candidateRows(
  required: readonly PostingList[] | null,
  within: Int32Array | null,
  work?: Work,
): Int32Array {
  if (required === null || required.length === 0) return new Int32Array(0)
  const byFrequency = [...required].sort((a, b) => a.frequency - b.frequency)
  if (work?.postings(byFrequency[0]!.frequency) === false) return new Int32Array(0)
  let rows = within ?? byFrequency[0]!.all()
  let count = rows.length
  // The first intersection copies: neither `within` nor a list is written to.
  let kept: Int32Array | null = null
  for (const list of within === null ? byFrequency.slice(1) : byFrequency) {
    if (count === 0) break
    if (work?.postings(mostDecoded(list, count)) === false) return new Int32Array(0)
    kept ??= new Int32Array(count)
    count = intersectRows(list, rows, count, kept)
    rows = kept
  }
  return rows.subarray(0, count)
}

/** For each candidate: above 0 where it is known to contain the phrase, else its text must be asked. */
export function knownRows({ isExact, word }: PlannedPhrase, rows: Int32Array): Uint8Array {
  if (isExact || word === null) return new Uint8Array(rows.length).fill(Number(isExact))
  return presence(word, rows, rows.length).slice(0, rows.length)
}

/** How many postings are decoded at most when a list is looked up for so many rows. */
export function mostDecoded({ frequency }: PostingList, rows: number): number {
  return Math.min(frequency, rows * POSTINGS_BLOCK)
}
