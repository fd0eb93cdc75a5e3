/** The best of given rows by their list scores. Hot: bench "query". */

import { type Candidates, countOf } from './candidates.js'
import { mostDecoded } from './phrase-rows.js'
import { scoreRows as scoreFew } from './plain-score-rows.js'
import { type RowScoring, scoreRows } from './score-rows.js'
import { type ScoredRow, TopHits } from './top-hits.js'

/** So few rows fill no page: others will be looked for, which takes the context of all rows. */
const FEW = 10

/**
 * The best `wanted` of some rows, best first. All are scored: to skip those that stand in blocks
 * with low bounds took as long as it saved, since the lists of many rows are read by row.
 */
export function bestOfRows(
  candidates: readonly Candidates[],
  wanted: number,
  scoring: RowScoring,
): ScoredRow[] {
  const top = new TopHits(wanted)
  const count = countOf(candidates)
  countWork(count, scoring)
  const score = scoring.looksFurther && count < FEW ? scoreFew : scoreRows
  for (const some of candidates) {
    const { rows } = some
    const scores = score(some, scoring)
    let { threshold } = top
    for (let i = 0; i < rows.length; i++) {
      if (scores[i]! < threshold) continue
      top.offer(rows[i]!, scores[i]!)
      threshold = top.threshold
    }
  }
  return top.drain()
}

/** Counts what scoring so many rows takes at most. */
export function countWork(rows: number, { terms, work }: RowScoring): void {
  for (const { list } of terms) work.postings(mostDecoded(list, rows))
}
