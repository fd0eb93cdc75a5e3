/**
 * The slow twin of the search: looks at every paragraph, counts its terms itself, and follows the
 * rules of ranking literally. It takes the terms of a query and their weights from the planner,
 * which has no part in pruning, and everything else from the documents.
 */

import type { SearchOptions, SourceDocument } from '@wenxun/core'
import { Folder, foldToString, TokenKind } from '@wenxun/tokenizer/scan'
import { parseQuery } from '../../packages/core/src/query/parse-query.js'
import { findPhrase, type Phrase } from '../../packages/core/src/query/phrase.js'
import {
  type PlannedPart,
  planQuery,
  type QueryPlan,
  type Spelling,
} from '../../packages/core/src/query/query-plan.js'
import { type ScannedText, scanText } from '../../packages/core/src/query/scanned-text.js'
import { MAX_TF, SCALE, tfTable } from '../../packages/core/src/ranking/bm25.js'
import { decodeLength, encodeLength } from '../../packages/core/src/ranking/length-code.js'
import {
  HEADING_FACTOR,
  LEAD_BONUS,
  LEAD_REACH,
  SECOND_LOOK,
  TITLE_DAMPING,
  TITLE_FACTOR,
} from '../../packages/core/src/ranking/weights.js'
import { analyzer } from './notation.js'
import { type OpenFields, openFields } from './open-fields.js'

/** A text as the index sees it: how often it has each term, and its length. */
interface CountedText {
  readonly terms: ReadonlyMap<string, number>
  readonly lengthCode: number
}

interface NaiveRow extends CountedText {
  readonly document: SourceDocument
  readonly paragraph: number
  readonly text: string
  readonly title: string
  readonly headings: readonly string[]
}

interface NaiveSection extends CountedText {
  readonly isTitle: boolean
  /** Its first row. */
  readonly start: number
}

interface RankedRow {
  readonly row: number
  readonly score: number
  /** 0 where an ambiguous character is another word's, 1 where it is folded, 2 as it was typed. */
  readonly spelling?: number
}

export interface NaiveResult {
  readonly total: number
  readonly hits: readonly { readonly place: string; readonly score: number }[]
}

export class NaiveIndex {
  readonly fields: OpenFields
  readonly rows: NaiveRow[] = []
  /** For every row: titles and headings above it. */
  readonly #sections: NaiveSection[][] = []
  /** All folds, not only those that the index kept. */
  readonly #folder = new Folder(analyzer.folds)
  readonly #scans = new Map<string, ScannedText>()
  readonly #table: Float64Array

  constructor(documents: readonly SourceDocument[], bytes: Uint8Array) {
    this.fields = openFields(bytes)
    for (const document of documents) this.#add(document)
    const sum = this.rows.reduce((total, { lengthCode }) => total + decodeLength(lengthCode), 0)
    this.#table = tfTable(this.fields.metadata.bm25, sum / Math.max(1, this.rows.length))
  }

  search(query: string, options: SearchOptions = {}): NaiveResult {
    const { limit = 10, offset = 0, filter = {} } = options
    const plan = this.plan(query)
    const { whole, others } = this.#groups(plan, (row) => meets(this.rows[row]!.document, filter))
    const ranked = [...this.#rankWhole(whole, plan), ...this.#rankOthers(others, plan)]
    const hits = ranked.slice(offset, offset + limit).map(({ row, score }) => {
      const { document, paragraph } = this.rows[row]!
      return { place: `${document.id}.${paragraph}`, score: score / SCALE }
    })
    return { total: ranked.length, hits }
  }

  plan(query: string): QueryPlan {
    const { metadata, text, context } = this.fields
    const clauses = parseQuery(query, new Set(metadata.columns))
    const texts = clauses.filter(({ field }) => field === null)
    const folder = new Folder(metadata.folds)
    const { ambiguous } = metadata.folds
    return planQuery(texts, { folder, text, context, expand: () => [], ambiguous })
  }

  contains(text: string, { phrases, clause }: PlannedPart): boolean {
    return phrases.some(({ phrase }) => this.#firstPlace(text, phrase, clause.quoted) >= 0)
  }

  /** Rows whose text contains a part; where none does, first rows of sections that contain it. */
  rowsWith(part: PlannedPart, within: readonly number[]): number[] {
    const found = within.filter((row) => this.contains(this.rows[row]!.text, part))
    return found.length > 0 ? found : within.filter((row) => this.#startsSectionWith(row, part))
  }

  /** Where the parts first stand in a text; −1 when one of them does not. */
  #lead(text: string, parts: readonly PlannedPart[]): number {
    const places = parts.map(({ phrases, clause }) => {
      const all = phrases.map(({ phrase }) => this.#firstPlace(text, phrase, clause.quoted))
      return all.find((place) => place >= 0) ?? -1
    })
    return places.includes(-1) ? -1 : Math.min(...places)
  }

  #groups(plan: QueryPlan, passes: (row: number) => boolean) {
    const wanted = plan.parts.filter(({ clause }) => clause.occur !== 'mustNot')
    if (wanted.length === 0) return { whole: [], others: [] }
    const strict = wanted.filter(({ clause }) => clause.occur === 'must')
    const all = this.rows.map((_, row) => row)
    let universe = all
    for (const part of strict) universe = this.rowsWith(part, universe)
    for (const part of plan.parts.filter(({ clause }) => clause.occur === 'mustNot')) {
      const excluded = new Set(this.rowsWith(part, all))
      universe = universe.filter((row) => !excluded.has(row))
    }
    universe = universe.filter(passes)
    const isWhole = (row: number) =>
      this.#lead(this.rows[row]!.text, wanted) >= 0 ||
      (strict.length === 0 && this.#isTitled(row, wanted))
    const isHit = (row: number) => strict.length > 0 || this.#qualifies(row, plan)
    return {
      whole: universe.filter(isWhole),
      others: universe.filter((row) => !isWhole(row) && isHit(row)),
    }
  }

  #qualifies(row: number, { terms, contextTerms }: QueryPlan): boolean {
    const own = this.rows[row]!.terms
    if (terms.some(({ evidence }) => own.has(evidence.term))) return true
    return this.#sections[row]!.some(
      ({ start, terms: theirs }) =>
        start === row &&
        contextTerms.some(({ evidence }) => evidence.qualifies && theirs.has(evidence.term)),
    )
  }

  #rankWhole(rows: readonly number[], plan: QueryPlan): RankedRow[] {
    const parts = plan.parts.filter(({ clause }) => clause.occur !== 'mustNot')
    const isStrict = parts.some(({ clause }) => clause.occur === 'must')
    return this.#ranked(rows, plan, (row, score) => {
      const titled = !isStrict && this.#isTitled(row, parts)
      const lead = titled ? 0 : this.#lead(this.rows[row]!.text, parts)
      const full = score + this.#characterScore(row, plan)
      const factor = 1 + (LEAD_BONUS * LEAD_REACH) / (LEAD_REACH + lead)
      return { row, score: Math.floor(full * factor), spelling: this.#spelling(row, parts) }
    })
  }

  #rankOthers(rows: readonly number[], plan: QueryPlan): RankedRow[] {
    return this.#ranked(rows, plan, (row, score) => ({
      row,
      score: score + this.#characterScore(row, plan),
    }))
  }

  #spelling(row: number, parts: readonly PlannedPart[]): number {
    const { text } = this.rows[row]!
    const spellings = parts.flatMap(({ spelling }) => (spelling === null ? [] : [spelling]))
    const others = spellings.filter(({ typed }) => !text.includes(typed))
    if (others.some((spelling) => this.#isOtherWord(text, spelling))) return 0
    return others.length > 0 ? 1 : 2
  }

  /** By list score; then the first SECOND_LOOK again, by what `complete` makes of it. */
  /** Whether the folded form stands in a text, each time with an ambiguous character misspelt. */
  #isOtherWord(text: string, { typed, folded, places }: Spelling): boolean {
    if (folded === null) return false
    const scanned = this.#scan(text)
    const starts = Array.from(scanned.text, (_, at) => at)
    const found = starts.filter((at) => scanned.text.startsWith(folded, at))
    const isMisspelt = (at: number) =>
      places.some((place) => {
        const from = scanned.originalStart(at + place)
        const original = text.slice(from, scanned.originalEnd(at + place + 1))
        const isTyped = typed.length === folded.length && original === typed[place]
        return !isTyped && original !== folded[place]
      })
    return found.length > 0 && found.every(isMisspelt)
  }

  #ranked(
    rows: readonly number[],
    plan: QueryPlan,
    complete: (row: number, score: number) => RankedRow,
  ): RankedRow[] {
    const order = (a: RankedRow, b: RankedRow) =>
      b.score - a.score || (b.spelling ?? 2) - (a.spelling ?? 2) || a.row - b.row
    const byLists = rows.map((row) => ({ row, score: this.#listScore(row, plan) })).sort(order)
    const looked = byLists.slice(0, SECOND_LOOK)
    const completed = looked.map(({ row, score }) => complete(row, score))
    return [...completed.sort(order), ...byLists.slice(SECOND_LOOK)]
  }

  #listScore(row: number, { terms, contextTerms }: QueryPlan): number {
    const around = this.#sections[row]!.filter(({ terms: theirs }) =>
      contextTerms.some(({ evidence }) => evidence.qualifies && theirs.has(evidence.term)),
    )
    const titles = around.filter(({ isTitle }) => isTitle)
    const { terms: own, lengthCode } = this.rows[row]!
    let sum = 0
    for (const { evidence, weight } of terms) {
      const tf = Math.min(MAX_TF, own.get(evidence.term) ?? 0)
      if (tf === 0) continue
      const isTitled =
        titles.some((title) => title.terms.has(evidence.term)) &&
        contextTerms.some((term) => term.evidence.term === evidence.term)
      const value = weight * this.#table[(tf << 8) | lengthCode]!
      sum += Math.floor(isTitled ? value * TITLE_DAMPING : value)
    }
    for (const { isTitle, terms: theirs } of around) {
      for (const { evidence, weight } of contextTerms) {
        if (!theirs.has(evidence.term)) continue
        sum += Math.floor(weight * (isTitle ? TITLE_FACTOR : HEADING_FACTOR))
      }
    }
    return sum
  }

  #characterScore(row: number, { characters }: QueryPlan): number {
    const { text, title, lengthCode } = this.rows[row]!
    const folded = this.fold(text)
    const foldedTitle = this.fold(title)
    let sum = 0
    for (const { evidence, weight } of characters) {
      const tf = Math.min(MAX_TF, folded.split(evidence.term).length - 1)
      const value = weight * this.#table[(tf << 8) | lengthCode]!
      const isTitled = foldedTitle.includes(evidence.term)
      sum += Math.floor(isTitled ? weight * TITLE_FACTOR + value * TITLE_DAMPING : value)
    }
    return sum
  }

  fold(text: string): string {
    return foldToString(this.#folder.fold(text))
  }

  #isTitled(row: number, parts: readonly PlannedPart[]): boolean {
    const { paragraph, title } = this.rows[row]!
    return paragraph === 0 && title !== '' && parts.every((part) => this.contains(title, part))
  }

  #startsSectionWith(row: number, part: PlannedPart): boolean {
    return this.#sections[row]!.some(
      (section) =>
        section.start === row &&
        part.phrases.some(({ phrase }) => mayContain(section, phrase)) &&
        (section.isTitle ? [this.rows[row]!.title] : this.rows[row]!.headings).some((line) =>
          this.contains(line, part),
        ),
    )
  }

  #firstPlace(text: string, phrase: Phrase, exact: boolean): number {
    return findPhrase(phrase, this.#scan(text), exact)[0]?.[0]?.start ?? -1
  }

  #scan(text: string): ScannedText {
    let scanned = this.#scans.get(text)
    if (scanned === undefined) {
      scanned = scanText(this.#folder, text)
      this.#scans.set(text, scanned)
    }
    return scanned
  }

  #add(document: SourceDocument): void {
    const { title = '' } = document
    const paragraphs = document.paragraphs.length > 0 ? document.paragraphs : [{ text: '' }]
    const base = this.rows.length
    const cover = (line: string, isTitle: boolean, from: number, to: number) => {
      const section = { isTitle, start: base + from, ...count(line) }
      for (let i = from; i < to; i++) this.#sections[base + i]!.push(section)
    }
    for (const _ of paragraphs) this.#sections.push([])
    if (title !== '') cover(title, true, 0, paragraphs.length)
    for (const [i, { text, heading = [] }] of paragraphs.entries()) {
      const row = { document, paragraph: i, text, title, headings: heading }
      this.rows.push({ ...row, ...count(text) })
      for (const [depth, line] of heading.entries()) {
        const isSame = (other: number) =>
          heading.slice(0, depth + 1).every((own, k) => own === paragraphs[other]?.heading?.[k])
        if ((i > 0 && isSame(i - 1)) || line === '' || text.includes(line)) continue
        let behind = i + 1
        while (behind < paragraphs.length && isSame(behind)) behind++
        cover(line, false, i, behind)
      }
    }
  }
}

/** Whether a line has the terms of a phrase, in any order. */
function mayContain({ terms }: CountedText, { elements }: Phrase): boolean {
  return elements.every(({ term, isRun }) => {
    const characters = isRun ? Array.from(term) : [term]
    if (characters.length === 1) return terms.has(characters[0]!)
    return characters.slice(1).every((next, i) => terms.has(characters[i]! + next))
  })
}

/** Counts terms the plain way, with strings; every character counts, wherever it stands. */
export function count(text: string): CountedText {
  const terms = new Map<string, number>()
  const add = (term: string) => terms.set(term, (terms.get(term) ?? 0) + 1)
  let folded = ''
  let length = 0
  analyzer.analyze(text, {
    begin: (result) => {
      folded = foldToString(result)
    },
    run: (start, end) => {
      const characters = Array.from(folded.slice(start, end))
      for (const [i, character] of characters.entries()) {
        add(character)
        if (i > 0) add(characters[i - 1]! + character)
      }
      length += characters.length
    },
    word: (start, end) => {
      const word = folded.slice(start, end)
      if (Array.from(word).length > 2) add(word)
    },
    token: (term, _start, _end, kind) => {
      add(term)
      if (kind === TokenKind.whole) length++
    },
  })
  return { terms, lengthCode: encodeLength(length) }
}

function meets(document: SourceDocument, filter: NonNullable<SearchOptions['filter']>): boolean {
  return Object.entries(filter).every(([name, wanted]) => {
    const values = Array.isArray(wanted) ? wanted : [wanted]
    if (name === 'date') return values.some((value) => document.date?.startsWith(String(value)))
    const own = document.meta?.[name]
    return [own ?? []].flat().some((item) => values.some((value) => String(value) === String(item)))
  })
}
