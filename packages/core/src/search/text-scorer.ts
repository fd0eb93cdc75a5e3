/**
 * The second look at the best rows: their texts are read, and three things are added to the score
 * from the lists: the single characters of the query, whether the paragraph contains the query as
 * it stands, and how near to its start.
 *
 * Every row's list score is at most its final score, so the rows that get no second look stay
 * behind those that do.
 */

import type { Folder } from '@wenxun/tokenizer/scan'
import { findPhrase, indexOfPhrase } from '../query/phrase.js'
import type { CharacterTerm, PlannedPart } from '../query/query-plan.js'
import { foldText, scanText } from '../query/scanned-text.js'
import { MAX_TF } from '../ranking/bm25.js'
import { LEAD_BONUS, LEAD_REACH, TITLE_DAMPING, TITLE_FACTOR } from '../ranking/weights.js'
import type { ScoreBasis } from './row-merge.js'

export interface TextBasis extends ScoreBasis {
  readonly folder: Folder
  /** The text of a paragraph. */
  textOf(row: number): string
  /** The title of a paragraph's document. */
  titleOf(row: number): string
}

export class TextScorer {
  readonly #basis: TextBasis
  readonly #characters: readonly CharacterTerm[]
  readonly #slots = new Map<number, number>()
  readonly #counts: Int32Array
  /** Folded text of the row that was read last. */
  #row = -1
  #text = ''

  constructor(basis: TextBasis, characters: readonly CharacterTerm[]) {
    this.#basis = basis
    this.#characters = characters
    this.#counts = new Int32Array(characters.length)
    for (const [slot, { evidence }] of characters.entries()) {
      this.#slots.set(evidence.term.codePointAt(0)!, slot)
    }
  }

  /** Score units that the query's single characters add to a row. */
  characterScore(row: number): number {
    if (this.#characters.length === 0) return 0
    this.#count(this.#read(row))
    const title = foldText(this.#basis.folder, this.#basis.titleOf(row))
    const { table, lengths } = this.#basis
    let sum = 0
    for (const [slot, { evidence, weight }] of this.#characters.entries()) {
      const tf = Math.min(MAX_TF, this.#counts[slot]!)
      let value = weight * table[(tf << 8) | lengths[row]!]!
      if (title.includes(evidence.term)) value = weight * TITLE_FACTOR + value * TITLE_DAMPING
      sum += value | 0
    }
    return sum
  }

  /** Where the parts first occur in a paragraph, in folded units; −1 when one does not. */
  leadOf(row: number, parts: readonly PlannedPart[]): number {
    const text = this.#read(row)
    const scan = () => scanText(this.#basis.folder, this.#basis.textOf(row))
    let lead = Number.POSITIVE_INFINITY
    for (const { phrases, clause } of parts) {
      let first = -1
      for (const { phrase, required } of phrases) {
        if (required === null || first >= 0) continue
        first = indexOfPhrase(phrase, scan, text, clause.quoted)
      }
      if (first < 0) return -1
      lead = Math.min(lead, first)
    }
    return lead
  }

  /** The factor by which containing the query at `lead` raises a score; see LEAD_BONUS. */
  leadFactor(lead: number): number {
    return 1 + (LEAD_BONUS * LEAD_REACH) / (LEAD_REACH + lead)
  }

  /** Whether a line of text contains a part. */
  contains(line: string, { phrases, clause }: PlannedPart): boolean {
    const scanned = scanText(this.#basis.folder, line)
    return phrases.some(({ phrase }) => findPhrase(phrase, scanned, clause.quoted).length > 0)
  }

  #read(row: number): string {
    if (row !== this.#row) {
      this.#text = foldText(this.#basis.folder, this.#basis.textOf(row))
      this.#row = row
    }
    return this.#text
  }

  #count(text: string): void {
    this.#counts.fill(0)
    for (let i = 0; i < text.length; i++) {
      let unit = text.charCodeAt(i)
      if ((unit & 0xfc00) === 0xd800) unit = text.codePointAt(i)!
      const slot = this.#slots.get(unit)
      if (slot !== undefined) this.#counts[slot]!++
    }
  }
}
