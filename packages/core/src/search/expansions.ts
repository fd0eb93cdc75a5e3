/** Query parts in other words: regional synonyms, and Chinese that a Latin token spells by sound. */

import type { Field } from '../field/field.js'
import type { SearchOptions } from '../model.js'
import { phrasesOf } from '../query/phrase.js'
import { type Expansion, planPhrase } from '../query/query-plan.js'
import { type ScannedText, scanText } from '../query/scanned-text.js'
import { PINYIN_FACTOR, SYNONYM_FACTOR } from '../ranking/weights.js'
import { Synonyms } from '../synonyms/synonyms.js'
import type { IndexParts } from './index-parts.js'
import { candidateRows } from './phrase-rows.js'

/** Ways to write one part that are followed up; a long question stays cheap. */
const MOST_SYNONYMS = 8
const MOST_READINGS = 24
const LATIN = /[a-zü]|\p{M}/iu

interface Replacement {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Which expansions a search wants; default all. */
export type Wanted = Pick<SearchOptions, 'synonyms' | 'pinyin'>

/** What expansions are made from. */
export type ExpansionParts = Pick<IndexParts, 'text' | 'folder' | 'synonyms' | 'readings'>

/** Loads what it needs from an index when a query first asks for it. */
export class Expansions {
  readonly #parts: ExpansionParts
  readonly #text: Field
  readonly #folder: IndexParts['folder']
  #synonyms: Synonyms | null = null

  constructor(parts: ExpansionParts) {
    this.#parts = parts
    this.#text = parts.text
    this.#folder = parts.folder
  }

  /** Other ways to write a query part; `source` is the part as it was typed. */
  of(
    scanned: ScannedText,
    source: string,
    { synonyms = true, pinyin = true }: Wanted,
  ): Expansion[] {
    const found: Expansion[] = []
    if (synonyms && scanned.runs.some(({ start, end }) => end - start > 1)) {
      this.#synonyms ??= new Synonyms(this.#parts.synonyms())
      found.push(...synonymExpansions(scanned, this.#synonyms))
    }
    if (pinyin && LATIN.test(source)) {
      const occurs = (text: string) => this.#rowsOf(text) > 0
      const texts = this.#parts.readings().expand(source, MOST_READINGS, occurs)
      found.push(...texts.map((text) => ({ text, factor: PINYIN_FACTOR, piecesQualify: false })))
    }
    return found
  }

  /** Sound-alikes of a folded run that occur as a whole, and far more often than it does. */
  soundAlikes(run: string): string[] {
    const found = this.#parts.readings().suggest(run, (text) => this.#rowsOf(text))
    return found.filter((text) => this.#rowsOf(text) > 0)
  }

  /** Rows that have the pairs and tokens of a text. */
  #rowsOf(text: string): number {
    const [phrase] = phrasesOf(scanText(this.#folder, text))
    if (phrase === undefined) return 0
    return candidateRows(planPhrase(phrase, false, this.#text).required, null).length
  }
}

/** The part with each regional word replaced, and with all of them. */
export function synonymExpansions(scanned: ScannedText, synonyms: Synonyms): Expansion[] {
  const found: Replacement[] = []
  for (const { start, end } of scanned.runs) {
    for (const place of synonyms.alternatives(scanned.text.slice(start, end))) {
      found.push({ start: start + place.start, end: start + place.end, text: place.text })
    }
  }
  const single = found.slice(0, MOST_SYNONYMS).map((place) => replace(scanned.text, [place]))
  const distinct = found.filter(({ start }, i) => start !== found[i - 1]?.start)
  const all = distinct.length > 1 ? [replace(scanned.text, distinct)] : []
  return [...all, ...single].map((text) => ({ text, factor: SYNONYM_FACTOR, piecesQualify: true }))
}

function replace(text: string, places: readonly Replacement[]): string {
  let replaced = ''
  let at = 0
  for (const { start, end, text: other } of places) {
    replaced += text.slice(at, start) + other
    at = end
  }
  return replaced + text.slice(at)
}
