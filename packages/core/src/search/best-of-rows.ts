/** The best of given rows by their list scores. Hot: bench "query". */

import type { ScoredTerm } from '../query/query-plan.js'
import type { ContextEvidence } from './context-scores.js'
import { mostDecoded } from './phrase-rows.js'
import { addScores, type ScoreBasis } from './row-merge.js'
import { type ScoredRow, TopHits } from './top-hits.js'
import type { Work } from './work.js'

export interface RowScoring {
  readonly terms: readonly ScoredTerm[]
  readonly context: ContextEvidence
  readonly basis: ScoreBasis
  readonly work: Work
}

/**
 * The best `wanted` of ascending rows, best first. All are scored: to skip those that stand in blocks
 * with low bounds took as long as it saved, since the lists of many rows are read by row.
 */
export function bestOfRows(rows: Int32Array, wanted: number, scoring: RowScoring): ScoredRow[] {
  const top = new TopHits(Math.min(wanted, rows.length))
  const scores = scoreRows(rows, scoring)
  let { threshold } = top
  for (let i = 0; i < rows.length; i++) {
    if (scores[i]! <= threshold) continue
    top.offer(rows[i]!, scores[i]!)
    threshold = top.threshold
  }
  return top.drain()
}

/** List scores of ascending rows. */
export function scoreRows(rows: Int32Array, scoring: RowScoring): Float64Array {
  const { terms, context, basis, work } = scoring
  const scores = new Float64Array(rows.length)
  context.scores.add(rows, scores, rows.length)
  for (const term of terms) {
    work.postings(mostDecoded(term.list, rows.length))
    addScores(term, context.titled.get(term.evidence.term), basis, rows, scores, rows.length)
  }
  return scores
}
