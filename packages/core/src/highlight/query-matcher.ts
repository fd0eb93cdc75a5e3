/** What a query matches in one paragraph: spans in folded units, each the text of a query term. */

import { EvidenceKind } from '../query/evidence.js'
import { asksForTokens, findPhrase, type UnitSpan } from '../query/phrase.js'
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
/** A whole part is worth a snippet more than all of its pieces elsewhere. */
const WHOLE_PART_VALUE = 1000

export class QueryMatcher {
  readonly #parts: readonly PlannedPart[]
  readonly #tokens = new Set<string>()
  /** Prefixes with their `*`. */
  readonly #prefixes: string[] = []
  readonly #words: ReadonlySet<string>
  /** Pairs, and whether each is mostly a word. */
  readonly #pairs = new Map<string, boolean>()
  readonly #characters = new Set<string>()
  readonly #values: ReadonlyMap<string, number>
  readonly #longestWord: number
  /** Whether matches are looked for among the tokens of a text, too. */
  readonly readsTokens: boolean

  constructor(plan: QueryPlan) {
    this.#parts = plan.parts
    this.#values = plan.values
    this.#words = plan.words()
    this.#longestWord = Math.max(0, ...Array.from(this.#words, ({ length }) => length))
    // A query of nothing but question words is about them.
    const asksOnly = plan.evidence.every(({ isQuestion, qualifies }) => isQuestion || !qualifies)
    for (const { term, kind, qualifies, isQuestion } of plan.evidence) {
      if (isQuestion && !asksOnly) continue
      if (!qualifies) continue
      if (kind === EvidenceKind.token) this.#tokens.add(term)
      else if (kind === EvidenceKind.prefix) this.#prefixes.push(term)
      else if (kind === EvidenceKind.pair) {
        const isWord = (plan.wordShares.get(term) ?? 0) >= MOSTLY_WORD
        this.#pairs.set(term, isWord)
      } else this.#characters.add(term)
    }
    const ofParts = plan.parts.flatMap(({ phrases, alternatives }) => [...phrases, ...alternatives])
    this.readsTokens =
      this.#tokens.size + this.#prefixes.length > 0 ||
      ofParts.some(({ phrase }) => asksForTokens(phrase))
  }

  /** Matches in order of their start. */
  matches(scanned: ScannedText): Match[] {
    const covered = new Uint8Array(scanned.text.length)
    const found: Match[] = []
    const add: AddMatch = ({ start, end }, value) => {
      covered.fill(1, start, end)
      const term = scanned.text.slice(start, end)
      found.push({ start, end, term, weight: value ?? this.#values.get(term) ?? 1 })
    }
    for (const span of this.#wholeParts(scanned)) add(span, WHOLE_PART_VALUE)
    for (const token of scanned.tokens) {
      const isPrefix = (prefix: string) => token.term.startsWith(prefix.slice(0, -1))
      const term = this.#tokens.has(token.term) ? token.term : this.#prefixes.find(isPrefix)
      if (term !== undefined) add(token, this.#values.get(term))
    }
    for (const run of scanned.runs) {
      this.#markWords(scanned.text, run, add)
      this.#markPairs(scanned.text, run, covered, add)
    }
    return found.sort((a, b) => a.start - b.start || b.end - a.end)
  }

  *#wholeParts(scanned: ScannedText): Generator<UnitSpan> {
    for (const { phrases, alternatives } of this.#parts) {
      for (const { phrase, required, exact } of [...phrases, ...alternatives]) {
        if (required === null) continue
        for (const spans of findPhrase(phrase, scanned, exact)) yield* spans
      }
    }
  }

  #markWords(text: string, run: UnitSpan, add: AddMatch): void {
    if (this.#characters.size === 0 && this.#words.size === 0) return
    for (let at = run.start; at < run.end; ) {
      const size = sizeAt(text, at)
      const character = { start: at, end: at + size }
      if (this.#characters.has(text.slice(at, character.end))) add(character)
      const longest = Math.min(this.#longestWord, run.end - at)
      for (let length = 3; length <= longest; length++) {
        if (this.#words.has(text.slice(at, at + length))) add({ start: at, end: at + length })
      }
      at += size
    }
  }

  /** Pairs that are words first; the others only where they cut into nothing marked. */
  #markPairs(text: string, run: UnitSpan, covered: Uint8Array, add: AddMatch): void {
    if (this.#pairs.size === 0) return
    const weak: UnitSpan[] = []
    for (let at = run.start; ; ) {
      const second = at + sizeAt(text, at)
      if (second >= run.end) break
      const span = { start: at, end: second + sizeAt(text, second) }
      const isWord = this.#pairs.get(text.slice(span.start, span.end))
      if (isWord === true) add(span)
      else if (isWord === false) weak.push(span)
      at = second
    }
    // Of this run alone: a long text has many.
    const marked = covered.slice(run.start, run.end)
    const isMarked = (unit: number) => marked[unit - run.start] === 1
    for (const span of weak) {
      if (!isMarked(span.start) && !isMarked(span.end - 1)) add(span)
    }
  }
}

/** Takes a match; its value defaults to that of its text as a term. */
type AddMatch = (span: UnitSpan, value?: number) => void

/** Units of the character at an offset. */
function sizeAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
}
