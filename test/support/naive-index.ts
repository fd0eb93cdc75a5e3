/**
 * The slow twin of the search: looks at every paragraph, counts its terms itself, and follows the
 * rules of ranking literally. It takes the terms of a query and their weights from the planner,
 * which has no part in pruning, and everything else from the documents.
 */

import type { SearchOptions, SourceDocument } from '@wenxun/core'
import { Folder, foldToString, TokenKind } from '@wenxun/tokenizer/scan'
import { type Evidence, EvidenceKind } from '../../packages/core/src/query/evidence.js'
import { parseQuery } from '../../packages/core/src/query/parse-query.js'
import { findPhrase, type Phrase } from '../../packages/core/src/query/phrase.js'
import type { FieldNode } from '../../packages/core/src/query/query.js'
import {
  type Condition,
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
  readonly line: string
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
    const ranked = this.#rank(query, (row) => meets(this.rows[row]!.document, filter))
    return { total: ranked.length, hits: this.#hits(ranked.slice(offset, offset + limit)) }
  }

  /** Hits by document: those in order of the whole list, theirs as if each were alone. */
  groups(query: string, options: SearchOptions = {}): readonly NaiveResult['hits'][] {
    const { limit = 10, offset = 0, groupSize = 3, filter = {} } = options
    const passes = (row: number) => meets(this.rows[row]!.document, filter)
    const ranked = this.#rank(query, passes)
    const documents = [...new Set(ranked.map(({ row }) => this.rows[row]!.document))]
    return documents.slice(offset, offset + limit).map((document) => {
      const isIn = (row: number) => this.rows[row]!.document === document && passes(row)
      return this.#hits(this.#rank(query, isIn).slice(0, groupSize))
    })
  }

  #hits(ranked: readonly RankedRow[]): NaiveResult['hits'] {
    return ranked.map(({ row, score }) => {
      const { document, paragraph } = this.rows[row]!
      return { place: `${document.id}.${paragraph}`, score: score / SCALE }
    })
  }

  #rank(query: string, passes: (row: number) => boolean): RankedRow[] {
    const plan = this.plan(query)
    const { whole, others } = this.#groups(plan, passes)
    return [...this.#rankWhole(whole, plan), ...this.#rankOthers(others, plan)]
  }

  plan(query: string): QueryPlan {
    const { metadata, text, context } = this.fields
    const folder = new Folder(metadata.folds)
    const { ambiguous } = metadata.folds
    const clauses = parseQuery(query, new Set(metadata.columns))
    return planQuery(clauses, { folder, text, context, expand: () => [], ambiguous })
  }

  contains(text: string, { phrases }: PlannedPart): boolean {
    return phrases.some(({ phrase, exact }) => this.#firstPlace(text, phrase, exact) >= 0)
  }

  /**
   * Rows that meet a condition. A part that no text contains is met by the rows under the titles
   * and headings that do; `shown`: by the first of each, unless other conditions choose.
   */
  rowsMeeting(condition: Condition, shown: boolean): Set<number> {
    const all = this.rows.map((_, row) => row)
    switch (condition.kind) {
      case 'field':
        return new Set(all.filter((row) => this.#hasField(row, condition)))
      case 'not': {
        const met = this.rowsMeeting(condition.condition, false)
        return new Set(all.filter((row) => !met.has(row)))
      }
      case 'any':
        return new Set(condition.conditions.flatMap((inner) => [...this.rowsMeeting(inner, shown)]))
      case 'part':
        return this.rowsMeeting({ kind: 'all', conditions: [condition] }, shown)
      case 'all':
        return this.#rowsMeetingAll(condition.conditions, shown)
    }
  }

  #rowsMeetingAll(conditions: readonly Condition[], shown: boolean): Set<number> {
    const wanted = conditions.filter(({ kind }) => kind !== 'not')
    const parts = wanted.flatMap((item) => (item.kind === 'part' ? [item.part] : []))
    const inSections = parts.filter(
      (part) => !this.rows.some(({ text }) => this.contains(text, part)),
    )
    const sets = conditions.map((condition) => {
      if (condition.kind !== 'part') return this.rowsMeeting(condition, shown)
      const { part } = condition
      const isIn = (row: number) =>
        inSections.includes(part)
          ? this.#isUnder(row, part, false)
          : this.contains(this.rows[row]!.text, part)
      return new Set(this.rows.map((_, row) => row).filter(isIn))
    })
    const found = this.rows.flatMap((_, row) => (sets.every((set) => set.has(row)) ? [row] : []))
    const isReduced = shown && inSections.length > 0 && inSections.length === wanted.length
    const isFirst = (row: number) => inSections.some((part) => this.#isUnder(row, part, true))
    return new Set(isReduced ? found.filter(isFirst) : found)
  }

  #hasField(row: number, node: FieldNode): boolean {
    const { document } = this.rows[row]!
    const own = node.field === 'date' ? document.date : document.meta?.[node.field]
    const values = [own ?? []].flat()
    return values.some((value) => isInRange(this.fold(String(value)), this.fold(node.value), node))
  }

  /** Where the parts first stand in a text; −1 when one of them does not. */
  #lead(text: string, parts: readonly PlannedPart[]): number {
    const places = parts.map(({ phrases }) => {
      const all = phrases.map(({ phrase, exact }) => this.#firstPlace(text, phrase, exact))
      return all.find((place) => place >= 0) ?? -1
    })
    return places.includes(-1) ? -1 : Math.min(...places)
  }

  #groups(plan: QueryPlan, passes: (row: number) => boolean) {
    const { parts, required, excluded, fields } = plan
    const isStrict = required.length > 0 || parts.length === 0
    if (isStrict && required.length + fields.length === 0) return { whole: [], others: [] }
    const met = this.rowsMeeting({ kind: 'all', conditions: required }, true)
    const barred = excluded.map((condition) => this.rowsMeeting(condition, false))
    const universe = this.rows.flatMap((_, row) => {
      const hasFields = fields.every((node) => this.#hasField(row, node) !== node.excluded)
      const isIn = met.has(row) && hasFields && !barred.some((rows) => rows.has(row))
      return isIn && passes(row) ? [row] : []
    })
    const isWhole = (row: number) =>
      this.#lead(this.rows[row]!.text, parts) >= 0 || (!isStrict && this.#isTitled(row, parts))
    const isHit = (row: number) => isStrict || this.#qualifies(row, plan)
    return {
      whole: universe.filter(isWhole),
      others: universe.filter((row) => !isWhole(row) && isHit(row)),
    }
  }

  #qualifies(row: number, { terms, contextTerms }: QueryPlan): boolean {
    const own = this.rows[row]!
    if (terms.some(({ evidence }) => evidence.qualifies && countOf(own, evidence) > 0)) return true
    return this.#sections[row]!.some(
      (section) =>
        section.start === row &&
        contextTerms.some(({ evidence }) => evidence.qualifies && countOf(section, evidence) > 0),
    )
  }

  #rankWhole(rows: readonly number[], plan: QueryPlan): RankedRow[] {
    const { parts } = plan
    const isStrict = plan.required.length > 0 || parts.length === 0
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

  /** By list score; then the first SECOND_LOOK again, by what `complete` makes of it. */
  #ranked(
    rows: readonly number[],
    plan: QueryPlan,
    complete: (row: number, score: number) => RankedRow,
  ): RankedRow[] {
    const byLists = rows.map((row) => ({ row, score: this.#listScore(row, plan) })).sort(byScore)
    const secondLook = this.fields.metadata.secondLook ?? SECOND_LOOK
    const completed = byLists.slice(0, secondLook).map(({ row, score }) => complete(row, score))
    completed.sort(byScore)
    // What spells another word comes behind, where something is spelt as it was typed.
    const isLast = ({ spelling }: RankedRow) =>
      spelling === 0 && completed.some((row) => row.spelling === 2)
    return [
      ...completed.filter((row) => !isLast(row)),
      ...completed.filter(isLast),
      ...byLists.slice(secondLook),
    ]
  }

  #listScore(row: number, { terms, contextTerms }: QueryPlan): number {
    const around = this.#sections[row]!.filter((section) =>
      contextTerms.some(({ evidence }) => evidence.qualifies && countOf(section, evidence) > 0),
    )
    const titles = around.filter(({ isTitle }) => isTitle)
    const own = this.rows[row]!
    const { lengthCode } = own
    let sum = 0
    for (const { evidence, weight } of terms) {
      const tf = Math.min(MAX_TF, countOf(own, evidence))
      if (tf === 0) continue
      const isTitled =
        titles.some((title) => countOf(title, evidence) > 0) &&
        contextTerms.some((term) => term.evidence.term === evidence.term)
      const value = weight * this.#table[(tf << 8) | lengthCode]!
      sum += Math.floor(isTitled ? value * TITLE_DAMPING : value)
    }
    for (const section of around) {
      for (const { evidence, weight } of contextTerms) {
        if (countOf(section, evidence) === 0) continue
        sum += Math.floor(weight * (section.isTitle ? TITLE_FACTOR : HEADING_FACTOR))
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

  /** Whether a title or heading above a row contains a part; `first`: and the row is its first. */
  #isUnder(row: number, part: PlannedPart, first: boolean): boolean {
    return this.#sections[row]!.some(
      (section) =>
        (!first || section.start === row) &&
        part.phrases.some(({ phrase }) => mayContain(section, phrase)) &&
        this.contains(section.line, part),
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
      const section = { isTitle, line, start: base + from, ...count(line) }
      for (let i = from; i < to; i++) this.#sections[base + i]!.push(section)
    }
    for (const _ of paragraphs) this.#sections.push([])
    if (title !== '') cover(title, true, 0, paragraphs.length)
    for (const [i, { text, heading = [], weight = 1 }] of paragraphs.entries()) {
      const row = { document, paragraph: i, text, title, headings: heading }
      const { terms, lengthCode } = count(text)
      this.rows.push({ ...row, terms, lengthCode: weighted(lengthCode, weight) })
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

/** The code of the length that a paragraph counts as: a square of its weight shorter. */
function weighted(lengthCode: number, weight: number): number {
  return encodeLength(Math.round(decodeLength(lengthCode) / Math.max(weight, 0.25) ** 2))
}

function byScore(a: RankedRow, b: RankedRow): number {
  return b.score - a.score || (b.spelling ?? 2) - (a.spelling ?? 2) || a.row - b.row
}

/** How often a text has a term, or terms that begin with a prefix. */
function countOf({ terms }: CountedText, { term, kind }: Evidence): number {
  if (kind !== EvidenceKind.prefix) return terms.get(term) ?? 0
  const counts = Array.from(terms, ([own, n]) => (own.startsWith(term.slice(0, -1)) ? n : 0))
  return counts.reduce((sum, n) => sum + n, 0)
}

/** Whether a value is, or lies between, what `field:value` says; dates as periods of days. */
function isInRange(value: string, wanted: string, { field, quoted }: FieldNode): boolean {
  const range = quoted ? null : /^(.*?)\.\.(.*)$|^([<>]=?)(.+)$/.exec(wanted)
  if (range === null) return field === 'date' ? value.startsWith(wanted) : value === wanted
  const [, from = '', to = '', sign = '', bound = ''] = range
  const first = (text: string) => (field === 'date' ? `${text}-01-01`.slice(0, 10) : Number(text))
  const last = (text: string) => (field === 'date' ? `${text}-99-99`.slice(0, 10) : Number(text))
  if (sign === '>') return last(value) > last(bound)
  if (sign === '>=') return last(value) >= first(bound)
  if (sign === '<') return first(value) < first(bound)
  if (sign === '<=') return first(value) <= last(bound)
  return (from === '' || last(value) >= first(from)) && (to === '' || first(value) <= last(to))
}

/** Whether a line has the terms of a phrase, in any order. */
function mayContain({ terms }: CountedText, { elements }: Phrase): boolean {
  return elements.every(({ term, isRun, isPrefix }) => {
    if (isPrefix) return [...terms.keys()].some((own) => own.startsWith(term))
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
