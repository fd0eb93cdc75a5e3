/**
 * The score of a hit as a tree: what every term in its text, titles and headings adds, what its
 * characters add, and what it gains from containing the query near its start. The values are the
 * integers that ranking adds up, so every node is the exact sum of its parts.
 */

import { type QueryPlan, widened } from '../query/query-plan.js'
import { foldText } from '../query/scanned-text.js'
import { MAX_TF, SCALE } from '../ranking/bm25.js'
import { decodeLength } from '../ranking/length-code.js'
import { HEADING_FACTOR, TITLE_DAMPING, TITLE_FACTOR } from '../ranking/weights.js'
import { documentOf, type PreparedSearch } from './prepared-search.js'
import { addFrequencies } from './row-merge.js'
import type { FoundRows } from './search-index.js'
import { TextScorer } from './text-scorer.js'
import { TitleRows } from './title-rows.js'
import { Work } from './work.js'

export type ScoreKind =
  | 'hit'
  | 'text'
  | 'title'
  | 'heading'
  | 'characters'
  | 'term'
  | 'start'
  | 'unexplained'

/** A share of a score; the sum of its parts where it has any. */
export interface ScoreNode {
  readonly kind: ScoreKind
  /** The term, or the title or heading; empty where the kind says it all. */
  readonly label: string
  /** Score units: 65,536 are a score of 1. */
  readonly units: number
  /** What a term's value is made of. */
  readonly factors?: TermFactors
  /** Where the query first stands, in folded units; only for `start`. */
  readonly offset?: number
  readonly parts?: readonly ScoreNode[]
}

export interface TermFactors {
  /** Weight of this kind of term, before idf; see docs/ranking.md. */
  readonly weight: number
  readonly idf: number
  /** Paragraphs of the index that have the term. */
  readonly rows: number
  /** Occurrences in the paragraph; 1 for titles and headings. */
  readonly tf: number
  /** What `weight · idf` is multiplied with: BM25's share of tf and length, or the title's value. */
  readonly factor: number
  /** Whether the title has the term as well, so that it counts less in the text. */
  readonly damped: boolean
}

/** Which of the groups that follow each other in a result a hit belongs to. */
export type HitGroupName = 'contains the query' | 'contains it in other words' | 'has terms of it'

export interface HitExplanation {
  readonly rank: number
  readonly document: string
  readonly title: string
  readonly paragraph: number
  readonly score: number
  readonly group: HitGroupName
  /** Whether the hit was among the best by lists, whose texts were looked at. */
  readonly secondLook: boolean
  /** Characters and whole tokens in the paragraph, as BM25 counts them. */
  readonly length: number
  readonly tree: ScoreNode
}

/** Explains the hits that were found. */
export function explainRows({ prepared, groups, offset }: FoundRows): HitExplanation[] {
  const explainer = new ScoreExplainer(prepared)
  try {
    return groups.flatMap((rows, i) =>
      rows.map(({ row, score }) => explainer.explain(row, score, offset + i + 1)),
    )
  } finally {
    explainer.release()
  }
}

class ScoreExplainer {
  readonly #prepared: PreparedSearch
  readonly #plan: QueryPlan
  readonly #basis
  readonly #texts: TextScorer
  readonly #titles: TitleRows
  readonly #titledRows: ReadonlySet<number>
  /** Terms of the titles and headings that count, by section. */
  readonly #sections = new Map<number, { term: string; weight: number }[]>()

  constructor(prepared: PreparedSearch) {
    const { plan } = prepared
    this.#prepared = prepared
    this.#plan = plan
    this.#basis = prepared.basis()
    this.#texts = new TextScorer(this.#basis.texts, plan.characters)
    this.#titles = new TitleRows(this.#basis, this.#texts, new Work(Number.POSITIVE_INFINITY))
    this.#titledRows = new Set(this.#isStrict() ? [] : this.#titles.titledRows(plan.parts))
    const counting = new Set<number>()
    for (const { list, evidence } of plan.contextTerms) {
      if (evidence.qualifies) for (const section of list.all()) counting.add(section)
    }
    for (const { list, evidence, weight } of plan.contextTerms) {
      for (const section of list.all()) {
        if (!counting.has(section)) continue
        const terms = this.#sections.get(section) ?? []
        terms.push({ term: evidence.term, weight })
        this.#sections.set(section, terms)
      }
    }
  }

  release(): void {
    this.#texts.release()
  }

  #isStrict(): boolean {
    return this.#plan.required.length > 0 || this.#plan.parts.length === 0
  }

  explain(row: number, units: number, rank: number): HitExplanation {
    const { parts } = this.#prepared
    const number = documentOf(parts, row)
    const document = parts.documents.get(number)
    const around = this.#around(row)
    const lists = [this.#textNode(row, around), ...around.map(({ node }) => node)]
    const characters = this.#characters(row)
    const { group, lead } = this.#groupOf(row)
    const byLists = sum(lists)
    const complete = byLists + characters.units
    const full = lead < 0 ? complete : Math.floor(complete * this.#texts.leadFactor(lead))
    const secondLook = units === full
    const nodes = secondLook ? [...lists, characters] : lists
    if (secondLook && full !== complete) {
      nodes.push({ kind: 'start', label: '', units: full - complete, offset: lead })
    }
    const rest = units - sum(nodes)
    if (rest !== 0) nodes.push({ kind: 'unexplained', label: '', units: rest })
    return {
      rank,
      document: document.id,
      title: document.title,
      paragraph: row - parts.documentStarts[number]!,
      score: units / SCALE,
      group,
      secondLook,
      length: decodeLength(parts.text.lengths[row]!),
      tree: { kind: 'hit', label: '', units, parts: nodes.filter((node) => node.units !== 0) },
    }
  }

  #groupOf(row: number): { group: HitGroupName; lead: number } {
    const { parts } = this.#plan
    const isTitled = this.#titledRows.has(row) && this.#titles.titleHas(row, parts)
    const lead = isTitled ? 0 : this.#texts.leadOf(row, parts)
    if (lead >= 0) return { group: 'contains the query', lead }
    const other = this.#isStrict() ? -1 : this.#texts.leadOf(row, parts.map(widened))
    if (other >= 0) return { group: 'contains it in other words', lead: other }
    return { group: 'has terms of it', lead }
  }

  /** The titles and headings above a row that count. */
  #around(row: number) {
    const { parts } = this.#prepared
    const found = [...this.#sections].filter(([section]) => {
      return parts.sections.start(section) <= row && row < parts.sections.end(section)
    })
    const headings = parts.texts.heading(row).heading
    const title = parts.documents.get(documentOf(parts, row)).title
    return found.map(([section, own]) => {
      const isTitle = parts.sections.isTitle(section)
      const factor = isTitle ? TITLE_FACTOR : HEADING_FACTOR
      const terms = own.map(({ term, weight }): ScoreNode => {
        const factors = { ...this.#known(term), tf: 1, factor, damped: false }
        return { kind: 'term', label: term, units: (weight * factor) | 0, factors }
      })
      const kind = isTitle ? 'title' : 'heading'
      const label = isTitle ? title : headings.join(' › ')
      const node: ScoreNode = { kind, label, units: sum(terms), parts: terms }
      return { isTitle, has: new Set(own.map(({ term }) => term)), node }
    })
  }

  #textNode(row: number, around: readonly { isTitle: boolean; has: Set<string> }[]): ScoreNode {
    const terms: ScoreNode[] = []
    for (const { evidence, list, weight } of this.#plan.terms) {
      const tf = new Int32Array(1)
      addFrequencies(list, 1, Int32Array.of(row), tf, 1)
      if (tf[0] === 0) continue
      const damped = around.some(({ isTitle, has }) => isTitle && has.has(evidence.term))
      const factor = this.#factor(tf[0]!, row) * (damped ? TITLE_DAMPING : 1)
      // As ranking multiplies: the order decides how the product rounds.
      const value = weight * this.#factor(tf[0]!, row) * (damped ? TITLE_DAMPING : 1)
      const factors = { ...this.#known(evidence.term), tf: tf[0]!, factor, damped }
      terms.push({ kind: 'term', label: evidence.term, units: value | 0, factors })
    }
    terms.sort((a, b) => b.units - a.units)
    return { kind: 'text', label: '', units: sum(terms), parts: terms }
  }

  #characters(row: number): ScoreNode {
    const { folder, textOf, titleOf } = this.#basis.texts
    const text = foldText(folder, textOf(row))
    const title = foldText(folder, titleOf(row))
    const terms: ScoreNode[] = []
    for (const { evidence, weight } of this.#plan.characters) {
      const { term } = evidence
      const tf = text.split(term).length - 1
      const inText = tf === 0 ? 0 : this.#factor(tf, row)
      const damped = title.includes(term)
      const own = weight * inText
      const value = damped ? weight * TITLE_FACTOR + own * TITLE_DAMPING : own
      const factor = damped ? TITLE_FACTOR + inText * TITLE_DAMPING : inText
      const factors = { ...this.#known(term), tf, factor, damped }
      if (value > 0) terms.push({ kind: 'term', label: term, units: value | 0, factors })
    }
    terms.sort((a, b) => b.units - a.units)
    return { kind: 'characters', label: '', units: sum(terms), parts: terms }
  }

  #factor(tf: number, row: number): number {
    const { table, lengths } = this.#basis.texts
    return table[(Math.min(MAX_TF, tf) << 8) | lengths[row]!]!
  }

  #known(term: string): Pick<TermFactors, 'weight' | 'idf' | 'rows'> {
    const { evidence, values, terms } = this.#plan
    const weight = evidence.find((item) => item.term === term)!.weight
    const value = values.get(term) ?? 0
    const rows =
      this.#prepared.parts.text.dictionary.get(term)?.rows ??
      terms.find((scored) => scored.evidence.term === term)?.list.frequency ??
      0
    return { weight, idf: value / weight, rows }
  }
}

function sum(nodes: readonly ScoreNode[]): number {
  return nodes.reduce((total, { units }) => total + units, 0)
}
