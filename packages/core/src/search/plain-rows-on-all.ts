/**
 * The twin of rows-on-all.ts in few bytes: for pages, where those count more than the time, and for
 * tests.
 */

import type { PostingList } from '../postings/posting-list.js'
import { type Candidates, unread } from './candidates.js'
import { candidateRows } from './phrase-rows.js'
import type { Work } from './work.js'

/** Rows that are on every list. None when the work is spent. */
export function rowsOnAll(lists: readonly PostingList[], work: Work): Candidates {
  return unread(candidateRows([...new Set(lists)], null, work))
}
