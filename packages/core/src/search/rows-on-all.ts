/**
 * Rows that are on all of several lists, with how often each list has them: what intersecting has
 * read is not read again for scores. Hot: bench "query".
 */

import type { PostingList } from '../postings/posting-list.js'
import { type Candidates, unread } from './candidates.js'
import { mostDecoded } from './phrase-rows.js'
import { readFrequencies } from './row-merge.js'
import type { Work } from './work.js'

const NO_ROWS: Int32Array = new Int32Array(0)

/** Reused: fresh memory is in no cache. Frequencies by the place of their list. */
let keptRows = new Int32Array(0)
let places = new Int32Array(0)
const keptFrequencies: Uint8Array[] = []

/**
 * Rows that are on every list; valid until the next call. Frequencies are of lists that are not
 * read by row: those cost a search. No rows when the work is spent.
 */
export function rowsOnAll(lists: readonly PostingList[], work: Work): Candidates {
  const [first, ...others] = [...new Set(lists)].sort((a, b) => a.frequency - b.frequency)
  if (first === undefined || !work.postings(first.frequency)) return unread(NO_ROWS)
  let rows = first.all()
  let count = rows.length
  const frequencies = new Map<PostingList, Uint8Array>()
  // What the list keeps for itself is not written to.
  if (rows === first.rows) frequencies.set(first, first.tfs)
  if (others.length > 0 && count > places.length) {
    keptRows = new Int32Array(count * 2)
    places = new Int32Array(count * 2)
  }
  for (const list of others) {
    if (count === 0) break
    if (!work.postings(mostDecoded(list, count))) return unread(NO_ROWS)
    const { bits } = list
    if (bits === null) frequencies.set(list, readFrequencies(list, rows, count))
    const on = bits === null ? findIn(frequencies.get(list)!, count) : findOn(bits, rows, count)
    for (let i = 0; i < on; i++) keptRows[i] = rows[places[i]!]!
    let place = 0
    for (const [other, from] of frequencies) {
      const to = room(place++, count)
      for (let i = 0; i < on; i++) to[i] = from[places[i]!]!
      frequencies.set(other, to)
    }
    rows = keptRows
    count = on
  }
  return { rows: rows.subarray(0, count), frequencies }
}

/** Writes the places of rows with a bit to `places`; returns their number. */
function findOn(bits: Int32Array, rows: Int32Array, count: number): number {
  let on = 0
  for (let i = 0; i < count; i++) {
    const row = rows[i]!
    places[on] = i
    // Neither more nor less often than not: a branch would be guessed wrong.
    on += (bits[row >>> 5]! >>> (row & 31)) & 1
  }
  return on
}

/** The same for rows with a frequency. */
function findIn(found: Uint8Array, count: number): number {
  let on = 0
  for (let i = 0; i < count; i++) {
    places[on] = i
    on += found[i]! === 0 ? 0 : 1
  }
  return on
}

/** Memory for so many frequencies. */
function room(place: number, count: number): Uint8Array {
  const kept = keptFrequencies[place]
  if (kept !== undefined && kept.length >= count) return kept
  keptFrequencies[place] = new Uint8Array(count * 2)
  return keptFrequencies[place]
}
