/** List scores of given rows. Hot: bench "query". */

import type { ContextTerm, ScoredTerm } from '../query/query-plan.js'
import type { SectionRanges } from '../segment/sections.js'
import type { Candidates } from './candidates.js'
import { addContext, type ContextEvidence, countingSections } from './context-scores.js'
import { candidateRows } from './phrase-rows.js'
import { readFrequencies, type ScoreBasis, tfFactor } from './row-merge.js'
import type { Work } from './work.js'

export interface RowScoring {
  readonly terms: readonly ScoredTerm[]
  readonly contextTerms: readonly ContextTerm[]
  readonly sections: SectionRanges
  /** What all sections add. */
  readonly context: () => ContextEvidence
  /** Whether other rows are looked for when these are too few. */
  readonly looksFurther: boolean
  readonly basis: ScoreBasis
  readonly work: Work
}

/** For fewer rows a section with a term it pays to ask which sections are around them. */
const FEW_ROWS = 0.25

/** Reused: fresh memory is not in any cache. */
let listScores = new Float64Array(1 << 12)

/** List scores of rows, in parallel to them; valid until the next call. */
export function scoreRows({ rows, frequencies }: Candidates, scoring: RowScoring): Float64Array {
  const { terms, contextTerms, sections, basis } = scoring
  if (rows.length > listScores.length) listScores = new Float64Array(rows.length * 2)
  const scores = listScores
  scores.fill(0, 0, rows.length)
  if (rows.length === 0) return scores
  const sectionsOf = countingSections(contextTerms, sectionsNear(rows, contextTerms, sections))
  // Before frequencies are read, which are valid until others are.
  const contexts = new Map(
    contextTerms.map((term) => [term.evidence, { term, having: sectionsOf(term) }]),
  )
  for (const { evidence, list, weight } of terms) {
    const tfs = frequencies.get(list) ?? readFrequencies(list, rows, rows.length)
    addTfScores(tfs, weight, basis, rows, scores)
    const context = contexts.get(evidence)
    if (context === undefined) continue
    addContext(context, sections, { rows, scores, tfs, basis })
    contexts.delete(evidence)
  }
  for (const context of contexts.values()) {
    addContext(context, sections, { rows, scores, tfs: null, basis })
  }
  return scores
}

/** Where the rows are few, only the sections around them are looked at. */
function sectionsNear(
  rows: Int32Array,
  terms: readonly ContextTerm[],
  sections: SectionRanges,
): ((term: ContextTerm) => Int32Array) | undefined {
  const listed = terms.reduce((sum, { list }) => sum + list.frequency, 0)
  if (rows.length >= listed * FEW_ROWS) return undefined
  const around = sections.around?.(rows)
  return around && (({ list }) => candidateRows([list], around))
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
