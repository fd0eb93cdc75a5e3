/**
 * The best rows among those that have any qualifying term: MaxScore (Turtle and Flood, 1995) over
 * block bounds, in windows of 4,096 rows.
 *
 * Per window every list has an upper bound from its blocks. Lists that together cannot lift a row
 * over the threshold are only probed for rows that others brought up; the rest is decoded and
 * added up.
 * Hot: bench "query".
 */

import type { ScoredTerm } from '../query/query-plan.js'
import { MAX_TF } from '../ranking/bm25.js'
import { TITLE_DAMPING } from '../ranking/weights.js'
import type { ContextScores } from './context-scores.js'
import { mostDecoded } from './phrase-rows.js'
import { addScores, type RowRanges, type ScoreBasis } from './row-merge.js'
import type { TopHits } from './top-hits.js'
import type { Work } from './work.js'

const WINDOW = 4096

/** Working memory of one window; between windows `seen` and `filled` are all zeros. */
export class WindowBuffers {
  readonly sums: Float64Array
  /** A bit for every row of the window. */
  readonly seen: Int32Array
  /** A bit for every number in `seen` that is not 0. */
  readonly filled: Int32Array
  readonly rows: Int32Array
  readonly scores: Float64Array

  /** For an index of so many rows. */
  constructor(rows: number) {
    const size = Math.min(rows, WINDOW)
    this.sums = new Float64Array(size)
    this.seen = new Int32Array((size + 31) >>> 5)
    this.filled = new Int32Array((size + 1023) >>> 10)
    this.rows = new Int32Array(size)
    this.scores = new Float64Array(size)
  }
}

export interface Disjunction {
  readonly buffers: WindowBuffers
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

/** A list with its place in the current window. */
interface WindowList {
  readonly term: ScoredTerm
  readonly titled: RowRanges | undefined
  /** First block that may reach into the window, and the first behind it. */
  first: number
  end: number
  /** Where in the first block the postings of earlier windows end, as far as they were read. */
  passed: number
  /** No posting in the window scores more. */
  ceiling: number
}

/** Offers the matching rows to `top`; returns how many rows were seen to match. */
export function collectDisjunction(query: Disjunction, top: TopHits): number {
  return new Windows(query, top).run()
}

class Windows {
  readonly #query: Disjunction
  readonly #top: TopHits
  readonly #lists: WindowList[]
  readonly #buffers: WindowBuffers
  #nextFirstRow = 0

  constructor(query: Disjunction, top: TopHits) {
    this.#query = query
    this.#top = top
    this.#buffers = query.buffers
    // A search that failed may have left some.
    this.#buffers.seen.fill(0)
    this.#buffers.filled.fill(0)
    this.#lists = query.terms.map((term) => ({
      term,
      titled: query.titled.get(term.evidence.term),
      first: 0,
      end: 0,
      passed: 0,
      ceiling: 0,
    }))
  }

  run(): number {
    const { from, to, work } = this.#query
    let total = 0
    for (let base = from; base < to && !work.isSpent; base += WINDOW) total += this.#window(base)
    return total
  }

  #window(base: number): number {
    const { countAll, context } = this.#query
    const limit = Math.min(base + WINDOW, this.#query.to)
    const threshold = this.#top.threshold
    const rest = context.maxIn(base, limit)
    let best = rest
    for (const list of this.#lists) best += place(list, base, limit)
    const skips = best <= threshold
    if (skips && !countAll) {
      this.#passFirstRows(base, limit, false)
      return 0
    }
    sortByCeiling(this.#lists)
    const essential = countAll ? this.#lists.length : this.#essential(rest, threshold)
    for (let i = 0; i < essential; i++) this.#accumulate(this.#lists[i]!, base, limit)
    this.#passFirstRows(base, limit, true)
    return this.#finish(base, essential, rest, threshold, skips)
  }

  /** How many of the lists, sorted by descending ceiling, cannot be left to probing. */
  #essential(rest: number, threshold: number): number {
    let sum = rest
    let count = this.#lists.length
    while (count > 0 && sum + this.#lists[count - 1]!.ceiling <= threshold) {
      sum += this.#lists[--count]!.ceiling
    }
    return count
  }

  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one loop; bench "query"
  #accumulate(windowList: WindowList, base: number, limit: number): void {
    const { titled } = windowList
    const { list, weight } = windowList.term
    const { work } = this.#query
    const { table, lengths } = this.#query.basis
    const { sums } = this.#buffers
    let range = 0
    for (let block = windowList.first; block < windowList.end; block++) {
      const count = list.load(block)
      const { rows, tfs, base: start } = list
      const end = start + count
      let i = start
      if (block === windowList.first) {
        i += windowList.passed
        while (i < end && rows[i]! < base) i++
      }
      const from = i
      for (; i < end; i++) {
        const row = rows[i]!
        if (row >= limit) break
        const tf = tfs[i]!
        const slot = row - base
        let value = weight * table[((tf < MAX_TF ? tf : MAX_TF) << 8) | lengths[row]!]!
        if (titled !== undefined) {
          while (range < titled.ends.length && titled.ends[range]! <= row) range++
          if (range < titled.starts.length && titled.starts[range]! <= row) value *= TITLE_DAMPING
        }
        if (this.#isNew(slot)) sums[slot] = value | 0
        else sums[slot] = sums[slot]! + (value | 0)
      }
      work.postings(i - from)
      windowList.first = block
      windowList.passed = i - start
    }
  }

  /** Marks a row as seen; whether it was not. */
  #isNew(slot: number): boolean {
    const word = slot >>> 5
    const { seen, filled } = this.#buffers
    const before = seen[word]!
    const after = before | (1 << (slot & 31))
    seen[word] = after
    filled[word >>> 5]! |= 1 << (word & 31)
    return after !== before
  }

  /** First paragraphs of matching sections are hits even when their text has no term. */
  #passFirstRows(base: number, limit: number, takes: boolean): void {
    const { firstRows } = this.#query.context
    while (firstRows[this.#nextFirstRow]! < limit) {
      const slot = firstRows[this.#nextFirstRow++]! - base
      if (takes && slot >= 0 && this.#isNew(slot)) this.#buffers.sums[slot] = 0
    }
  }

  /** Completes the rows that can still win and offers them; returns how many matched. */
  #finish(base: number, essential: number, fromContext: number, threshold: number, skips: boolean) {
    const { accepts, basis, context, excludes, work } = this.#query
    let rest = fromContext
    for (let i = essential; i < this.#lists.length; i++) rest += this.#lists[i]!.ceiling
    const least = skips ? Number.POSITIVE_INFINITY : threshold - rest
    const { seen, filled, sums, rows, scores } = this.#buffers
    let matched = 0
    let count = 0
    for (let group = 0; group < filled.length; group++) {
      let words = filled[group]!
      filled[group] = 0
      while (words !== 0) {
        const word = (group << 5) | (31 - Math.clz32(words & -words))
        words &= words - 1
        let bits = seen[word]!
        seen[word] = 0
        while (bits !== 0) {
          const slot = (word << 5) | (31 - Math.clz32(bits & -bits))
          bits &= bits - 1
          if (accepts !== null && !accepts(base + slot)) continue
          matched++
          if (sums[slot]! <= least) continue
          rows[count] = base + slot
          scores[count++] = sums[slot]!
        }
      }
    }
    for (let i = essential; i < this.#lists.length && count > 0; i++) {
      const { term, titled, ceiling } = this.#lists[i]!
      if (ceiling === 0) continue
      work.postings(mostDecoded(term.list, count))
      addScores(term, titled, basis, rows, scores, count)
      rest -= ceiling
      count = this.#keepAbove(threshold - rest, count)
    }
    context.add(rows, scores, count)
    let lowest = threshold
    for (let i = 0; i < count; i++) {
      if (scores[i]! <= lowest || excludes.has(rows[i]!)) continue
      this.#top.offer(rows[i]!, scores[i]!)
      lowest = this.#top.threshold
    }
    return matched
  }

  #keepAbove(score: number, count: number): number {
    const { rows, scores } = this.#buffers
    let kept = 0
    for (let i = 0; i < count; i++) {
      if (scores[i]! <= score) continue
      rows[kept] = rows[i]!
      scores[kept++] = scores[i]!
    }
    return kept
  }
}

/** Descending. Few lists, mostly in order from the window before. */
function sortByCeiling(lists: WindowList[]): void {
  for (let i = 1; i < lists.length; i++) {
    const list = lists[i]!
    let at = i
    while (at > 0 && lists[at - 1]!.ceiling < list.ceiling) {
      lists[at] = lists[at - 1]!
      at--
    }
    lists[at] = list
  }
}

/** Finds the list's blocks in rows [base, limit) and returns its ceiling there. */
function place(windowList: WindowList, base: number, limit: number): number {
  const { list, weight } = windowList.term
  const first = list.blockFor(base, windowList.first)
  let bound = 0
  let block = first
  while (block < list.blocks && (block === first || list.lastRows[block - 1]! < limit - 1)) {
    if (list.bounds[block]! > bound) bound = list.bounds[block]!
    block++
  }
  if (first !== windowList.first) windowList.passed = 0
  windowList.first = first
  windowList.end = block
  windowList.ceiling = Math.floor(weight * bound)
  return windowList.ceiling
}
