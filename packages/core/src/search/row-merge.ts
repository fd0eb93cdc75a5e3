/**
 * Walks a sorted array of rows along one posting list: keep those on it, add up scores, read
 * frequencies. Blocks that hold none of the rows are never decoded. Hot: bench "query".
 */

import type { PostingList } from '../postings/posting-list.js'
import { MAX_TF } from '../ranking/bm25.js'
import { TITLE_DAMPING } from '../ranking/weights.js'

/** Rows under titles that have a term: disjoint ranges, ascending. Its text counts less there. */
export interface RowRanges {
  readonly starts: Int32Array
  readonly ends: Int32Array
}

/** What scoring reads besides postings. */
export interface ScoreBasis {
  readonly table: Float64Array
  readonly lengths: Uint8Array
}

/** Postings that are passed at a time where the next row is far. */
const STRIDE = 16

/** Frequencies that were read last; see readFrequencies. */
let found = new Uint8Array(1 << 12)

/**
 * The frequencies of the first `count` of ascending rows on a list, 0 where it lacks them; up to
 * MAX_TF where it is read by row. Without `frequencies` they are valid until the next call: all
 * here walks one list at a time.
 */
export function readFrequencies(
  list: PostingList,
  rows: Int32Array,
  count: number,
  frequencies = scratch(count),
  byRow = list.byRow,
): Uint8Array {
  if (byRow === null) searchFrequencies(list, rows, count, frequencies)
  else {
    for (let i = 0; i < count; i++) {
      const row = rows[i]!
      frequencies[i] = (byRow[row >>> 1]! >>> ((row & 1) << 2)) & MAX_TF
    }
  }
  return frequencies
}

function scratch(count: number): Uint8Array {
  if (count > found.length) found = new Uint8Array(count * 2)
  return found
}

function searchFrequencies(
  list: PostingList,
  rows: Int32Array,
  count: number,
  frequencies: Uint8Array,
): void {
  let { rows: listed, tfs } = list
  let block = 0
  let last = -1
  let at = 0
  let end = 0
  for (let i = 0; i < count; i++) {
    const row = rows[i]!
    if (row > last) {
      block = list.blockFor(row, block)
      if (block >= list.blocks) {
        frequencies.fill(0, i, count)
        return
      }
      end = list.load(block)
      at = list.base
      end += at
      listed = list.rows
      tfs = list.tfs
      last = list.lastRows[block]!
    }
    while (at + STRIDE < end && listed[at + STRIDE]! < row) at += STRIDE
    while (listed[at]! < row) at++
    frequencies[i] = listed[at] === row ? tfs[at]! : 0
  }
}

/** What is not 0 where a row is on a list; valid until the next call. */
export function presence(list: PostingList, rows: Int32Array, count: number): Uint8Array {
  const { bits } = list
  if (bits === null) return readFrequencies(list, rows, count)
  const present = scratch(count)
  for (let i = 0; i < count; i++) {
    const row = rows[i]!
    present[i] = (bits[row >>> 5]! >>> (row & 31)) & 1
  }
  return present
}

/** Writes the rows that are on the list to `kept`, which may be `rows`; returns their number. */
export function intersectRows(
  list: PostingList,
  rows: Int32Array,
  count: number,
  kept = rows,
): number {
  const present = presence(list, rows, count)
  let on = 0
  for (let i = 0; i < count; i++) {
    kept[on] = rows[i]!
    // Neither more nor less often than not: a branch would be guessed wrong.
    on += present[i]! === 0 ? 0 : 1
  }
  return on
}

/** What a frequency in a row counts; 0 for none. */
export function tfFactor({ table, lengths }: ScoreBasis, tf: number, row: number): number {
  return table[((tf < MAX_TF ? tf : MAX_TF) << 8) | lengths[row]!]!
}

/** Adds the list's contributions to the scores of the rows that are on it. */
export function addScores(
  term: { readonly list: PostingList; readonly weight: number },
  titled: RowRanges | undefined,
  basis: ScoreBasis,
  rows: Int32Array,
  scores: Float64Array,
  count: number,
): void {
  const { list, weight } = term
  const { table, lengths } = basis
  const frequencies = readFrequencies(list, rows, count)
  let range = titled === undefined ? 0 : firstAbove(titled.ends, rows[0]!)
  for (let i = 0; i < count; i++) {
    const row = rows[i]!
    const tf = frequencies[i]!
    // The table is 0 for no occurrence.
    let value = weight * table[((tf < MAX_TF ? tf : MAX_TF) << 8) | lengths[row]!]!
    if (titled !== undefined) {
      while (range < titled.ends.length && titled.ends[range]! <= row) range++
      if (range < titled.starts.length && titled.starts[range]! <= row) value *= TITLE_DAMPING
    }
    scores[i] = scores[i]! + (value | 0)
  }
}

/** The first place from `from` on, before `to`, of ascending numbers that holds more than `value`. */
export function firstAbove(
  numbers: ArrayLike<number>,
  value: number,
  from = 0,
  to = numbers.length,
): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >>> 1
    if (numbers[middle]! <= value) low = middle + 1
    else high = middle
  }
  return low
}

/** Adds `sign` times the list's frequencies to `sums` of the rows that are on it. */
export function addFrequencies(
  list: PostingList,
  sign: number,
  rows: Int32Array,
  sums: Int32Array,
  count: number,
): void {
  const frequencies = readFrequencies(list, rows, count, undefined, null)
  for (let i = 0; i < count; i++) sums[i] = sums[i]! + sign * frequencies[i]!
}

/** Rows of either sorted array, ascending and distinct; one of the two where the first has none. */
export function uniteRows(a: Int32Array, b: Int32Array): Int32Array {
  if (a.length === 0) return b
  const rows = new Int32Array(a.length + b.length)
  let count = 0
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    const x = a[i]!
    const y = b[j]!
    rows[count++] = x < y ? x : y
    if (x <= y) i++
    if (y <= x) j++
  }
  while (i < a.length) rows[count++] = a[i++]!
  while (j < b.length) rows[count++] = b[j++]!
  return rows.subarray(0, count)
}

/** Rows that are in both sorted arrays. */
export function commonRows(rows: Int32Array, others: Int32Array): Int32Array {
  let j = 0
  return rows.filter((row) => {
    while (j < others.length && others[j]! < row) j++
    return others[j] === row
  })
}

/** The rows of an index. */
export function allRowsOf(rows: number): Int32Array {
  return new Int32Array(rows).map((_, row) => row)
}

/** Rows of `rows` that are not in the sorted `excluded`. */
export function subtractRows(rows: Int32Array, excluded: Int32Array): Int32Array {
  let j = 0
  return rows.filter((row) => {
    while (j + STRIDE < excluded.length && excluded[j + STRIDE]! < row) j += STRIDE
    while (j < excluded.length && excluded[j]! < row) j++
    return excluded[j] !== row
  })
}
