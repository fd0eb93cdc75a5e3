/**
 * Query plan → ranked rows.
 *
 * Order of a result: first paragraphs that contain every part of the query as it stands (or whose
 * document's title does, shown by its first paragraph), then those that do in other words, then
 * the others that have any qualifying term; within each by score, ties in order of the index. The score of a row is the sum over its
 * lists; the best SECOND_LOOK rows of each group are then completed from their texts.
 */

import type { PostingList } from '../postings/posting-list.js'
import type { PlannedPart, QueryPlan } from '../query/query-plan.js'
import { SECOND_LOOK } from '../ranking/weights.js'
import type { FieldIndex } from '../segment/field-index.js'
import { type ContextEvidence, scoreContext } from './context-scores.js'
import { collectDisjunction, type WindowBuffers } from './disjunction.js'
import { type PartBasis, PartRows } from './part-rows.js'
import { candidateRows } from './phrase-rows.js'
import { addScores, allRows, subtractRows, uniteRows } from './row-merge.js'
import { SpellingMatch, TextScorer } from './text-scorer.js'
import { type ScoredRow, TopHits } from './top-hits.js'

export interface SearchBasis extends PartBasis {
  readonly text: FieldIndex
  readonly buffers: WindowBuffers
}

export interface RankedRows {
  readonly rows: readonly ScoredRow[]
  readonly total: number
  readonly totalIsExact: boolean
}

/** Up to this many rows every matching row is counted. */
const COUNT_ALL_ROWS = 32_768
const NO_ROWS: Int32Array = new Int32Array(0)

export class Searcher {
  readonly #basis: SearchBasis
  readonly #plan: QueryPlan
  readonly #accepts: ((row: number) => boolean) | null
  readonly #texts: TextScorer
  readonly #parts: PartRows
  #evidence: ContextEvidence | null = null

  /** `accepts` tells whether metadata filters let a row through; null when there are none. */
  constructor(basis: SearchBasis, plan: QueryPlan, accepts: ((row: number) => boolean) | null) {
    this.#basis = basis
    this.#plan = plan
    this.#accepts = accepts
    this.#texts = new TextScorer(basis.texts, plan.characters)
    this.#parts = new PartRows(basis, this.#texts)
  }

  /** Gives scratch memory back; the searcher is of no use afterwards. */
  release(): void {
    this.#texts.release()
  }

  /** The best `wanted` rows. `exhaustive` switches all pruning off; the result is the same. */
  rank(wanted: number, exhaustive = false): RankedRows {
    const parts = this.#plan.parts.filter(({ clause }) => clause.occur !== 'mustNot')
    const must = ({ clause }: PlannedPart) => clause.occur === 'must'
    if (parts.length === 0) return { rows: [], total: 0, totalIsExact: true }
    const universe = this.#universe(parts.filter(must).map(widened))
    const excluded = this.#excluded()
    if (universe !== null) {
      return this.#rankUniverse(parts, this.#passing(universe, excluded), wanted, exhaustive)
    }
    return this.#rankAll(parts, excluded, wanted, exhaustive)
  }

  /** Rows that contain every part that must occur; null when no part must. */
  #universe(strict: readonly PlannedPart[]): Int32Array | null {
    let rows: Int32Array | null = null
    for (const part of strict) rows = this.#parts.rowsWith(part, rows)
    return rows
  }

  #excluded(): Int32Array {
    let rows = NO_ROWS
    for (const part of this.#plan.parts) {
      if (part.clause.occur === 'mustNot') {
        rows = uniteRows(rows, this.#parts.rowsWith(widened(part), null))
      }
    }
    return rows
  }

  /** The best of the `found` rows that contain the parts in other words and are not `listed`. */
  #inOtherWords(
    parts: readonly PlannedPart[],
    found: Int32Array,
    listed: readonly ScoredRow[],
    wanted: number,
    exhaustive: boolean,
  ): ScoredRow[] {
    const known = Int32Array.from(listed, ({ row }) => row).sort()
    const rows = this.#scored(subtractRows(found, known))
    return this.#bestContaining(parts.map(widened), rows, NO_ROWS, wanted, exhaustive)
  }

  #passing(rows: Int32Array, excluded: Int32Array): Int32Array {
    const accepted = this.#accepts === null ? rows : rows.filter(this.#accepts)
    return excluded.length === 0 ? accepted : subtractRows(accepted, excluded)
  }

  /** Every row of the universe is a hit; those with the other parts as well come first. */
  #rankUniverse(
    parts: readonly PlannedPart[],
    universe: Int32Array,
    wanted: number,
    exhaustive: boolean,
  ): RankedRows {
    const candidates = this.#scored(this.#candidates(parts, universe))
    const ranked = this.#bestContaining(parts, candidates, NO_ROWS, wanted, exhaustive)
    if (ranked.length < wanted && ranked.length < universe.length) {
      const listed = Int32Array.from(ranked, ({ row }) => row).sort()
      const others = this.#scored(subtractRows(universe, listed))
      ranked.push(...this.#completed(this.#best(others, lookedAt(wanted)), wanted - ranked.length))
    }
    return { rows: ranked, total: universe.length, totalIsExact: true }
  }

  #rankAll(
    parts: readonly PlannedPart[],
    excluded: Int32Array,
    wanted: number,
    exhaustive: boolean,
  ): RankedRows {
    const titled = this.#passing(this.#parts.titledRows(parts), excluded)
    const candidates = this.#scoredCandidates(parts, titled, excluded)
    const ranked = this.#bestContaining(parts, candidates, titled, wanted, exhaustive)
    let others = 0
    if (ranked.length < wanted && parts.some(({ alternatives }) => alternatives.length > 0)) {
      const found = this.#passing(this.#candidates(parts.map(widened), null), excluded)
      ranked.push(...this.#inOtherWords(parts, found, ranked, wanted - ranked.length, exhaustive))
      others = found.length
    }
    const countAll = exhaustive || this.#basis.text.rows <= COUNT_ALL_ROWS
    if (ranked.length === wanted && !countAll) {
      return { rows: ranked, total: candidates.count, totalIsExact: false }
    }
    const top = new TopHits(ranked.length === wanted ? 0 : lookedAt(wanted))
    const counted = this.#collect(top, ranked, excluded, countAll)
    ranked.push(...this.#completed(top.drain(), wanted - ranked.length))
    // Rows found by sound have no qualifying term, so they are not among the counted ones.
    const bySound = others > counted
    const total = Math.max(counted, candidates.count, bySound ? ranked.length : 0)
    return { rows: ranked, total, totalIsExact: countAll && !bySound }
  }

  /** Collects the rows that are not `listed` yet; returns how many match with those. */
  #collect(
    top: TopHits,
    listed: readonly ScoredRow[],
    excluded: Int32Array,
    countAll: boolean,
  ): number {
    const { text } = this.#basis
    const taken = new Set(listed.map(({ row }) => row))
    const barred = new Set(excluded)
    const accepts = this.#accepts
    const passes = (row: number) => !barred.has(row) && (accepts === null || accepts(row))
    const { scores, titled } = this.#contextEvidence()
    return collectDisjunction(
      {
        buffers: this.#basis.buffers,
        terms: this.#plan.terms.filter(({ evidence }) => evidence.qualifies),
        context: scores,
        titled,
        basis: text,
        rows: text.rows,
        accepts: barred.size > 0 || accepts !== null ? passes : null,
        excludes: taken.size > 0 ? (row) => taken.has(row) : null,
        countAll,
      },
      top,
    )
  }

  /** Rows that have the terms of every part; their texts are not asked. */
  #candidates(parts: readonly PlannedPart[], within: Int32Array | null): Int32Array {
    let rows = within
    for (const { phrases } of parts) {
      let union = NO_ROWS
      for (const { required } of phrases) {
        const found = candidateRows(required, rows)
        union = union.length === 0 ? found : uniteRows(union, found)
      }
      rows = union
      if (rows.length === 0) break
    }
    return rows ?? NO_ROWS
  }

  /** The candidates that pass, with their list scores, and the rows under titles. */
  #scoredCandidates(
    parts: readonly PlannedPart[],
    titled: Int32Array,
    excluded: Int32Array,
  ): Scored {
    const required = parts.map(({ phrases }) =>
      phrases.length === 1 ? phrases[0]!.required : null,
    )
    if (titled.length > 0 || required.some((lists) => lists === null)) {
      const rows = uniteRows(this.#candidates(parts, null), titled)
      return this.#scored(this.#passing(rows, excluded))
    }
    return this.#intersected(new Set(required.flatMap((lists) => lists ?? [])), excluded)
  }

  /** Rows that are on all lists, scored while they are intersected. */
  #intersected(lists: ReadonlySet<PostingList>, excluded: Int32Array): Scored {
    const { text } = this.#basis
    const { scores: context, titled } = this.#contextEvidence()
    const byFrequency = [...lists].sort((a, b) => a.frequency - b.frequency)
    const rows = this.#passing(allRows(byFrequency[0]!), excluded)
    const kept = { rows, scores: new Float64Array(rows.length), count: rows.length }
    context.fill(kept.rows, kept.scores)
    const byList = new Map(this.#plan.terms.map((term) => [term.list, term]))
    for (const list of byFrequency) {
      const term = byList.get(list)
      const damped = term && titled.get(term.evidence.term)
      const scored = term ?? { list, weight: 0 }
      kept.count = addScores(scored, damped, text, kept.rows, kept.scores, kept.count, true)
    }
    for (const term of this.#plan.terms) {
      if (lists.has(term.list)) continue
      addScores(term, titled.get(term.evidence.term), text, kept.rows, kept.scores, kept.count)
    }
    return kept
  }

  /**
   * The best rows among the candidates that contain every part, verified from the top down.
   * Rows in `titled` are known to stand under a title that does.
   */
  #bestContaining(
    parts: readonly PlannedPart[],
    candidates: Scored,
    titled: Int32Array,
    wanted: number,
    exhaustive: boolean,
  ): ScoredRow[] {
    if (wanted === 0 || candidates.count === 0) return []
    const needed = lookedAt(wanted)
    const pool = exhaustive ? candidates.count : Math.min(candidates.count, needed * 2)
    const underTitle = new Set(titled)
    const best = new TopHits(wanted)
    const found: LookedRow[] = []
    const isSpelled = parts.some(({ spelling }) => spelling !== null)
    for (const { row, score } of this.#best(candidates, pool)) {
      if (found.length === needed) break
      // No row from here on gets among the best by what its text adds.
      const most = Math.ceil((score + this.#texts.ceiling) * this.#texts.leadFactor(0))
      const hopeless = !exhaustive && most < best.threshold
      if (hopeless) return inOrder(found).slice(0, wanted)
      const lead = underTitle.has(row) ? 0 : this.#texts.leadOf(row, parts)
      if (lead < 0) continue
      let full = score
      if (found.length < SECOND_LOOK) {
        const complete = score + this.#texts.characterScore(row)
        full = Math.floor(complete * this.#texts.leadFactor(lead))
      }
      best.offer(row, full)
      const spelling = isSpelled ? this.#texts.spellingMatch(row, parts) : SpellingMatch.asTyped
      found.push({ row, score: full, spelling })
    }
    if (found.length < needed && pool < candidates.count) {
      return this.#bestContaining(parts, candidates, titled, wanted, true)
    }
    return inOrder(found).slice(0, wanted)
  }

  /** Adds to the best rows by lists what their texts add; returns the best `wanted`. */
  #completed(rows: readonly ScoredRow[], wanted: number): ScoredRow[] {
    const best = new TopHits(wanted)
    const looked: ScoredRow[] = []
    for (const { row, score } of rows.slice(0, SECOND_LOOK)) {
      if (score + this.#texts.ceiling < best.threshold) break
      const full = score + this.#texts.characterScore(row)
      best.offer(row, full)
      looked.push({ row, score: full })
    }
    return inOrder([...looked, ...rows.slice(SECOND_LOOK)]).slice(0, wanted)
  }

  /** Rows with their list scores. */
  #scored(rows: Int32Array): Scored {
    const { scores: context, titled } = this.#contextEvidence()
    const scores = new Float64Array(rows.length)
    context.fill(rows, scores)
    for (const term of this.#plan.terms) {
      const damped = titled.get(term.evidence.term)
      addScores(term, damped, this.#basis.text, rows, scores, rows.length)
    }
    return { rows, scores, count: rows.length }
  }

  #best({ rows, scores, count }: Scored, wanted: number): ScoredRow[] {
    const top = new TopHits(Math.min(wanted, count))
    for (let i = 0; i < count; i++) top.offer(rows[i]!, scores[i]!)
    return top.drain()
  }

  #contextEvidence(): ContextEvidence {
    this.#evidence ??= scoreContext(this.#plan.contextTerms, this.#basis.sections)
    return this.#evidence
  }
}

/** A part that is content with its alternatives. */
function widened(part: PlannedPart): PlannedPart {
  return { ...part, phrases: [...part.phrases, ...part.alternatives] }
}

/** Rows to keep so that the best `wanted` are right after the second look. */
function lookedAt(wanted: number): number {
  return Math.max(wanted, SECOND_LOOK)
}

/** A row after the second look. */
interface LookedRow extends ScoredRow {
  readonly spelling?: SpellingMatch
}

/**
 * Puts the rows that had a second look in order; the others are in order behind them. Between
 * equal scores the spelling decides: converters between scripts guess wrong too often (行政複議 for
 * 行政復議) to let it outweigh a score.
 */
function inOrder(rows: readonly LookedRow[]): ScoredRow[] {
  const looked = rows.slice(0, SECOND_LOOK)
  const asTyped = SpellingMatch.asTyped
  looked.sort(
    (a, b) =>
      b.score - a.score || (b.spelling ?? asTyped) - (a.spelling ?? asTyped) || a.row - b.row,
  )
  return [...looked, ...rows.slice(SECOND_LOOK)].map(({ row, score }) => ({ row, score }))
}

/** Rows with list scores, ascending; the first `count` count. */
interface Scored {
  readonly rows: Int32Array
  readonly scores: Float64Array
  readonly count: number
}
