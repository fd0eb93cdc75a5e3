/**
 * The second look at the best rows: their texts are read, and three things are added to the score
 * from the lists: the single characters of the query, whether the paragraph contains the query as
 * it stands, and how near to its start.
 *
 * Every row's list score is at most its final score, so the rows that get no second look stay
 * behind those that do.
 */

import type { Folder } from '@wenxun/tokenizer/scan'
import { asksForTokens, findPhrase, type Phrase } from '../query/phrase.js'
import type { CharacterTerm, PlannedPart, PlannedPhrase, Spelling } from '../query/query-plan.js'
import { foldText, type ScannedText, scanText } from '../query/scanned-text.js'
import { MAX_TF } from '../ranking/bm25.js'
import { LEAD_BONUS, LEAD_REACH, TITLE_DAMPING, TITLE_FACTOR } from '../ranking/weights.js'
import type { FoldedRow } from './folded-row.js'
import type { ScoreBasis } from './row-merge.js'

export interface TextBasis extends ScoreBasis {
  readonly folder: Folder
  readonly foldedRow: FoldedRow
  /** The text of a paragraph. */
  textOf(row: number): string
  /** The title of a paragraph's document. */
  titleOf(row: number): string
  /** The same, folded. */
  foldedTitleOf(row: number): string
  /** BM25's k1. */
  readonly k1: number
  /** SCRATCH zeros to work with; left as zeros. */
  readonly scratch: Uint16Array
}

/**
 * How a paragraph writes an ambiguous character of the query: as another word's (幹燥 for 乾燥), in
 * the Simplified form, or as it was typed.
 */
export const SpellingMatch = { otherWord: 0, otherScript: 1, asTyped: 2 } as const
export type SpellingMatch = number

const UNITS = 1 << 16
/** Length of TextBasis.scratch. */
export const SCRATCH = UNITS + 256

/** Where it says whether any character with a slot ends as a unit does: most end otherwise. */
function lastByte(unit: number): number {
  return UNITS + (unit & 0xff)
}

export class TextScorer {
  readonly #basis: TextBasis
  readonly #characters: readonly CharacterTerm[]
  /**
   * Slot + 1 of a BMP character, behind them 1 for every last byte of one; shared scratch, cleared
   * by `release`.
   */
  readonly #slots: Uint16Array
  readonly #counts: Int32Array
  readonly #inTitle: Uint8Array
  readonly #astral: { slot: number; term: string }[] = []
  /** No row gets more from `characterScore`. */
  readonly ceiling: number

  constructor(basis: TextBasis, characters: readonly CharacterTerm[]) {
    this.#basis = basis
    this.#characters = characters
    this.#counts = new Int32Array(characters.length)
    this.#inTitle = new Uint8Array(characters.length)
    this.#slots = basis.scratch
    const most = Math.max(basis.k1 + 1, TITLE_FACTOR + TITLE_DAMPING * (basis.k1 + 1))
    let ceiling = 0
    for (const [slot, { evidence, weight }] of characters.entries()) {
      const { term } = evidence
      const unit = term.charCodeAt(0)
      if (term.length === 1) {
        this.#slots[unit] = slot + 1
        this.#slots[lastByte(unit)] = 1
      } else this.#astral.push({ slot, term })
      ceiling += Math.ceil(weight * most)
    }
    this.ceiling = ceiling
  }

  /** Gives the scratch table back. */
  release(): void {
    for (const { evidence } of this.#characters) {
      const unit = evidence.term.charCodeAt(0)
      this.#slots[unit] = 0
      this.#slots[lastByte(unit)] = 0
    }
  }

  /** Score units that the query's single characters add to a row. */
  characterScore(row: number): number {
    if (this.#characters.length === 0) return 0
    this.#count(row)
    this.#findInTitle(this.#basis.foldedTitleOf(row))
    const { table, lengths } = this.#basis
    let sum = 0
    for (let slot = 0; slot < this.#counts.length; slot++) {
      const { weight } = this.#characters[slot]!
      const tf = Math.min(MAX_TF, this.#counts[slot]!)
      let value = weight * table[(tf << 8) | lengths[row]!]!
      if (this.#inTitle[slot] === 1) {
        value = weight * TITLE_FACTOR + value * TITLE_DAMPING
      }
      sum += value | 0
    }
    return sum
  }

  /** Whether the paragraph at a place of rows, whose next ones are asked next, contains a part. */
  isIn(rows: Int32Array, place: number, { run }: PlannedPhrase, part: PlannedPart): boolean {
    const { folder, foldedRow } = this.#basis
    const isSure = run !== null && foldedRow.texts.surelyHas?.(rows, place, run, folder)
    return isSure || this.leadOf(rows[place]!, [part]) >= 0
  }

  /** Where the parts first occur in a paragraph, in folded units; −1 when one does not. */
  leadOf(row: number, parts: readonly PlannedPart[]): number {
    let scanned: ScannedText | null = null
    const scan = () => {
      scanned ??= scanText(this.#basis.folder, this.#basis.textOf(row), parts.some(hasTokens))
      return scanned
    }
    let lead = Number.POSITIVE_INFINITY
    for (const { phrases } of parts) {
      let first = -1
      for (const { phrase, required, exact } of phrases) {
        if (required !== null && first < 0) first = this.#indexOf(row, phrase, scan, exact)
      }
      if (first < 0) return -1
      lead = Math.min(lead, first)
    }
    return lead
  }

  /** How near a paragraph is to the spelling of the parts; see SpellingMatch. */
  spellingMatch(row: number, parts: readonly PlannedPart[]): SpellingMatch {
    let match: SpellingMatch = SpellingMatch.asTyped
    const text = this.#basis.textOf(row)
    for (const { spelling } of parts) {
      if (spelling === null || text.includes(spelling.typed)) continue
      const isOther = isSpeltOtherwise(text, spelling, this.#basis.folder)
      match = isOther ? SpellingMatch.otherWord : Math.min(match, SpellingMatch.otherScript)
    }
    return match
  }

  #indexOf(row: number, phrase: Phrase, scan: () => ScannedText, exact: boolean): number {
    const { foldedRow } = this.#basis
    const { elements } = phrase
    foldedRow.load(row)
    // A text that lacks a run of the phrase need not be scanned.
    for (const { term, isRun } of elements) {
      if (!isRun) continue
      const at = foldedRow.indexOf(term)
      if (at < 0 || elements.length === 1) return at
    }
    const [occurrence] = findPhrase(phrase, scan(), exact)
    return occurrence === undefined ? -1 : occurrence[0]!.start
  }

  /** The factor by which containing the query at `lead` raises a score; see LEAD_BONUS. */
  leadFactor(lead: number): number {
    return 1 + (LEAD_BONUS * LEAD_REACH) / (LEAD_REACH + lead)
  }

  /** Whether a line of text contains a part. */
  contains(line: string, part: PlannedPart): boolean {
    const text = foldText(this.#basis.folder, line)
    let scanned: ScannedText | null = null
    return part.phrases.some(({ phrase, exact }) => {
      const [first, more] = phrase.elements
      if (first?.isRun && more === undefined) return text.includes(first.term)
      scanned ??= scanText(this.#basis.folder, line, hasTokens(part))
      return findPhrase(phrase, scanned, exact).length > 0
    })
  }

  #findInTitle(title: string): void {
    const slots = this.#slots
    this.#inTitle.fill(0)
    for (let i = 0; i < title.length; i++) {
      const unit = title.charCodeAt(i)
      if (slots[lastByte(unit)] === 0) continue
      const slot = slots[unit]!
      if (slot !== 0) this.#inTitle[slot - 1] = 1
    }
    for (const { slot, term } of this.#astral) this.#inTitle[slot] = Number(title.includes(term))
  }

  #count(row: number): void {
    const { foldedRow } = this.#basis
    foldedRow.load(row)
    const { units, length } = foldedRow
    const slots = this.#slots
    const counts = this.#counts
    counts.fill(0)
    for (let i = 0; i < length; i++) {
      const unit = units[i]!
      if (slots[lastByte(unit)] === 0) continue
      const slot = slots[unit]!
      if (slot !== 0) counts[slot - 1] = counts[slot - 1]! + 1
    }
    for (const { slot, term } of this.#astral) {
      counts[slot] = foldText(this.#basis.folder, this.#basis.textOf(row)).split(term).length - 1
    }
  }
}

function hasTokens({ phrases }: PlannedPart): boolean {
  return phrases.some(({ phrase }) => asksForTokens(phrase))
}

/**
 * Whether a text has a part, but nowhere with the ambiguous characters as typed or as folded. The
 * others may be written as they like: 規范 is 規範.
 */
function isSpeltOtherwise(
  text: string,
  { typed, folded, places }: Spelling,
  folder: Folder,
): boolean {
  if (folded === null) return false
  const scanned = scanText(folder, text, false)
  let found = false
  for (let at = scanned.text.indexOf(folded); at >= 0; at = scanned.text.indexOf(folded, at + 1)) {
    const isKnown = (place: number) => {
      const start = scanned.originalStart(at + place)
      const original = text.slice(start, scanned.originalEnd(at + place + 1))
      const isTyped = typed.length === folded.length && original === typed[place]
      return isTyped || original === folded[place]
    }
    if (places.every(isKnown)) return false
    found = true
  }
  return found
}
