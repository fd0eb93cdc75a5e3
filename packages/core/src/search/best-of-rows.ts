/**
 * The best of given rows by their list scores.
 *
 * Rows are scored in groups, the most promising ones first. The bounds of the posting blocks that a
 * group's rows may stand in say what no row of it exceeds; when the best rows so far all reach the
 * bound of the next group, the others need not be scored.
 */

import type { ScoredTerm } from '../query/query-plan.js'
import type { ContextEvidence } from './context-scores.js'
import { mostDecoded } from './phrase-rows.js'
import { addScores, type ScoreBasis } from './row-merge.js'
import { type ScoredRow, TopHits } from './top-hits.js'
import type { Work } from './work.js'

/** Rows of a group. */
const GROUP = 128

export interface RowScoring {
  readonly terms: readonly ScoredTerm[]
  readonly context: ContextEvidence
  readonly basis: ScoreBasis
  readonly work: Work
}

/** The best `wanted` of ascending rows, best first; `exhaustive` scores every one of them. */
export function bestOfRows(
  rows: Int32Array,
  wanted: number,
  scoring: RowScoring,
  exhaustive: boolean,
): ScoredRow[] {
  const top = new TopHits(Math.min(wanted, rows.length))
  if (exhaustive || rows.length <= Math.max(wanted, GROUP)) {
    offerAll(rows, scoreRows(rows, scoring), top)
    return top.drain()
  }
  const bounds = groupBounds(rows, scoring)
  const order = Array.from(bounds.keys()).sort((a, b) => bounds[b]! - bounds[a]! || a - b)
  const buffer = new Float64Array(GROUP)
  for (const group of order) {
    if (bounds[group]! < top.threshold) break
    const members = rows.subarray(group * GROUP, (group + 1) * GROUP)
    offerAll(members, scoreRows(members, scoring, buffer), top)
  }
  return top.drain()
}

/** List scores of ascending rows; into `scores` when it is given. */
export function scoreRows(
  rows: Int32Array,
  { terms, context, basis, work }: RowScoring,
  scores = new Float64Array(rows.length),
): Float64Array {
  context.scores.fill(rows, scores)
  for (const term of terms) {
    work.postings(mostDecoded(term.list, rows.length))
    addScores(term, context.titled.get(term.evidence.term), basis, rows, scores, rows.length)
  }
  return scores
}

function offerAll(rows: Int32Array, scores: Float64Array, top: TopHits): void {
  let { threshold } = top
  for (let i = 0; i < rows.length; i++) {
    // An equal score may win by its row: groups do not come in order.
    if (scores[i]! < threshold) continue
    top.offer(rows[i]!, scores[i]!)
    threshold = top.threshold
  }
}

/** What no row of a group exceeds. */
function groupBounds(rows: Int32Array, { terms, context }: RowScoring): Float64Array {
  const bounds = new Float64Array(Math.ceil(rows.length / GROUP))
  const lastOf = (group: number) => rows[Math.min(rows.length, (group + 1) * GROUP) - 1]!
  for (let group = 0; group < bounds.length; group++) {
    bounds[group] = context.scores.maxIn(rows[group * GROUP]!, lastOf(group) + 1)
  }
  for (const { list, weight } of terms) {
    let block = 0
    for (let group = 0; group < bounds.length; group++) {
      const last = lastOf(group)
      block = list.blockFor(rows[group * GROUP]!, block)
      let bound = 0
      for (let b = block; b < list.blocks; b++) {
        if (list.bounds[b]! > bound) bound = list.bounds[b]!
        if (list.lastRows[b]! >= last) break
      }
      bounds[group]! += Math.floor(weight * bound)
    }
  }
  return bounds
}
