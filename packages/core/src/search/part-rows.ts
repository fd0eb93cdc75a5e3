/** Rows that contain a query part for sure: in their text, or in a title or heading above. */

import { type PlannedPart, planPhrase } from '../query/query-plan.js'
import type { FieldIndex } from '../segment/field-index.js'
import type { Sections } from '../segment/sections.js'
import { candidateRows, knownRows } from './phrase-rows.js'
import { uniteRows } from './row-merge.js'
import type { TextBasis, TextScorer } from './text-scorer.js'

export interface PartBasis {
  readonly context: FieldIndex
  readonly sections: Sections
  readonly texts: TextBasis
  /** Headings above a paragraph. */
  headingOf(row: number): readonly string[]
}

const NO_ROWS: Int32Array = new Int32Array(0)

export class PartRows {
  readonly #basis: PartBasis
  readonly #texts: TextScorer

  constructor(basis: PartBasis, texts: TextScorer) {
    this.#basis = basis
    this.#texts = texts
  }

  /** Rows whose text contains a part; where none does, first rows of sections that contain it. */
  rowsWith(part: PlannedPart, within: Int32Array | null): Int32Array {
    let rows = NO_ROWS
    for (const planned of part.phrases) {
      const candidates = candidateRows(planned.required, within)
      const known = knownRows(planned, candidates)
      const asked = (row: number) => this.#texts.leadOf(row, [part]) >= 0
      rows = uniteRows(
        rows,
        candidates.filter((row, i) => known[i] === 1 || asked(row)),
      )
    }
    if (rows.length > 0) return rows
    const under = this.#firstRows(this.#sectionsWith(part))
    return within === null ? under : under.filter((row) => within.includes(row))
  }

  /** First rows of documents whose title contains every part. */
  titledRows(parts: readonly PlannedPart[]): Int32Array {
    const { sections } = this.#basis
    if (sections.count === 0) return NO_ROWS
    let titles: Int32Array | null = null
    for (const part of parts) {
      const found = this.#sectionsWith(part).filter((section) => sections.isTitle(section))
      titles = titles === null ? found : found.filter((section) => titles?.includes(section))
      if (titles.length === 0) return NO_ROWS
    }
    return titles === null ? NO_ROWS : this.#firstRows(titles)
  }

  #firstRows(found: Int32Array): Int32Array {
    const rows = found.map((section) => this.#basis.sections.start(section))
    return rows.filter((row, i) => i === 0 || row !== rows[i - 1])
  }

  /** Titles and headings that contain a part, ascending. */
  #sectionsWith(part: PlannedPart): Int32Array {
    const { context, sections, headingOf, texts } = this.#basis
    let found = NO_ROWS
    for (const { phrase } of part.phrases) {
      const planned = planPhrase(phrase, context)
      const candidates = candidateRows(planned.required, null)
      const known = knownRows(planned, candidates)
      const asked = (section: number) => {
        const row = sections.start(section)
        const lines = sections.isTitle(section) ? [texts.titleOf(row)] : headingOf(row)
        return lines.some((line) => this.#texts.contains(line, part))
      }
      found = uniteRows(
        found,
        candidates.filter((row, i) => known[i] === 1 || asked(row)),
      )
    }
    return found
  }
}
