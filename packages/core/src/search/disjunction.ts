/**
 * The best rows among those that have any qualifying term: MaxScore (Turtle and Flood, 1995), list
 * by list, over windows of 65,536 rows.
 *
 * The weightiest lists, which are the shortest, are added up first. As soon as the sums show that
 * a row on none of them cannot get among the best, no new rows are taken, but those that titles and
 * headings lift enough. The others are completed: by going through a list, or, where few of them
 * can still win, by looking them up.
 * Hot: bench "query".
 */

import type { ScoredTerm } from '../query/query-plan.js'
import { MAX_TF } from '../ranking/bm25.js'
import { TITLE_DAMPING } from '../ranking/weights.js'
import type { ContextScores } from './context-scores.js'
import { mostDecoded } from './phrase-rows.js'
import { addScores, firstAbove, type RowRanges, type ScoreBasis } from './row-merge.js'
import { TopHits } from './top-hits.js'
import type { Work } from './work.js'

/** Rows whose sums stay in the processor's cache. */
const WINDOW = 1 << 16

/**
 * Working memory of one window. A sum is kept with the number of its window, so that nothing is
 * cleared: with `at` as in the current window, it says of a row
 *
 *   below at              nothing
 *   at + c                what its sections add, c, and that no list has it so far
 *   at + SEEN + c         what it scores so far, c
 */
export class WindowBuffers {
  readonly sums: Float64Array
  /** The rows that were seen, later those that can still win: a few ascending sequences. */
  readonly rows: Int32Array
  /** The rows with the highest sums. */
  readonly high: Int32Array
  #at = 0

  /** For an index of so many rows; of those `window` at a time. */
  constructor(rows: number, window = WINDOW) {
    const size = Math.min(rows, window)
    this.sums = new Float64Array(size)
    this.rows = new Int32Array(size)
    this.high = new Int32Array(size)
  }

  /** The `at` of a new window. */
  next(): number {
    this.#at += 2 * SEEN
    if (this.#at > LAST_WINDOW) {
      this.sums.fill(0)
      this.#at = 2 * SEEN
    }
    return this.#at
  }
}

/** More than any score. */
const SEEN = 2 ** 32
/** Sums of later windows would not be exact. */
const LAST_WINDOW = 2 ** 52

export interface Disjunction {
  readonly buffers: WindowBuffers
  /** By descending ceiling. */
  readonly terms: readonly ScoredTerm[]
  readonly context: ContextScores
  /** Rows where a term's count in the text is damped. */
  readonly titled: ReadonlyMap<string, RowRanges>
  readonly basis: ScoreBasis
  /** The rows to look at: `[from, to)`. */
  readonly from: number
  readonly to: number
  readonly work: Work
  /** Rows that may be a hit; null for all. */
  readonly accepts: ((row: number) => boolean) | null
  /** Rows that count as matching but are not offered. */
  readonly excludes: ReadonlySet<number>
  /** Count every matching row, which forbids skipping lists. */
  readonly countAll: boolean
}

/** Rows are looked up in a list that is so many times longer. */
const LOOKED_UP = 4
/** Behind all rows. */
const NEVER = 0x7fffffff
const NO_RANGES: RowRanges = { starts: new Int32Array(0), ends: new Int32Array(0) }

/** Offers the matching rows to an empty `top`; returns how many rows were seen to match. */
export function collectDisjunction(query: Disjunction, top: TopHits): number {
  const { buffers, from, to, work } = query
  const windows = new Windows(query, top)
  const size = buffers.sums.length
  let total = 0
  for (let base = from; base < to && !work.isSpent; base += size) {
    total += windows.collect(base, Math.min(base + size, to))
  }
  return total
}

class Windows {
  readonly #query: Disjunction
  readonly #top: TopHits
  readonly #sums: Float64Array
  readonly #rows: Int32Array
  readonly #high: Int32Array
  #nextFirstRow = 0
  /** The window is of rows [from, to). */
  #from = 0
  #to = 0
  /** See WindowBuffers. */
  #at = 0
  /** How many rows are in `rows`. */
  #count = 0
  /** How many rows are in `high`. */
  #highs = 0
  /** The least sum that may get among the best. */
  #least = 0

  constructor(query: Disjunction, top: TopHits) {
    const { sums, rows, high } = query.buffers
    this.#query = query
    this.#top = top
    this.#sums = sums
    this.#rows = rows
    this.#high = high
  }

  /** Offers the best of rows [from, to), which come after those so far; returns how many match. */
  collect(from: number, to: number): number {
    const { accepts, countAll, buffers, basis, terms } = this.#query
    const { rows } = buffers
    this.#from = from
    this.#to = to
    this.#count = 0
    this.#highs = 0
    this.#at = buffers.next()
    const seen = this.#at + SEEN
    // Rows come after those so far.
    this.#least = seen + this.#top.threshold + 1
    const mostContext = this.#addContext()
    let rest = 0
    for (const { ceiling } of terms) rest += ceiling
    let i = 0
    for (; i < terms.length && (countAll || seen + rest >= this.#least); i++) {
      this.#add(terms[i]!, 0)
      this.#raise()
      rest -= terms[i]!.ceiling
    }
    let matched = this.#count
    if (accepts !== null) for (let k = this.#count; k > 0; ) if (!accepts(rows[--k]!)) matched--
    for (; i < terms.length; i++) {
      const term = terms[i]!
      const { list, ceiling } = term
      const share = (list.frequency * (to - from)) / basis.lengths.length
      const admits = seen + rest + mostContext >= this.#least
      if (!admits && share > this.#count) {
        this.#count = this.#keep(rows, this.#count, this.#least - rest)
      }
      if (admits || share < this.#count * LOOKED_UP) this.#add(term, this.#least - SEEN - rest)
      else this.#lookUp(term)
      this.#raise()
      rest -= ceiling
    }
    this.#offer(this.#top, seen)
    return matched
  }

  /** Notes what sections add; returns the most that they do. */
  #addContext(): number {
    const { steps, sums: added, firstRows } = this.#query.context
    const sums = this.#sums
    const from = this.#from
    const to = this.#to
    let most = 0
    let step = Math.max(0, firstAbove(steps, from) - 1)
    for (; step < steps.length && steps[step]! < to; step++) {
      const sum = added[step]!
      if (sum === 0) continue
      if (sum > most) most = sum
      const end = Math.min(to, steps[step + 1] ?? to) - from
      for (let slot = Math.max(steps[step]!, from) - from; slot < end; slot++) {
        sums[slot] = this.#at + sum
      }
    }
    // First paragraphs of matching sections are hits even when their text has no term.
    while (firstRows[this.#nextFirstRow]! < to) {
      const row = firstRows[this.#nextFirstRow++]!
      if (row < from) continue
      const sum = Math.max(sums[row - from]!, this.#at) + SEEN
      sums[row - from] = sum
      this.#rows[this.#count++] = row
      if (sum >= this.#least) this.#high[this.#highs++] = row
    }
    return most
  }

  /** Adds a list's scores to the rows that were seen, and to those whose sections add enough. */
  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one loop; bench "query"
  #add({ evidence, list, weight }: ScoredTerm, enough: number): void {
    const { starts, ends } = this.#query.titled.get(evidence.term) ?? NO_RANGES
    const { table, lengths } = this.#query.basis
    const from = this.#from
    const to = this.#to
    const at = this.#at
    const seen = at + SEEN
    const least = this.#least
    const sums = this.#sums
    const high = this.#high
    const found = this.#rows
    let count = this.#count
    let highs = this.#highs
    // Where the next range of rows begins or ends whose counts are damped.
    let range = firstAbove(ends, from)
    let turn = range < starts.length ? starts[range]! : NEVER
    let factor = 1
    for (let block = list.blockFor(from, 0); block < list.blocks; block++) {
      const end = list.load(block) + list.base
      const { rows, tfs } = list
      const { base } = list
      const start = rows[base]! < from ? firstAbove(rows, from - 1, base, end) : base
      let i = start
      for (; i < end; i++) {
        const row = rows[i]!
        if (row >= to) break
        const before = sums[row - from]!
        if (before < enough) continue
        while (row >= turn) {
          if (factor === 1) {
            turn = ends[range++]!
            factor = TITLE_DAMPING
          } else {
            turn = range < starts.length ? starts[range]! : NEVER
            factor = 1
          }
        }
        const tf = tfs[i]!
        const value =
          (weight * table[((tf < MAX_TF ? tf : MAX_TF) << 8) | lengths[row]!]! * factor) | 0
        let sum = before + value
        if (before < seen) {
          sum = (before < at ? seen : before + SEEN) + value
          found[count++] = row
        }
        sums[row - from] = sum
        if (sum >= least && before < least) high[highs++] = row
      }
      this.#query.work.postings(i - start)
      if (list.lastRows[block]! >= to - 1) break
    }
    this.#count = count
    this.#highs = highs
  }

  /** Learns from the highest sums which is the least that may get among the best. */
  #raise(): void {
    const { capacity } = this.#top
    if (this.#highs <= capacity * 2) return
    const best = new TopHits(capacity)
    this.#offer(best, 0)
    this.#least = Math.max(this.#least, best.threshold)
    this.#highs = this.#keep(this.#high, this.#highs, this.#least)
  }

  /** Offers the hits among the highest sums, which are scores from `zero` on. */
  #offer(top: TopHits, zero: number): void {
    const { accepts, excludes } = this.#query
    const high = this.#high
    let highs = 0
    for (let i = 0; i < this.#highs; i++) {
      const row = high[i]!
      if (excludes.has(row) || accepts?.(row) === false) continue
      high[highs++] = row
      top.offer(row, this.#sums[row - this.#from]! - zero)
    }
    this.#highs = highs
  }

  /** Moves the rows that have a sum or more to the front; returns their number. */
  #keep(rows: Int32Array, count: number, sum: number): number {
    const sums = this.#sums
    const from = this.#from
    let kept = 0
    for (let i = 0; i < count; i++) {
      const row = rows[i]!
      if (sums[row - from]! >= sum) rows[kept++] = row
    }
    return kept
  }

  /** Adds a list's scores to the rows that can still win. */
  #lookUp(term: ScoredTerm): void {
    const { basis, titled, work } = this.#query
    const rows = this.#rows
    const count = this.#count
    work.postings(mostDecoded(term.list, count))
    for (let start = 0, end = 0; start < count; start = end) {
      while (++end < count && rows[end]! > rows[end - 1]!) {}
      const run = rows.subarray(start, end)
      const scores = new Float64Array(run.length)
      addScores(term, titled.get(term.evidence.term), basis, run, scores, run.length)
      for (const [i, row] of run.entries()) {
        const before = this.#sums[row - this.#from]!
        const sum = before + scores[i]!
        this.#sums[row - this.#from] = sum
        if (sum >= this.#least && before < this.#least) this.#high[this.#highs++] = row
      }
    }
  }
}
