/** Query parts in other words: regional synonyms, and Chinese that a Latin token spells by sound. */

import type { Folder } from '@wenxun/tokenizer/scan'
import type { SearchOptions } from '../model.js'
import { Pinyin } from '../pinyin/pinyin.js'
import { phrasesOf } from '../query/phrase.js'
import { type Expansion, planPhrase } from '../query/query-plan.js'
import { type ScannedText, scanText } from '../query/scanned-text.js'
import { PINYIN_FACTOR, SYNONYM_FACTOR } from '../ranking/weights.js'
import type { FieldIndex } from '../segment/field-index.js'
import { Section, type SectionId } from '../segment/format.js'
import type { SegmentReader } from '../segment/segment-reader.js'
import { Synonyms } from '../synonyms/synonyms.js'
import { candidateRows } from './phrase-rows.js'

/** Ways to write one part that are followed up; a long question stays cheap. */
const MOST_SYNONYMS = 8
const MOST_READINGS = 24
/** Longer runs are sentences rather than names and terms. */
const LONGEST_NAME = 6
const LATIN = /[a-zü]|\p{M}/iu

interface Replacement {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Which expansions a search wants; default all. */
export type Wanted = Pick<SearchOptions, 'synonyms' | 'pinyin'>

/** Loads what it needs from an index when a query first asks for it. */
export class Expansions {
  readonly #segment: SegmentReader
  readonly #text: FieldIndex
  readonly #folder: Folder
  #synonyms: Synonyms | null = null
  #pinyin: Pinyin | null = null

  constructor(segment: SegmentReader, text: FieldIndex, folder: Folder) {
    this.#segment = segment
    this.#text = text
    this.#folder = folder
  }

  /** Other ways to write a query part; `source` is the part as it was typed. */
  of(
    scanned: ScannedText,
    source: string,
    { synonyms = true, pinyin = true }: Wanted,
  ): Expansion[] {
    const found: Expansion[] = []
    if (synonyms && scanned.runs.some(({ start, end }) => end - start > 1)) {
      this.#synonyms ??= new Synonyms(this.#bytes(Section.synonyms))
      found.push(...synonymExpansions(scanned, this.#synonyms))
    }
    if (pinyin && LATIN.test(source)) {
      const occurs = (text: string) => this.#rowsOf(text) > 0
      const texts = this.#pinyinTable().expand(source, MOST_READINGS, occurs)
      found.push(...texts.map((text) => ({ text, factor: PINYIN_FACTOR, piecesQualify: false })))
    }
    return found
  }

  /**
   * Sound-alikes of a folded run that occur far more often than it does. Of a long run only a part
   * may be replaced; a short one must occur as a whole.
   */
  soundAlikes(run: string): string[] {
    const found = this.#pinyinTable().suggest(run, (text) => this.#rowsOf(text))
    return found.filter((text) => text.length > LONGEST_NAME || this.#rowsOf(text) > 0)
  }

  /** Rows that have the pairs and tokens of a text. */
  #rowsOf(text: string): number {
    const [phrase] = phrasesOf(scanText(this.#folder, text))
    if (phrase === undefined) return 0
    return candidateRows(planPhrase(phrase, this.#text).required, null).length
  }

  #pinyinTable(): Pinyin {
    this.#pinyin ??= new Pinyin(this.#bytes(Section.pinyin), this.#text.dictionary)
    return this.#pinyin
  }

  /** The one chunk of a section, or nothing where the index has none. */
  #bytes(id: SectionId): Uint8Array {
    return this.#segment.has(id) ? this.#segment.chunked(id).chunk(0) : new Uint8Array(0)
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
