/**
 * Rows that are on all of several lists, with how often each list has them: what intersecting has
 * read is not read again for scores. Hot: bench "query".
 */

import type { PostingList } from '../postings/posting-list.js'
import { type Candidates, unread } from './candidates.js'
import { mostDecoded } from './phrase-rows.js'
import { presence, readFrequencies } from './row-merge.js'
import type { Work } from './work.js'

const NO_ROWS: Int32Array = new Int32Array(0)

/** Reused: fresh memory is in no cache. Frequencies by the place of their list. */
let keptRows = new Int32Array(0)
let places = new Int32Array(0)
const keptFrequencies: Uint8Array[] = []

/** Rows that are on every list; valid until the next call. None when the work is spent. */
export function rowsOnAll(lists: readonly PostingList[], work: Work): Candidates {
  const byFrequency = [...new Set(lists)].sort((a, b) => a.frequency - b.frequency)
  const [first, ...others] = byFrequency
  if (first === undefined || !work.postings(first.frequency)) return unread(NO_ROWS)
  let rows = first.all()
  let count = rows.length
  // What the list keeps for itself is not written to.
  const isOwn = rows === first.rows
  const known = [isOwn ? first.tfs : readFrequencies(first, rows, count, room(0, count))]
  for (const list of others) {
    if (count === 0) break
    if (!work.postings(mostDecoded(list, count))) return unread(NO_ROWS)
    if (count > places.length) {
      keptRows = new Int32Array(count * 2)
      places = new Int32Array(count * 2)
    }
    const found = presence(list, rows, count)
    let on = 0
    for (let i = 0; i < count; i++) {
      places[on] = i
      // Neither more nor less often than not: a branch would be guessed wrong.
      on += found[i]! === 0 ? 0 : 1
    }
    for (let i = 0; i < on; i++) keptRows[i] = rows[places[i]!]!
    if (list.bits === null) known.push(found)
    known.forEach((from, place) => {
      const to = room(place, count)
      for (let i = 0; i < on; i++) to[i] = from[places[i]!]!
      known[place] = to
    })
    rows = keptRows
    if (list.bits !== null) known.push(readFrequencies(list, rows, on, room(known.length, on)))
    count = on
  }
  const frequencies = new Map(known.map((of, i) => [byFrequency[i]!, of]))
  return { rows: rows.subarray(0, count), frequencies }
}

/** Memory for so many frequencies. */
function room(place: number, count: number): Uint8Array {
  const kept = keptFrequencies[place]
  if (kept !== undefined && kept.length >= count) return kept
  keptFrequencies[place] = new Uint8Array(count * 2)
  return keptFrequencies[place]
}
