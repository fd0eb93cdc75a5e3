/**
 * Why a document is not among the hits, or where it is: every test that a paragraph of it has to
 * pass, in the order in which a search makes them.
 */

import type { Column } from '../columns/column.js'
import type { SearchOptions } from '../model.js'
import { printQuery } from '../query/query.js'
import type { Condition, PlannedPart } from '../query/query-plan.js'
import { foldText } from '../query/scanned-text.js'
import { SCALE } from '../ranking/bm25.js'
import { ConditionRows } from './condition-rows.js'
import { type FilterCondition, type FilterValue, filterDocuments } from './filter.js'
import type { IndexParts } from './index-parts.js'
import { PartRows } from './part-rows.js'
import { columnOf, filterBasis, type PreparedSearch } from './prepared-search.js'
import { addFrequencies } from './row-merge.js'
import type { SearchIndex } from './search-index.js'
import { TextScorer } from './text-scorer.js'
import { Work } from './work.js'

/** One test. */
export interface Check {
  /**
   * `document` is there · `field`: a filter · `excluded`: a `-` clause · `required`: what every
   * hit must have · `words`: a word of the query · `term`: a piece of it that makes a paragraph a
   * hit · `rank`: where the document stands
   */
  readonly kind: 'document' | 'field' | 'excluded' | 'required' | 'words' | 'term' | 'rank'
  /** What is asked for, as the query has it. */
  readonly subject: string
  readonly passed: boolean
  /** What was found instead, as an English sentence without its point. */
  readonly detail: string
  /** Paragraphs of the document that pass, from 0; only where paragraphs are asked. */
  readonly paragraphs?: readonly number[]
}

export interface DocumentExplanation {
  readonly query: string
  readonly document: string
  /** Whether it is among everything that matches. */
  readonly found: boolean
  /** Rank of its best paragraph in the whole list; null when it is not found. */
  readonly rank: number | null
  /** Score of that paragraph. */
  readonly score: number | null
  readonly checks: readonly Check[]
}

export function explainDocument(
  index: SearchIndex,
  query: string,
  id: string,
  options: SearchOptions,
): DocumentExplanation {
  // Everything that matches: neither a page nor groups, and no budget.
  const { maxWork: _, group: __, ...rest } = options
  const all = { ...rest, offset: 0, limit: Math.min(1_000_000, index.metadata.counts.paragraphs) }
  const { prepared, groups } = index.findRows(query, all)
  const { parts } = prepared
  const document = documentWith(parts, id)
  if (document < 0) {
    const detail = `the index has no document of this id among its ${parts.metadata.counts.documents}`
    const check: Check = { kind: 'document', subject: id, passed: false, detail }
    return { query, document: id, found: false, rank: null, score: null, checks: [check] }
  }
  const from = parts.documentStarts[document]!
  const to = parts.documentStarts[document + 1]!
  const rows = groups.flat()
  const at = rows.findIndex(({ row }) => row >= from && row < to)
  const tests = new DocumentTests(prepared, document)
  try {
    const checks = tests.all()
    const limit = (options.offset ?? 0) + (options.limit ?? 10)
    if (at >= 0) checks.push(rankCheck(at, limit, rows, from))
    const best = at < 0 ? null : rows[at]!.score / SCALE
    return {
      query,
      document: id,
      found: at >= 0,
      rank: at < 0 ? null : at + 1,
      score: best,
      checks,
    }
  } finally {
    tests.release()
  }
}

function rankCheck(
  at: number,
  limit: number,
  rows: readonly { readonly row: number; readonly score: number }[],
  from: number,
): Check {
  const score = (rows[at]!.score / SCALE).toFixed(2)
  const last = rows[Math.min(limit, rows.length) - 1]
  const paragraph = rows[at]!.row - from
  const own = `paragraph ${paragraph} is number ${at + 1} of ${rows.length} with a score of ${score}`
  const behind = last === undefined ? '' : `; hit ${limit} has ${(last.score / SCALE).toFixed(2)}`
  const passed = at < limit
  const paragraphs = [paragraph]
  const subject = `first ${limit} hits`
  return { kind: 'rank', subject, passed, detail: passed ? own : own + behind, paragraphs }
}

function documentWith(parts: IndexParts, id: string): number {
  for (let i = 0; i < parts.metadata.counts.documents; i++) {
    if (parts.documents.get(i).id === id) return i
  }
  return -1
}

class DocumentTests {
  readonly #prepared: PreparedSearch
  readonly #document: number
  readonly #from: number
  readonly #to: number
  readonly #texts: TextScorer
  readonly #parts: PartRows
  readonly #conditions: ConditionRows

  constructor(prepared: PreparedSearch, document: number) {
    const { parts } = prepared
    const basis = prepared.basis()
    this.#prepared = prepared
    this.#document = document
    this.#from = parts.documentStarts[document]!
    this.#to = parts.documentStarts[document + 1]!
    this.#texts = new TextScorer(basis.texts, [])
    this.#parts = new PartRows(basis, this.#texts, new Work(Number.POSITIVE_INFINITY))
    this.#conditions = new ConditionRows({
      parts: this.#parts,
      rows: parts.text.rows,
      rowsOfField: (field) => basis.rowsOfField(field),
    })
  }

  release(): void {
    this.#texts.release()
  }

  all(): Check[] {
    const { plan, conditions } = this.#prepared
    return [
      ...conditions.map((condition) => this.#field(condition)),
      ...plan.excluded.map((condition) => this.#excluded(condition)),
      ...plan.required.map((condition) => this.#required(condition)),
      ...plan.parts.map((part) => this.#words(part)),
      ...this.#terms(),
    ]
  }

  #field(condition: FilterCondition): Check {
    const { parts } = this.#prepared
    const column = columnOf(parts, condition.field)
    const passing = filterDocuments([condition], filterBasis(parts))
    const own = valuesOf(column, this.#document)
    const sign = condition.excluded ? '-' : ''
    const subject = `${sign}${condition.field}:${condition.values.map(shownValue).join(' | ')}`
    const detail = own === '' ? 'the document has no such value' : `the document has ${own}`
    return { kind: 'field', subject, passed: passing?.[this.#document] === 1, detail }
  }

  #excluded(condition: Condition): Check {
    const barred = this.#own(this.#conditions.barred([condition]))
    const left = this.#to - this.#from - barred.length
    const detail =
      barred.length === 0
        ? 'no paragraph has it'
        : `${barred.length} of ${this.#to - this.#from} paragraphs have it: ${some(barred)}`
    const subject = `-${shownCondition(condition)}`
    return { kind: 'excluded', subject, passed: left > 0, detail, paragraphs: barred }
  }

  #required(condition: Condition): Check {
    const met = this.#own(this.#conditions.meeting([condition]))
    const detail = met.length === 0 ? 'no paragraph has it' : `in paragraphs ${some(met)}`
    const subject = `+${shownCondition(condition)}`
    return { kind: 'required', subject, passed: met.length > 0, detail, paragraphs: met }
  }

  #words(part: PlannedPart): Check {
    const { folder } = this.#prepared.parts
    const found = this.#own(this.#parts.inTexts(part, null))
    const under = this.#own(this.#parts.underSections(part, true))
    const folded = foldText(folder, part.text)
    const as = folded === part.text ? '' : ` (folded to ${folded})`
    const inSections = under.length > 0 ? '; a title or heading has it' : ''
    const place =
      found.length === 0 ? 'stands in no paragraph as it is' : `in paragraphs ${some(found)}`
    const passed = found.length + under.length > 0
    const detail = place + as + inSections
    return { kind: 'words', subject: part.text, passed, detail, paragraphs: found }
  }

  #terms(): Check[] {
    const { plan, parts } = this.#prepared
    const rows = Int32Array.from({ length: this.#to - this.#from }, (_, i) => this.#from + i)
    const lists = new Map(plan.terms.map(({ evidence, list }) => [evidence.term, list]))
    return plan.evidence.flatMap((item): Check[] => {
      if (!item.qualifies) return []
      const list = lists.get(item.term)
      const base = { kind: 'term', subject: item.term } as const
      if (list === undefined) {
        return [{ ...base, passed: false, detail: 'no text of the index has it' }]
      }
      const counts = new Int32Array(rows.length)
      addFrequencies(list, 1, rows, counts, rows.length)
      const own = [...counts.keys()].filter((i) => counts[i]! > 0)
      const everywhere = `${list.frequency} of ${parts.text.rows} in the index`
      const detail =
        own.length === 0
          ? `in no paragraph of it, but ${everywhere}`
          : `in paragraphs ${some(own)}; ${everywhere}`
      return [{ ...base, passed: own.length > 0, detail, paragraphs: own }]
    })
  }

  /** Rows of this document, as its paragraphs. */
  #own(rows: Int32Array): number[] {
    return [...rows.filter((row) => row >= this.#from && row < this.#to)].map(
      (row) => row - this.#from,
    )
  }
}

const MOST_SHOWN = 8

function some(paragraphs: readonly number[]): string {
  const shown = paragraphs.slice(0, MOST_SHOWN).join(', ')
  return paragraphs.length > MOST_SHOWN ? `${shown}, …` : shown
}

function valuesOf(column: Column, document: number): string {
  return Array.from(column.ordinalsOf(document), (ordinal) => column.values[ordinal]).join('、')
}

function shownValue(value: FilterValue): string {
  if (typeof value !== 'object') return String(value)
  const { from = '', to = '', exclusive = false } = value
  if (from !== '' && to !== '' && !exclusive) return `${from}..${to}`
  const equals = exclusive ? '' : '='
  const bounds = [from === '' ? '' : `>${equals}${from}`, to === '' ? '' : `<${equals}${to}`]
  return bounds.filter((bound) => bound !== '').join(' ')
}

function shownCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'part':
      return condition.part.text
    case 'field':
      return printQuery([{ occur: 'should', node: condition }])
    case 'not':
      return `-${shownCondition(condition.condition)}`
    case 'all':
      return `(${condition.conditions.map(shownCondition).join(' ')})`
    case 'any':
      return `(${condition.conditions.map(shownCondition).join(' OR ')})`
  }
}
