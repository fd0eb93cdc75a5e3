/** List scores of given rows. Hot: bench "query". */

import type { PostingList } from '../postings/posting-list.js'
import type { ContextTerm, ScoredTerm } from '../query/query-plan.js'
import type { SectionRanges } from '../segment/sections.js'
import type { Candidates } from './candidates.js'
import { addContext, countingSections } from './context-scores.js'
import { readFrequencies, type ScoreBasis, tfFactor } from './row-merge.js'
import type { Work } from './work.js'

export interface RowScoring {
  readonly terms: readonly ScoredTerm[]
  readonly contextTerms: readonly ContextTerm[]
  readonly sections: SectionRanges
  readonly basis: ScoreBasis
  readonly work: Work
}

/** Reused: fresh memory is not in any cache. */
let listScores = new Float64Array(1 << 12)

/** List scores of rows, in parallel to them; valid until the next call. */
export function scoreRows({ rows, frequencies }: Candidates, scoring: RowScoring): Float64Array {
  const { terms, contextTerms, sections, basis } = scoring
  if (rows.length > listScores.length) listScores = new Float64Array(rows.length * 2)
  const scores = listScores
  scores.fill(0, 0, rows.length)
  if (rows.length === 0) return scores
  const read = (list: PostingList) =>
    frequencies.get(list) ?? readFrequencies(list, rows, rows.length)
  for (const { list, weight } of terms) addTfScores(read(list), weight, basis, rows, scores)
  const sectionsOf = countingSections(contextTerms)
  for (const term of contextTerms) {
    // First, since frequencies that are read are valid until others are.
    const having = sectionsOf(term)
    const inTexts = terms.find(({ evidence }) => evidence === term.evidence)
    const tfs = inTexts === undefined ? null : read(inTexts.list)
    addContext(term, having, sections, { rows, scores, tfs, basis })
  }
  return scores
}

function addTfScores(
  frequencies: Uint8Array,
  weight: number,
  basis: ScoreBasis,
  rows: Int32Array,
  scores: Float64Array,
): void {
  for (let i = 0; i < rows.length; i++) {
    const factor = tfFactor(basis, frequencies[i]!, rows[i]!)
    scores[i] = scores[i]! + ((weight * factor) | 0)
  }
}
