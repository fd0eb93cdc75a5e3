/**
 * The terms of a text for an index that is not ours: words and tokens as the analyzer gives
 * them, and the characters and pairs of characters that make every part of a Han text findable.
 *
 * Two questions have two answers. What a text is found by: all of it (`indexTerms`). What a
 * text must hold to contain a query: `requiredTerms`, which leaves out words, because the same
 * characters may be cut differently in another sentence.
 */
import { type AnalysisSink, type Analyzer, type Folded, type Span, TokenKind } from '../types.js'
import { textOf } from '../unit-text.js'

/** What an adapter needs of an analyzer. */
export type TermSource = Pick<Analyzer, 'analyze'>

/** A token's kind, or a piece of a gram run; as JSON and tables name it. */
export type TermKind = keyof typeof TokenKind | 'character' | 'bigram'

/** A term for other libraries; offsets are in the original text. */
export interface SearchTerm {
  readonly term: string
  readonly start: number
  readonly end: number
  readonly kind: TermKind
}

/** Which terms of Han text are wanted beside Latin and numbers; both by default. */
export interface TermOptions {
  /** Words as the analyzer's segmenter cuts them. */
  words?: boolean
  /** Every character and every pair, but those that are words. */
  grams?: boolean
}

/** The order of terms that share a span. */
const kinds: readonly TermKind[] = ['word', 'character', 'bigram', 'whole', 'part', 'value', 'stem']
const rank = Object.fromEntries(kinds.map((kind, i) => [kind, i])) as Record<TermKind, number>

/** Indexed by TokenKind. */
const kindOf = Object.keys(TokenKind) as (keyof typeof TokenKind)[]

/** Everything a text is found by, sorted by start, then end. */
export function indexTerms(
  source: TermSource,
  text: string,
  { words = true, grams = true }: TermOptions = {},
): SearchTerm[] {
  const { folded, runs, tokens } = TermCollector.read(source, text)
  const terms = words ? tokens : tokens.filter(({ kind }) => kind !== 'word')
  const known = new Set(terms.map(wordKey))
  const pieces = grams ? runs.flatMap(([start, end]) => gramsOf(folded, start, end)) : []
  return [...terms, ...pieces.filter((piece) => !known.has(spanKey(piece)))]
    .map((term) => inOriginal(term, folded))
    .sort((a, b) => a.start - b.start || a.end - b.end || rank[a.kind] - rank[b.kind])
}

/** The distinct terms of a query of which any may match: the more match, the better the hit. */
export function queryTerms(source: TermSource, query: string): string[] {
  return [...new Set(indexTerms(source, query).map(({ term }) => term))]
}

/**
 * The distinct terms that a text must all hold to match a query: every pair of a Han run (a
 * lone character as itself), the stem of an English word, the value of a number, so that
 * 二〇二四年 finds 2024年. With `literal`, numbers and words are required as they are written.
 */
export function requiredTerms(
  source: TermSource,
  query: string,
  form: 'value' | 'literal' = 'value',
): string[] {
  const { folded, runs, tokens } = TermCollector.read(source, query)
  const exact = form === 'value' ? outermost(tokens) : tokens.filter(({ kind }) => kind === 'whole')
  const terms = exact.map(({ term }) => term)
  for (const [start, end] of without(runs, exact)) {
    const grams = gramsOf(folded, start, end)
    const pairs = grams.filter(({ kind }) => kind === 'bigram')
    terms.push(...(pairs.length > 0 ? pairs : grams).map(({ term }) => term))
  }
  return [...new Set(terms)]
}

/** Collects what an analyzer reports, in folded units. */
class TermCollector implements AnalysisSink {
  folded!: Folded
  readonly runs: Span[] = []
  readonly tokens: SearchTerm[] = []

  static read(source: TermSource, text: string): TermCollector {
    const collector = new TermCollector()
    source.analyze(text, collector)
    return collector
  }

  begin(folded: Folded): void {
    this.folded = folded
  }

  run(start: number, end: number): void {
    this.runs.push([start, end])
  }

  word(start: number, end: number): void {
    this.tokens.push({ term: textOf(this.folded.units, start, end), start, end, kind: 'word' })
  }

  token(term: string, start: number, end: number, kind: TokenKind): void {
    this.tokens.push({ term, start, end, kind: kindOf[kind]! })
  }
}

/** Different for all spans below eight units, which grams are, and -1 for all others. */
const spanKey = ({ start, end }: SearchTerm) => (end - start < 8 ? start * 8 + end - start : -1)
const wordKey = (term: SearchTerm) => (term.kind === 'word' ? spanKey(term) : -1)

/** Every character of a run, and every two adjacent ones. */
function gramsOf({ units }: Folded, start: number, end: number): SearchTerm[] {
  const grams: SearchTerm[] = []
  const add = (from: number, to: number, kind: TermKind) =>
    grams.push({ term: textOf(units, from, to), start: from, end: to, kind })
  for (let at = start, next = 0; at < end; at = next) {
    next = at + characterLength(units, at)
    add(at, next, 'character')
    if (next < end) add(at, next + characterLength(units, next), 'bigram')
  }
  return grams
}

const characterLength = (units: Uint16Array, at: number) =>
  (units[at]! & 0xfc00) === 0xd800 ? 2 : 1

/** Of tokens that lie in each other, the outer one; of equals, the one that means most. */
function outermost(tokens: readonly SearchTerm[]): SearchTerm[] {
  const meanings: readonly TermKind[] = ['value', 'stem', 'whole']
  const sorted = tokens
    .filter(({ kind }) => meanings.includes(kind))
    .sort(
      (a, b) =>
        a.start - b.start || b.end - a.end || meanings.indexOf(a.kind) - meanings.indexOf(b.kind),
    )
  let covered = 0
  return sorted.filter(({ end }) => {
    const isOutside = end > covered
    covered = Math.max(covered, end)
    return isOutside
  })
}

/** The pieces of runs that no token covers; both are sorted by start. */
function* without(runs: readonly Span[], tokens: readonly SearchTerm[]): Generator<Span> {
  for (const [start, end] of runs) {
    let from = start
    for (const token of tokens) {
      if (token.end <= from || token.start >= end) continue
      if (token.start > from) yield [from, token.start]
      from = token.end
    }
    if (from < end) yield [from, end]
  }
}

function inOriginal({ term, start, end, kind }: SearchTerm, { starts, ends }: Folded): SearchTerm {
  if (starts === null || ends === null) return { term, start, end, kind }
  return { term, start: starts[start]!, end: ends[end - 1]!, kind }
}
