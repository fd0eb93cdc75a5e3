/** The twin of score-rows.ts in few bytes, which asks for the context of all rows. */

import type { Candidates } from './candidates.js'
import { addScores } from './row-merge.js'
import type { RowScoring } from './score-rows.js'

/** List scores of rows, in parallel to them. */
export function scoreRows({ rows }: Candidates, scoring: RowScoring): Float64Array {
  const { terms, basis } = scoring
  const scores = new Float64Array(rows.length)
  if (rows.length === 0) return scores
  const context = scoring.context()
  context.scores.add(rows, scores, rows.length)
  for (const term of terms) {
    const titled = context.titled.get(term.evidence.term)
    addScores(term, titled, basis, rows, scores, rows.length)
  }
  return scores
}
