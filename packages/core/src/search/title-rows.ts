/** Documents whose titles contain all of a query. */

import { type PlannedPart, planPhrase } from '../query/query-plan.js'
import type { PartBasis } from './part-rows.js'
import { candidateRows } from './phrase-rows.js'
import { uniteRows } from './row-merge.js'
import type { TextScorer } from './text-scorer.js'
import type { Work } from './work.js'

const NO_ROWS: Int32Array = new Int32Array(0)

export class TitleRows {
  readonly #basis: PartBasis
  readonly #texts: TextScorer
  readonly #work: Work

  constructor(basis: PartBasis, texts: TextScorer, work: Work) {
    this.#basis = basis
    this.#texts = texts
    this.#work = work
  }

  /** First rows of documents whose title may contain every part: it has all of their terms. */
  titledRows(parts: readonly PlannedPart[]): Int32Array {
    const { context, sections } = this.#basis
    if (sections.count === 0) return NO_ROWS
    let titles: Int32Array | null = null
    for (const { phrases } of parts) {
      let found = NO_ROWS
      for (const { phrase, exact } of phrases) {
        const { required } = planPhrase(phrase, exact, context)
        found = uniteRows(found, candidateRows(required, titles, this.#work))
      }
      titles = found.filter((section) => sections.isTitle(section))
      if (titles.length === 0) return NO_ROWS
    }
    return titles === null ? NO_ROWS : this.#firstRows(titles)
  }

  /** Whether the title above a row contains every part. */
  titleHas(row: number, parts: readonly PlannedPart[]): boolean {
    const title = this.#basis.texts.titleOf(row)
    return parts.every((part) => this.#texts.contains(title, part))
  }

  #firstRows(found: Int32Array): Int32Array {
    const rows = found.map((section) => this.#basis.sections.start(section))
    return rows.filter((row, i) => i === 0 || row !== rows[i - 1])
  }
}
