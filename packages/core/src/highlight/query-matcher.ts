/** What a query matches in one paragraph: spans in folded units, each the text of a query term. */

import { type Evidence, EvidenceKind } from '../query/evidence.js'
import { findPhrase, type UnitSpan } from '../query/phrase.js'
import type { PlannedPart, QueryPlan } from '../query/query-plan.js'
import type { ScannedText } from '../query/scanned-text.js'

/** A matched term at its place. */
export interface Match extends UnitSpan {
  readonly term: string
  /** How much the match says about the paragraph; for choosing a snippet. */
  readonly weight: number
}

/** A pair that is a word this often is marked even where it stands alone. */
const MOSTLY_WORD = 2
const WHOLE_PART_WEIGHT = 4
const WORD_WEIGHT = 1.5

export class QueryMatcher {
  readonly #parts: readonly PlannedPart[]
  readonly #tokens = new Map<string, Evidence>()
  readonly #words = new Set<string>()
  readonly #pairs = new Map<string, { evidence: Evidence; isWord: boolean }>()
  readonly #characters = new Map<string, Evidence>()
  readonly #longestWord: number

  constructor(plan: QueryPlan) {
    this.#parts = plan.parts.filter(({ clause }) => clause.occur !== 'mustNot')
    let longest = 0
    // A query of nothing but question words is about them.
    const asksOnly = plan.evidence.every(({ isQuestion, qualifies }) => isQuestion || !qualifies)
    for (const evidence of plan.evidence) {
      const { term, kind, qualifies, isQuestion } = evidence
      if (isQuestion && !asksOnly) continue
      if (kind === EvidenceKind.word) {
        this.#words.add(term)
        longest = Math.max(longest, term.length)
      } else if (!qualifies) continue
      else if (kind === EvidenceKind.token) this.#tokens.set(term, evidence)
      else if (kind === EvidenceKind.pair) {
        const isWord = (plan.wordShares.get(term) ?? 0) >= MOSTLY_WORD
        this.#pairs.set(term, { evidence, isWord })
      } else this.#characters.set(term, evidence)
    }
    this.#longestWord = longest
  }

  /** Matches in order of their start. */
  matches(scanned: ScannedText): Match[] {
    const covered = new Uint8Array(scanned.text.length)
    const found: Match[] = []
    const add = (span: UnitSpan, weight: number) => {
      covered.fill(1, span.start, span.end)
      const { start, end } = span
      found.push({ start, end, term: scanned.text.slice(start, end), weight })
    }
    for (const span of this.#wholeParts(scanned)) add(span, WHOLE_PART_WEIGHT)
    for (const token of scanned.tokens) {
      const evidence = this.#tokens.get(token.term)
      if (evidence !== undefined) add(token, evidence.weight)
    }
    for (const run of scanned.runs) {
      this.#markWords(scanned.text, run, add)
      this.#markPairs(scanned.text, run, covered, add)
    }
    return found.sort((a, b) => a.start - b.start || b.end - a.end)
  }

  *#wholeParts(scanned: ScannedText): Generator<UnitSpan> {
    for (const { clause, phrases } of this.#parts) {
      for (const { phrase, required } of phrases) {
        if (required === null) continue
        for (const spans of findPhrase(phrase, scanned, clause.quoted)) yield* spans
      }
    }
  }

  #markWords(text: string, run: UnitSpan, add: (span: UnitSpan, weight: number) => void): void {
    for (let at = run.start; at < run.end; at++) {
      const character = String.fromCodePoint(text.codePointAt(at)!)
      const single = this.#characters.get(character)
      if (single !== undefined) add({ start: at, end: at + character.length }, single.weight)
      const longest = Math.min(this.#longestWord, run.end - at)
      for (let length = 3; length <= longest; length++) {
        const isWord = this.#words.has(text.slice(at, at + length))
        if (isWord) add({ start: at, end: at + length }, WORD_WEIGHT)
      }
      at += character.length - 1
    }
  }

  /** Pairs that are words first; the others only where they cut into nothing marked. */
  #markPairs(
    text: string,
    run: UnitSpan,
    covered: Uint8Array,
    add: (span: UnitSpan, weight: number) => void,
  ): void {
    if (this.#pairs.size === 0) return
    const weak: (UnitSpan & { weight: number })[] = []
    for (let at = run.start; at < run.end; ) {
      const first = text.codePointAt(at)! > 0xffff ? 2 : 1
      if (at + first >= run.end) break
      const second = text.codePointAt(at + first)! > 0xffff ? 2 : 1
      const span = { start: at, end: at + first + second }
      const pair = this.#pairs.get(text.slice(span.start, span.end))
      if (pair?.isWord) add(span, pair.evidence.weight)
      else if (pair !== undefined) weak.push({ ...span, weight: pair.evidence.weight })
      at += first
    }
    const marked = covered.slice()
    for (const span of weak) {
      const within = marked[span.start] === 1 || marked[span.end - 1] === 1
      if (!within) add(span, span.weight)
    }
  }
}
