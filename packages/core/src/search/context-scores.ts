/**
 * What titles and headings add to the paragraphs under them. Sections nest, so the sum over the
 * sections around a paragraph is a step function of its row.
 */

import type { ContextTerm } from '../query/query-plan.js'
import { HEADING_FACTOR, TITLE_FACTOR } from '../ranking/weights.js'
import type { SectionRanges } from '../segment/sections.js'
import { addFrequencies, allRows, firstAbove, type RowRanges, uniteRows } from './row-merge.js'

export class ContextScores {
  /** First paragraphs of the matching sections, ascending and distinct. */
  readonly firstRows: Int32Array
  /** Rows where the sum changes, ascending, and the sum from there on. */
  readonly #steps: Int32Array
  readonly #sums: Float64Array

  constructor(steps: Int32Array, sums: Float64Array, firstRows: Int32Array) {
    this.#steps = steps
    this.#sums = sums
    this.firstRows = firstRows
  }

  /** Score units that the sections around a row add. */
  at(row: number): number {
    const step = this.#stepAt(row)
    return step < 0 ? 0 : this.#sums[step]!
  }

  /** Sets the scores of ascending rows to what their sections add. */
  fill(rows: Int32Array, scores: Float64Array): void {
    const steps = this.#steps
    let step = rows.length === 0 ? -1 : this.#stepAt(rows[0]!)
    for (let i = 0; i < rows.length; i++) {
      while (step + 1 < steps.length && steps[step + 1]! <= rows[i]!) step++
      scores[i] = step < 0 ? 0 : this.#sums[step]!
    }
  }

  /** The largest sum in rows [from, to). */
  maxIn(from: number, to: number): number {
    let step = this.#stepAt(from)
    let best = step < 0 ? 0 : this.#sums[step]!
    while (++step < this.#steps.length && this.#steps[step]! < to) {
      if (this.#sums[step]! > best) best = this.#sums[step]!
    }
    return best
  }

  #stepAt(row: number): number {
    return firstAbove(this.#steps, row) - 1
  }
}

export interface ContextEvidence {
  readonly scores: ContextScores
  /** Rows where a term counts in the title and is damped in the text, by term. */
  readonly titled: ReadonlyMap<string, RowRanges>
}

/**
 * A section counts when it has a qualifying term; then all its terms do. A term counts by its
 * presence, not by its frequency.
 */
export function scoreContext(
  terms: readonly ContextTerm[],
  sections: SectionRanges,
): ContextEvidence {
  let rows: Int32Array = new Int32Array(0)
  for (const { list, evidence } of terms) {
    if (!evidence.qualifies) continue
    const others = allRows(list)
    rows = rows.length === 0 ? others : uniteRows(rows, others)
  }
  const scores = new Float64Array(rows.length)
  const titled = new Map<string, RowRanges>()
  for (const { list, weight, evidence } of rows.length === 0 ? [] : terms) {
    const has = new Int32Array(rows.length)
    addFrequencies(list, 1, rows, has, rows.length)
    const starts: number[] = []
    const ends: number[] = []
    for (let i = 0; i < rows.length; i++) {
      if (has[i] === 0) continue
      const section = rows[i]!
      const isTitle = sections.isTitle(section)
      scores[i] = scores[i]! + ((weight * (isTitle ? TITLE_FACTOR : HEADING_FACTOR)) | 0)
      if (!isTitle) continue
      starts.push(sections.start(section))
      ends.push(sections.end(section))
    }
    if (starts.length > 0) {
      titled.set(evidence.term, { starts: new Int32Array(starts), ends: new Int32Array(ends) })
    }
  }
  return { scores: toSteps(rows, scores, sections), titled }
}

/** Sections come in order of their first row and nest, so a stack closes them in order. */
class Steps {
  readonly #rows: Int32Array
  readonly #sums: Float64Array
  #count = 0
  /** Of the open sections, outermost first. */
  readonly #ends: number[] = []
  readonly #scores: number[] = []
  #sum = 0

  constructor(sections: number) {
    this.#rows = new Int32Array(sections * 2)
    this.#sums = new Float64Array(sections * 2)
  }

  open(start: number, end: number, score: number): void {
    this.#closeUpTo(start)
    this.#sum += score
    this.#step(start)
    this.#ends.push(end)
    this.#scores.push(score)
  }

  finish(firstRows: Int32Array): ContextScores {
    this.#closeUpTo(Number.POSITIVE_INFINITY)
    const rows = this.#rows.subarray(0, this.#count)
    return new ContextScores(rows, this.#sums.subarray(0, this.#count), firstRows)
  }

  #closeUpTo(row: number): void {
    const ends = this.#ends
    while (ends.length > 0 && ends[ends.length - 1]! <= row) {
      this.#sum -= this.#scores.pop()!
      this.#step(ends.pop()!)
    }
  }

  #step(row: number): void {
    if (this.#count === 0 || this.#rows[this.#count - 1] !== row) this.#rows[this.#count++] = row
    this.#sums[this.#count - 1] = this.#sum
  }
}

function toSteps(rows: Int32Array, scores: Float64Array, sections: SectionRanges): ContextScores {
  const steps = new Steps(rows.length)
  const firstRows = new Int32Array(rows.length)
  let first = 0
  for (let i = 0; i < rows.length; i++) {
    const start = sections.start(rows[i]!)
    steps.open(start, sections.end(rows[i]!), scores[i]!)
    if (first === 0 || firstRows[first - 1] !== start) firstRows[first++] = start
  }
  return steps.finish(firstRows.subarray(0, first))
}
