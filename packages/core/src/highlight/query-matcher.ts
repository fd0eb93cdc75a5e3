/**
 * What a query matches in one paragraph: spans in folded units, each the text of a query term.
 *
 * A text is read once, unit by unit, whatever the number of terms: a table tells which of them may
 * begin with a unit. What is sought is made of characters of runs, and stands nowhere else.
 */

import type { Folder } from '@wenxun/tokenizer/scan'
import { EvidenceKind } from '../query/evidence.js'
import { asksForTokens, findPhrase, type UnitSpan } from '../query/phrase.js'
import { type PlannedPhrase, type QueryPlan, widened } from '../query/query-plan.js'
import { type ScannedText, scanText } from '../query/scanned-text.js'
import type { MarkedSpan } from './snippet.js'

// Kinds of what is sought. A start is three characters of the query: words that begin with them
// are looked up when a text has them, as few texts do.
const WHOLE_PART = 0
const TERM = 1
const LOOSE_PAIR = 2
const START = 3

interface Sought {
  readonly kind: number
  readonly term: string
  readonly weight: number
}

/** A pair that is a word this often is marked even where it stands alone. */
const MOSTLY_WORD = 2
/** A whole part is worth a snippet more than all of its pieces elsewhere. */
const WHOLE_PART_VALUE = 1000
/** Size of the table of first units, which are told apart by their last bits. */
const FIRST_UNITS = 256

export class QueryMatcher {
  readonly #plan: QueryPlan
  readonly #tokens = new Set<string>()
  /** Prefixes with their `*`. */
  readonly #prefixes: string[] = []
  /** Those that are not one run. */
  readonly #phrases: PlannedPhrase[] = []
  /** By the first unit. */
  readonly #sought: Sought[][] = Array(FIRST_UNITS)
  /** Start → where it stands in runs of the query: what they hold from there on. */
  readonly #starts = new Map<string, string[]>()
  readonly #words = new Set<string>()
  readonly #asksForTokens: boolean

  constructor(plan: QueryPlan) {
    this.#plan = plan
    for (const planned of plan.parts.flatMap((part) => widened(part).phrases)) {
      const [element, more] = planned.phrase.elements
      if (planned.required === null) continue
      if (more !== undefined || !element!.isRun) this.#phrases.push(planned)
      else this.#seek(WHOLE_PART, element!.term, WHOLE_PART_VALUE)
    }
    // A query of nothing but question words is about them.
    const asksOnly = plan.evidence.every(({ isQuestion, qualifies }) => isQuestion || !qualifies)
    for (const { term, kind, qualifies, isQuestion } of plan.evidence) {
      if (!qualifies || (isQuestion && !asksOnly)) continue
      if (kind === EvidenceKind.token) this.#tokens.add(term)
      else if (kind === EvidenceKind.prefix) this.#prefixes.push(term)
      else {
        const isWord = (plan.wordShares.get(term) ?? 0) >= MOSTLY_WORD
        this.#seek(isWord || kind === EvidenceKind.character ? TERM : LOOSE_PAIR, term)
      }
    }
    for (const run of plan.runs) this.#seekWords(run)
    this.#asksForTokens =
      this.#tokens.size + this.#prefixes.length > 0 ||
      this.#phrases.some(({ phrase }) => asksForTokens(phrase))
  }

  /** Matches in a text by their original places, in order of their start. */
  matches(text: string, folder: Folder): MarkedSpan[] {
    const parts: MarkedSpan[] = []
    const terms: MarkedSpan[] = []
    const loose: MarkedSpan[] = []
    if (this.#asksForTokens || this.#phrases.length > 0) {
      this.#scan(scanText(folder, text, this.#asksForTokens), parts, terms)
    }
    const byKind = [parts, terms, loose]
    const { units, length, starts, ends } = folder.fold(text)
    for (let start = 0; start < length; start++) {
      const sought = this.#sought[units[start]! % FIRST_UNITS]
      if (sought === undefined) continue
      // Words may be added meanwhile.
      for (let i = 0; i < sought.length; i++) {
        const { kind, term, weight } = sought[i]!
        const end = start + term.length
        if (end > length || !standsAt(units, start, term)) continue
        if (kind === START) {
          this.#seekWordsFrom(term)
          sought.splice(i--, 1)
        } else byKind[kind]!.push({ start, end, term, weight })
      }
    }
    const found = parts.concat(terms)
    if (loose.length > 0) addLoose(found, loose, units)
    found.sort(byPlace)
    if (starts === null || ends === null) return found
    const inOriginal = (span: MarkedSpan) => {
      return { ...span, start: starts[span.start]!, end: ends[span.end - 1]! }
    }
    return found.map(inOriginal).sort(byPlace)
  }

  #seek(kind: number, term: string, weight = this.#plan.values.get(term) ?? 1): void {
    const first = term.charCodeAt(0) % FIRST_UNITS
    this.#sought[first] ??= []
    this.#sought[first].push({ kind, term, weight })
  }

  /** Any three characters of a run may be the start of words. */
  #seekWords(run: string): void {
    let first = 0
    let second = 0
    let third = 0
    for (const character of run) {
      if (second > first) {
        const start = run.slice(first, third + 1)
        const places = this.#starts.get(start) ?? []
        if (places.push(run.slice(first)) === 1) this.#seek(START, start)
        this.#starts.set(start, places)
      }
      first = second
      second = third
      third += character.length
    }
  }

  #seekWordsFrom(start: string): void {
    for (const place of this.#starts.get(start)!) {
      for (const { term } of this.#plan.standingAt(place, start.length)) {
        if (!this.#words.has(term)) this.#seek(TERM, term)
        this.#words.add(term)
      }
    }
  }

  /** What is not one run each. */
  #scan(scanned: ScannedText, parts: MarkedSpan[], terms: MarkedSpan[]): void {
    const { values } = this.#plan
    const match = ({ start, end }: UnitSpan, value?: number) => {
      const term = scanned.text.slice(start, end)
      return { start, end, term, weight: value ?? values.get(term) ?? 1 }
    }
    for (const { phrase, exact } of this.#phrases) {
      for (const spans of findPhrase(phrase, scanned, exact)) {
        for (const span of spans) parts.push(match(span, WHOLE_PART_VALUE))
      }
    }
    for (const token of scanned.tokens) {
      const isPrefix = (prefix: string) => token.term.startsWith(prefix.slice(0, -1))
      const term = this.#tokens.has(token.term) ? token.term : this.#prefixes.find(isPrefix)
      if (term !== undefined) terms.push(match(token, values.get(term)))
    }
  }
}

/** By start, the longest first. */
function byPlace(a: UnitSpan, b: UnitSpan): number {
  return a.start - b.start || b.end - a.end
}

/** Adds the pairs that cut into nothing found. Blanks the units of what is. */
function addLoose(found: MarkedSpan[], pairs: readonly MarkedSpan[], units: Uint16Array): void {
  for (const { start, end } of found) for (let i = start; i < end; i++) units[i] = 0
  for (const pair of pairs) if (units[pair.start] && units[pair.end - 1]) found.push(pair)
}

function standsAt(units: Uint16Array, at: number, term: string): boolean {
  for (let i = 0; i < term.length; i++) if (units[at + i] !== term.charCodeAt(i)) return false
  return true
}
