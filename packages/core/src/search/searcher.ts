/**
 * Query plan → ranked rows.
 *
 * Order of a result: first paragraphs that contain every part of the query as it stands (or whose
 * document's title does, shown by its first paragraph), then those that do in other words, then
 * the others that have any qualifying term; within each by score, ties in order of the index. The
 * score of a row is the sum over its lists; the best `secondLook` rows of each group are then completed from their texts.
 */

import type { Field } from '../field/field.js'
import type { FieldNode } from '../query/query.js'
import { type PlannedPart, type QueryPlan, widened } from '../query/query-plan.js'
import { bestOfRows, countWork } from './best-of-rows.js'
import { type Candidates, countOf, unread } from './candidates.js'
import { ConditionRows } from './condition-rows.js'
import { type ContextEvidence, scoreContext } from './context-scores.js'
import { collectDisjunction, type WindowBuffers } from './disjunction.js'
import { knownAmong } from './known-among.js'
import { once } from './lazy-hit.js'
import { inOrder, type LookedRow } from './looked-rows.js'
import { type PartBasis, PartRows } from './part-rows.js'
import { candidateRows } from './phrase-rows.js'
import { allRowsOf, subtractRows, uniteRows } from './row-merge.js'
import { rowsOnAll } from './rows-on-all.js'
import { type RowScoring, scoreRows } from './score-rows.js'
import { byDocument, spreadRows } from './spread-parts.js'
import { SpellingMatch, TextScorer } from './text-scorer.js'
import { TitleRows } from './title-rows.js'
import { type ScoredRow, sortedRows, TopHits } from './top-hits.js'
import type { Work } from './work.js'

export interface SearchBasis extends PartBasis {
  readonly text: Field
  readonly buffers: WindowBuffers
  /** How many of the best rows of a group get a second look. */
  readonly secondLook: number
  /** Rows of documents that a field condition lets through. */
  rowsOfField(field: FieldNode): Int32Array
}

export interface RankedRows {
  readonly rows: readonly ScoredRow[]
  readonly total: number
  readonly totalIsExact: boolean
}

/** Whether rows, the best so far, are enough though fewer than wanted. */
export type IsEnough = (rows: readonly ScoredRow[]) => boolean

/** What to rank. */
export interface RankOptions {
  /** Switches all pruning off; the result is the same. */
  readonly exhaustive?: boolean
  /** Only rows `[from, to)`, as if there were no others; default all. */
  readonly from?: number
  readonly to?: number
  /** How many rows get a second look; default that of the index. */
  readonly secondLook?: number
  /** Default never. */
  readonly isEnough?: IsEnough
  /**
   * First rows of documents, where those are what is looked for: documents that hold every part in
   * one paragraph or another come before those that do not.
   */
  readonly documentStarts?: Uint32Array
}

/** Up to this many rows every matching row is counted. */
const COUNT_ALL_ROWS = 32_768
/** How many times more candidates are ranked when too few of the best contain the query. */
const POOL_GROWTH = 8
const NO_ROWS: Int32Array = new Int32Array(0)

export class Searcher {
  readonly #basis: SearchBasis
  readonly #plan: QueryPlan
  readonly #accepts: ((row: number) => boolean) | null
  readonly #texts: TextScorer
  readonly #titles: TitleRows
  readonly #conditions: () => ConditionRows
  readonly #work: Work
  readonly #universe: () => Int32Array | null
  readonly #excluded: () => Int32Array
  readonly #titled: () => Int32Array
  /** Whether the texts of all rows of the universe contain all parts. */
  #areContaining = false
  #evidence: ContextEvidence | null = null
  #exhaustive = false
  #secondLook = 0
  #wanted = 0
  #isEnough: IsEnough = () => false
  #documentStarts: Uint32Array | null = null
  #from = 0
  #to = 0

  /** `accepts` tells whether metadata filters let a row through; null when there are none. */
  constructor(
    basis: SearchBasis,
    plan: QueryPlan,
    accepts: ((row: number) => boolean) | null,
    work: Work,
  ) {
    this.#basis = basis
    this.#plan = plan
    this.#accepts = accepts
    this.#work = work
    this.#texts = new TextScorer(basis.texts, plan.characters)
    this.#titles = new TitleRows(basis, this.#texts, work)
    // Made where there are conditions: most queries have none.
    this.#conditions = once(
      () =>
        new ConditionRows({
          parts: new PartRows(basis, this.#texts, work),
          rows: basis.text.rows,
          rowsOfField: (field) => basis.rowsOfField(field),
        }),
    )
    this.#universe = once(() => this.#findUniverse())
    this.#excluded = once(() =>
      plan.excluded.length === 0 ? NO_ROWS : this.#conditions().barred(plan.excluded),
    )
    this.#titled = once(() => this.#titles.titledRows(plan.parts))
  }

  /** Gives scratch memory back; the searcher is of no use afterwards. */
  release(): void {
    this.#texts.release()
  }

  /** The best `wanted` rows. */
  rank(wanted: number, options: RankOptions = {}): RankedRows {
    this.#exhaustive = options.exhaustive ?? false
    this.#secondLook = options.secondLook ?? this.#basis.secondLook
    this.#wanted = wanted
    this.#isEnough = options.isEnough ?? (() => false)
    this.#documentStarts = options.documentStarts ?? null
    this.#from = options.from ?? 0
    this.#to = options.to ?? this.#basis.text.rows
    const universe = this.#universe()
    const ranked =
      universe === null
        ? this.#rankAll(wanted)
        : this.#rankUniverse(this.#passing(universe), wanted)
    const isComplete = this.#plan.isComplete && !this.#work.isSpent
    return isComplete ? ranked : { ...ranked, totalIsExact: false }
  }

  /** Rows that meet what the query requires; null when it requires nothing. */
  #findUniverse(): Int32Array | null {
    const { required, fields, parts, isSimple } = this.#plan
    if (required.length > 0) {
      const rows = this.#conditions().meeting(required)
      this.#areContaining = isSimple && this.#conditions().areContaining
      return rows
    }
    if (parts.length > 0) return null
    return fields.length > 0 ? allRowsOf(this.#basis.text.rows) : NO_ROWS
  }

  /** The best of the `found` rows that contain the parts in other words and are not `listed`. */
  #inOtherWords(found: Int32Array, listed: readonly ScoredRow[], wanted: number): ScoredRow[] {
    const known = sortedRows(listed)
    const rows = subtractRows(found, known)
    return this.#bestContaining(this.#plan.parts.map(widened), [unread(rows)], NO_ROWS, wanted)
  }

  #passing(rows: Int32Array): Int32Array {
    const accepts = this.#accepts
    const isAll = this.#from === 0 && this.#to === this.#basis.text.rows
    const within = isAll ? rows : rows.filter((row) => row >= this.#from && row < this.#to)
    const accepted = accepts === null ? within : within.filter((row) => accepts(row))
    const excluded = this.#excluded()
    return excluded.length === 0 ? accepted : subtractRows(accepted, excluded)
  }

  /** Every row of the universe is a hit; those with the other parts as well come first. */
  #rankUniverse(universe: Int32Array, wanted: number): RankedRows {
    const { parts } = this.#plan
    const candidates = this.#areContaining ? universe : this.#candidates(parts, universe)
    const ranked = this.#bestContaining(parts, [unread(candidates)], NO_ROWS, wanted)
    if (ranked.length < wanted && ranked.length < universe.length) {
      const listed = sortedRows(ranked)
      const rows = unread(subtractRows(universe, listed))
      const others = bestOfRows([rows], this.#lookedAt(wanted), this.#scoring())
      ranked.push(...this.#completed(others, ranked))
    }
    return { rows: ranked, total: universe.length, totalIsExact: true }
  }

  #rankAll(wanted: number): RankedRows {
    const { parts } = this.#plan
    const titled = this.#passing(this.#titled())
    const containing = this.#candidatesOf(parts)
    const candidates = [containing, unread(subtractRows(titled, containing.rows))]
    const found = countOf(candidates)
    const ranked = this.#bestContaining(parts, candidates, titled, wanted)
    let others = 0
    const isFull = () => ranked.length === wanted || this.#isEnough(ranked)
    if (!isFull() && parts.some(({ alternatives }) => alternatives.length > 0)) {
      const widely = this.#passing(this.#candidates(parts.map(widened), null))
      ranked.push(...this.#inOtherWords(widely, ranked, wanted - ranked.length))
      others = widely.length
    }
    if (!isFull() && parts.length > 1) ranked.push(...this.#spread(ranked, wanted - ranked.length))
    const isFew = this.#basis.text.rows <= COUNT_ALL_ROWS || this.#accepts !== null
    const countAll = this.#exhaustive || isFew
    if (isFull() && !countAll) {
      return { rows: ranked, total: found, totalIsExact: false }
    }
    const top = new TopHits(isFull() ? 0 : this.#lookedAt(wanted))
    const counted = this.#collect(top, ranked, countAll)
    ranked.push(...this.#completed(top.drain(), ranked))
    // Rows found by sound have no qualifying term, so they are not among the counted ones.
    const bySound = others > counted
    const total = Math.max(counted, found, bySound ? ranked.length : 0)
    return { rows: ranked, total, totalIsExact: countAll && !bySound }
  }

  /** The best rows of documents that hold every part, not in one paragraph; one each. */
  #spread(listed: readonly ScoredRow[], wanted: number): ScoredRow[] {
    const documentStarts = this.#documentStarts
    if (documentStarts === null) return []
    const { context, sections } = this.#basis
    const basis = { context, sections, work: this.#work, documentStarts }
    const known = sortedRows(listed)
    const rows = subtractRows(this.#passing(spreadRows(this.#plan.parts, basis)), known)
    countWork(rows.length, this.#scoring())
    const scores = scoreRows(unread(rows), this.#scoring())
    const top = new TopHits(wanted)
    let at = 0
    for (const found of byDocument(rows, documentStarts).values()) {
      let best = at
      for (const end = at + found.length; at < end; at++) if (scores[at]! > scores[best]!) best = at
      top.offer(rows[best]!, scores[best]!)
    }
    return top.drain()
  }

  /** Collects the rows that are not `listed` yet; returns how many match with those. */
  #collect(top: TopHits, listed: readonly ScoredRow[], countAll: boolean): number {
    const barred = new Set(this.#excluded())
    const accepts = this.#accepts
    const passes = (row: number) => !barred.has(row) && (accepts === null || accepts(row))
    const { scores, titled } = this.#contextEvidence()
    return collectDisjunction(
      {
        buffers: this.#basis.buffers,
        terms: this.#plan.terms.filter(({ evidence }) => evidence.qualifies),
        context: scores,
        titled,
        basis: this.#basis.text,
        from: this.#from,
        to: this.#to,
        work: this.#work,
        accepts: barred.size > 0 || accepts !== null ? passes : null,
        excludes: new Set(listed.map(({ row }) => row)),
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
        union = uniteRows(union, candidateRows(required, rows, this.#work))
      }
      rows = union
      if (rows.length === 0) break
    }
    return rows ?? NO_ROWS
  }

  /** The candidates that pass. */
  #candidatesOf(parts: readonly PlannedPart[]): Candidates {
    const required = parts.map(({ phrases }) =>
      phrases.length === 1 ? phrases[0]!.required : null,
    )
    const isOnePhraseEach = required.every((lists) => lists !== null)
    // All lists at once, the shortest first.
    const found = isOnePhraseEach
      ? rowsOnAll(required.flat(), this.#work)
      : unread(this.#candidates(parts, null))
    const rows = this.#passing(found.rows)
    return rows === found.rows ? found : unread(rows)
  }

  /**
   * The best rows among the candidates that contain every part, verified from the top down.
   * Rows in `titled` are the first under a title that may.
   */
  #bestContaining(
    parts: readonly PlannedPart[],
    candidates: readonly Candidates[],
    titled: Int32Array,
    wanted: number,
    most = this.#lookedAt(wanted) * (this.#areContaining ? 1 : 2),
  ): ScoredRow[] {
    const count = countOf(candidates)
    if (wanted === 0 || count === 0) return []
    const needed = this.#lookedAt(wanted)
    const pool = this.#exhaustive ? count : Math.min(count, most)
    const best = new TopHits(wanted)
    const found: LookedRow[] = []
    const isSpelled = parts.some(({ spelling }) => spelling !== null)
    // A row that scores more may still go behind for its spelling.
    const prunes =
      !this.#exhaustive && !parts.some(({ spelling }) => (spelling?.folded ?? null) !== null)
    const inPool = bestOfRows(candidates, pool, this.#scoring())
    // Only behind those of a second look does anyone ask.
    const isBehind = Math.min(inPool.length, needed) > this.#secondLook
    const known = knownAmong(parts, isBehind ? inPool : [], titled)
    const announce = this.#announcer(inPool, known)
    for (const [i, { row, score }] of inPool.entries()) {
      const isLooked = found.length >= this.#secondLook
      if (found.length === needed || (isLooked && this.#isEnough(found))) break
      if (isLooked && known.has(row)) {
        found.push({ row, score })
        continue
      }
      announce(i, isLooked, needed - found.length, found)
      // No row from here on gets among the best by what its text adds.
      const ceiling = Math.ceil((score + this.#texts.ceiling) * this.#texts.leadFactor(0))
      if ((prunes && ceiling < best.threshold) || !this.#work.text()) {
        return inOrder(found, this.#secondLook).slice(0, wanted)
      }
      const isTitled = titled.includes(row) && this.#titles.titleHas(row, parts)
      const lead = isTitled ? 0 : this.#texts.leadOf(row, parts)
      if (lead < 0) continue
      if (isLooked) {
        found.push({ row, score })
        continue
      }
      const complete = score + this.#texts.characterScore(row)
      const full = Math.floor(complete * this.#texts.leadFactor(lead))
      best.offer(row, full)
      const spelling = isSpelled ? this.#texts.spellingMatch(row, parts) : SpellingMatch.asTyped
      found.push({ row, score: full, spelling })
    }
    if (found.length < needed && !this.#isEnough(found) && pool < count) {
      return this.#bestContaining(parts, candidates, titled, wanted, pool * POOL_GROWTH)
    }
    return inOrder(found, this.#secondLook).slice(0, wanted)
  }

  /** Adds to the best rows by lists what their texts add; the best as many as `listed` leaves. */
  #completed(rows: readonly ScoredRow[], listed: readonly ScoredRow[]): ScoredRow[] {
    const wanted = this.#wanted - listed.length
    const best = new TopHits(wanted)
    const looked: ScoredRow[] = []
    const secondLook = this.#secondLook
    const looks = rows.slice(0, secondLook)
    this.#announce(looks, () => this.#enoughOf([...listed, ...rows]))
    for (const { row, score } of looks) {
      if (score + this.#texts.ceiling < best.threshold) break
      const full = this.#work.text() ? score + this.#texts.characterScore(row) : score
      best.offer(row, full)
      looked.push({ row, score: full })
    }
    return inOrder([...looked, ...rows.slice(secondLook)], secondLook).slice(0, wanted)
  }

  #scoring(): RowScoring {
    return {
      terms: this.#plan.terms,
      contextTerms: this.#plan.contextTerms,
      sections: this.#basis.sections,
      context: () => this.#contextEvidence(),
      looksFurther: this.#universe() === null,
      basis: this.#basis.text,
      work: this.#work,
    }
  }

  /** Rows to keep so that the best `wanted` are right after the second look. */
  #lookedAt(wanted: number): number {
    return Math.max(wanted, this.#secondLook)
  }

  /**
   * Says which texts will be read from a place in the pool on, at most those of a second look;
   * behind it `known` rows are not read.
   */
  #announcer(pool: readonly ScoredRow[], known: ReadonlySet<number>) {
    let announced = 0
    return (place: number, isLooked: boolean, most: number, found: readonly ScoredRow[]) => {
      if (place < announced) return
      announced = place + Math.min(most, this.#secondLook)
      const next = pool.slice(place, announced)
      const read = isLooked ? next.filter(({ row }) => !known.has(row)) : next
      this.#announce(read, () => this.#likely([...found, ...pool.slice(place)]))
    }
  }

  /** The rows that are likely to be hits: those of the pool, if they contain the parts, and others. */
  #likely(pool: readonly ScoredRow[]): readonly ScoredRow[] {
    const likely = [...pool]
    if (this.#enoughOf(likely).length === likely.length && this.#universe() === null) {
      if (this.#plan.parts.length > 1) likely.push(...this.#spread(likely, this.#wanted))
      const top = new TopHits(this.#wanted)
      this.#collect(top, likely, false)
      likely.push(...top.drain())
    }
    return this.#enoughOf(likely)
  }

  /** The first of the rows, as many as are wanted. */
  #enoughOf(rows: readonly ScoredRow[]): readonly ScoredRow[] {
    const most = Math.min(rows.length, this.#wanted)
    let count = 0
    while (count < most && !this.#isEnough(rows.slice(0, count))) count++
    return rows.slice(0, count)
  }

  /** Says which texts will be read, and which are likely to be. */
  #announce(rows: readonly ScoredRow[], likely: () => readonly ScoredRow[]): void {
    const rowOf = ({ row }: ScoredRow) => row
    const read = rows.map(rowOf)
    this.#basis.ahead?.(read, () => likely().map(rowOf))
    this.#basis.texts.foldedRow.texts.touch?.(read)
  }

  #contextEvidence(): ContextEvidence {
    this.#evidence ??= scoreContext(this.#plan.contextTerms, this.#basis.sections)
    return this.#evidence
  }
}
