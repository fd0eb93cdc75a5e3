/**
 * What titles and headings add to the paragraphs under them. Sections nest, so the sum over the
 * sections around a paragraph is a step function of its row.
 */

import type { ContextTerm } from '../query/query-plan.js'
import { HEADING_FACTOR, TITLE_DAMPING, TITLE_FACTOR } from '../ranking/weights.js'
import type { SectionRanges } from '../segment/sections.js'
import { once } from './lazy-hit.js'
import { candidateRows } from './phrase-rows.js'
import { firstAbove, type RowRanges, type ScoreBasis, tfFactor, uniteRows } from './row-merge.js'

export class ContextScores {
  /** First paragraphs of the matching sections, ascending and distinct. */
  readonly firstRows: Int32Array
  /** Rows where the sum changes, ascending, and the sum from there on. */
  readonly steps: Int32Array
  readonly sums: Float64Array

  constructor(steps: Int32Array, sums: Float64Array, firstRows: Int32Array) {
    this.steps = steps
    this.sums = sums
    this.firstRows = firstRows
  }

  /** Adds to the scores of the first `count` of ascending rows what their sections add. */
  add(rows: Int32Array, scores: Float64Array, count: number): void {
    const steps = this.steps
    let step = firstAbove(steps, rows[0]!) - 1
    for (let i = 0; i < count; i++) {
      while (step + 1 < steps.length && steps[step + 1]! <= rows[i]!) step++
      if (step >= 0) scores[i] = scores[i]! + this.sums[step]!
    }
  }
}

export interface ContextEvidence {
  readonly scores: ContextScores
  /** Rows where a term counts in the title and is damped in the text, by term. */
  readonly titled: ReadonlyMap<string, RowRanges>
}

const NO_ROWS: Int32Array = new Int32Array(0)

const allSections = ({ list }: ContextTerm): Int32Array => list.all()

/**
 * The sections where a term counts, of those that `having` tells: a section counts when it has a
 * qualifying term; then all its terms do. A term counts by its presence, not by its frequency.
 */
export function countingSections(
  terms: readonly ContextTerm[],
  having = allSections,
): (term: ContextTerm) => Int32Array {
  const counting = once(() => unionOf(terms, having))
  return (term) => (term.evidence.qualifies ? having(term) : candidateRows([term.list], counting()))
}

function unionOf(terms: readonly ContextTerm[], having = allSections): Int32Array {
  const counting = terms.filter(({ evidence }) => evidence.qualifies)
  return counting.reduce((rows, term) => uniteRows(rows, having(term)), NO_ROWS)
}

/** What a term in a title or heading adds to a paragraph under it. */
function valueIn(isTitle: boolean, { weight }: ContextTerm): number {
  return (weight * (isTitle ? TITLE_FACTOR : HEADING_FACTOR)) | 0
}

/** What all sections add, for whichever rows are found. */
export function scoreContext(
  terms: readonly ContextTerm[],
  sections: SectionRanges,
): ContextEvidence {
  const rows = unionOf(terms)
  const sectionsOf = countingSections(terms)
  const scores = new Float64Array(rows.length)
  const titled = new Map<string, RowRanges>()
  for (const term of terms) {
    const inTitle = valueIn(true, term)
    const inHeading = valueIn(false, term)
    const having = sectionsOf(term)
    const starts = new Int32Array(having.length)
    const ends = new Int32Array(having.length)
    let titles = 0
    let at = 0
    for (let i = 0; i < having.length; i++) {
      const section = having[i]!
      while (rows[at]! < section) at++
      const isTitle = sections.isTitle(section)
      scores[at] = scores[at]! + (isTitle ? inTitle : inHeading)
      if (!isTitle) continue
      starts[titles] = sections.start(section)
      ends[titles++] = sections.end(section)
    }
    if (titles > 0) {
      const ranges = { starts: starts.subarray(0, titles), ends: ends.subarray(0, titles) }
      titled.set(term.evidence.term, ranges)
    }
  }
  return { scores: toSteps(rows, scores, sections), titled }
}

/** Rows that a search jumps over at a time where the next section is far. */
const STRIDE = 16

/** Ascending rows with their scores so far. */
export interface RowScores {
  readonly rows: Int32Array
  readonly scores: Float64Array
  /** How often the texts have the term; null where none has. */
  readonly tfs: Uint8Array | null
  readonly basis: ScoreBasis
}

/**
 * Adds to the scores of rows what the sections that a term counts in add. Under a title most of
 * what the text has added goes.
 */
export function addContext(
  { term, having }: { readonly term: ContextTerm; readonly having: Int32Array },
  sections: SectionRanges,
  { rows, scores, tfs, basis }: RowScores,
): void {
  const inTitle = valueIn(true, term)
  const inHeading = valueIn(false, term)
  const count = rows.length
  let at = 0
  for (let i = 0; i < having.length; i++) {
    const section = having[i]!
    const start = sections.start(section)
    while (at + STRIDE < count && rows[at + STRIDE]! < start) at += STRIDE
    while (at < count && rows[at]! < start) at++
    if (at === count) return
    const end = sections.end(section)
    if (rows[at]! >= end) continue
    const isTitle = sections.isTitle(section)
    // Sections nest, so the next one may begin with the same row.
    for (let place = at; place < count && rows[place]! < end; place++) {
      let added = isTitle ? inTitle : inHeading
      if (isTitle && tfs !== null) {
        const undamped = term.weight * tfFactor(basis, tfs[place]!, rows[place]!)
        added += ((undamped * TITLE_DAMPING) | 0) - (undamped | 0)
      }
      scores[place] = scores[place]! + added
    }
  }
}

/** Sections come in order of their first row and nest, so a stack closes them in order. */
function toSteps(found: Int32Array, scores: Float64Array, sections: SectionRanges): ContextScores {
  const rows = new Int32Array(found.length * 2)
  const sums = new Float64Array(found.length * 2)
  const firstRows = new Int32Array(found.length)
  // Of the open sections, outermost first.
  const ends: number[] = []
  const added: number[] = []
  let count = 0
  let first = 0
  let sum = 0
  let depth = 0
  // Without closures: those keep such numbers where they are slow to reach.
  for (let i = 0; i <= found.length; i++) {
    const start = i < found.length ? sections.start(found[i]!) : Number.POSITIVE_INFINITY
    while (depth > 0 && ends[depth - 1]! <= start) {
      sum -= added[--depth]!
      if (rows[count - 1] !== ends[depth]) rows[count++] = ends[depth]!
      sums[count - 1] = sum
    }
    if (i === found.length) break
    sum += scores[i]!
    if (rows[count - 1] !== start) rows[count++] = start
    sums[count - 1] = sum
    ends[depth] = sections.end(found[i]!)
    added[depth++] = scores[i]!
    if (firstRows[first - 1] !== start) firstRows[first++] = start
  }
  return new ContextScores(
    rows.subarray(0, count),
    sums.subarray(0, count),
    firstRows.subarray(0, first),
  )
}
