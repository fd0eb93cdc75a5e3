/** Rows that contain a query part for sure: in their text, or in a title or heading above. */

import type { Field } from '../field/field.js'
import { type PlannedPart, type PlannedPhrase, planPhrase } from '../query/query-plan.js'
import type { SectionRanges } from '../segment/sections.js'
import type { Ahead } from './index-parts.js'
import { candidateRows, knownRows } from './phrase-rows.js'
import { uniteRows } from './row-merge.js'
import type { TextBasis, TextScorer } from './text-scorer.js'
import type { Work } from './work.js'

export interface PartBasis {
  readonly context: Field
  readonly sections: SectionRanges
  readonly texts: TextBasis
  /** Told which rows' texts will be read; see Ahead. */
  readonly ahead?: Ahead['rows'] | undefined
  /** Headings above a paragraph. */
  headingOf(row: number): readonly string[]
}

const NO_ROWS: Int32Array = new Int32Array(0)

export class PartRows {
  readonly #basis: PartBasis
  readonly #texts: TextScorer
  readonly #work: Work

  constructor(basis: PartBasis, texts: TextScorer, work: Work) {
    this.#basis = basis
    this.#texts = texts
    this.#work = work
  }

  /** Rows whose text contains a part, not to be written to; only those in `within` when it is given. */
  inTexts(part: PlannedPart, within: Int32Array | null): Int32Array {
    let rows = NO_ROWS
    for (const planned of part.phrases) {
      const found = this.#containing(planned, part, within)
      rows = rows.length === 0 ? found : uniteRows(rows, found)
    }
    return rows
  }

  /** Whether any text contains a part. */
  isInTexts(part: PlannedPart): boolean {
    return part.phrases.some((planned) => this.#containing(planned, part, null, 1).length > 0)
  }

  /** The first `most` rows with the terms of a phrase whose texts contain the part. */
  #containing(
    planned: PlannedPhrase,
    part: PlannedPart,
    within: Int32Array | null,
    most = Number.POSITIVE_INFINITY,
  ): Int32Array {
    const work = this.#work
    const rows = candidateRows(planned.required, within, work)
    if (planned.isExact) return rows
    const known = knownRows(planned, rows)
    this.#basis.ahead?.(rows.subarray(0, most).filter((_, i) => known[i] === 0))
    // A loop: a filter of a typed array costs as much as looking into half of the texts.
    const found = new Int32Array(rows.length)
    let count = 0
    for (let i = 0; i < found.length && count < most; i++) {
      const isIn = known[i]! > 0 || (work.text() && this.#texts.isIn(rows, i, planned, part))
      if (isIn) found[count++] = rows[i]!
    }
    return found.subarray(0, count)
  }

  /** Rows under titles and headings that contain a part: all of them, or the first of each. */
  underSections(part: PlannedPart, all: boolean): Int32Array {
    const { sections } = this.#basis
    const rows: number[] = []
    for (const section of this.#sectionsWith(part)) {
      const start = sections.start(section)
      const end = all ? sections.end(section) : start + 1
      // Sections nest and come in order, so their rows do.
      for (let row = Math.max(start, (rows.at(-1) ?? -1) + 1); row < end; row++) rows.push(row)
    }
    return Int32Array.from(rows)
  }

  /** Titles and headings that contain a part, ascending. */
  #sectionsWith(part: PlannedPart): Int32Array {
    const { context, sections, headingOf, texts } = this.#basis
    let found = NO_ROWS
    for (const { phrase, exact } of part.phrases) {
      const planned = planPhrase(phrase, exact, context)
      const candidates = candidateRows(planned.required, null, this.#work)
      const known = knownRows(planned, candidates)
      const asked = (section: number) => {
        const row = sections.start(section)
        const lines = sections.isTitle(section) ? [texts.titleOf(row)] : headingOf(row)
        return lines.some((line) => this.#texts.contains(line, part))
      }
      found = uniteRows(
        found,
        candidates.filter((row, i) => known[i]! > 0 || asked(row)),
      )
    }
    return found
  }
}
