/**
 * A part of a query as something that a text contains or not: runs and tokens in order.
 *
 * Between two elements the text may have white space; where the query has punctuation or space
 * there, the text may have any of it or none. An exact phrase asks for the same punctuation.
 */

import type { ScannedText, ScannedToken } from './scanned-text.js'
import { type Piece, tokenForms } from './token-forms.js'

export interface PhraseElement {
  /** A run's folded text, or a token's term. */
  readonly term: string
  readonly isRun: boolean
  /** Whether any token that begins with the term will do. */
  readonly isPrefix?: boolean
  /** Folded text between the element before and this one, without white space; '' for none. */
  readonly separator: string
  /** Whether anything at all stood between. */
  readonly separated: boolean
}

export interface Phrase {
  readonly elements: readonly PhraseElement[]
}

/** A span in folded units. */
export interface UnitSpan {
  readonly start: number
  readonly end: number
}

/**
 * The ways to read a query part, most literal first: as it stands, with compound tokens taken
 * apart, with Chinese numerals replaced by their values. Empty when the part has no terms.
 */
export function phrasesOf(scanned: ScannedText): Phrase[] {
  const { text, runs, tokens } = scanned
  const pieces: Piece[] = runs.map(({ start, end }) => {
    return { term: text.slice(start, end), isRun: true, start, end }
  })
  if (pieces.length + tokens.length === 0) return []
  const forms = tokens.length === 0 ? [pieces] : tokenForms(scanned, pieces)
  return forms.map((form) => ({ elements: toElements(text, form) }))
}

function toElements(text: string, pieces: readonly Piece[]): PhraseElement[] {
  return pieces.map(({ term, isRun, start }, i) => {
    const between = i === 0 ? '' : text.slice(pieces[i - 1]!.end, start)
    return { term, isRun, separator: between.replace(/\s+/g, ''), separated: between !== '' }
  })
}

/** Whether a phrase has more than runs, so that texts must be scanned for tokens to find it. */
export function asksForTokens({ elements }: Phrase): boolean {
  return elements.some(({ isRun }) => !isRun)
}

/**
 * Occurrences of a phrase: for each, the spans of its elements. `exact` asks for the query's
 * punctuation between elements.
 */
export function findPhrase(phrase: Phrase, scanned: ScannedText, exact: boolean): UnitSpan[][] {
  const tokensAt = indexTokens(scanned)
  const found: UnitSpan[][] = []
  for (const span of occurrences(phrase.elements[0]!, scanned)) {
    const spans = follow(phrase.elements, scanned, tokensAt, span, exact)
    if (spans !== null) found.push(spans)
  }
  return found
}

function* occurrences(element: PhraseElement, scanned: ScannedText): Generator<UnitSpan> {
  const { term } = element
  if (!element.isRun) {
    for (const token of scanned.tokens) if (isToken(element, token)) yield token
    return
  }
  for (let at = scanned.text.indexOf(term); at >= 0; at = scanned.text.indexOf(term, at + 1)) {
    yield { start: at, end: at + term.length }
  }
}

function indexTokens({ tokens }: ScannedText): Map<number, ScannedToken[]> {
  const byStart = new Map<number, ScannedToken[]>()
  for (const token of tokens) {
    const list = byStart.get(token.start)
    if (list === undefined) byStart.set(token.start, [token])
    else list.push(token)
  }
  return byStart
}

function follow(
  elements: readonly PhraseElement[],
  scanned: ScannedText,
  tokensAt: ReadonlyMap<number, ScannedToken[]>,
  first: UnitSpan,
  exact: boolean,
): UnitSpan[] | null {
  const spans = [first]
  for (const element of elements.slice(1)) {
    const at = skipSeparator(scanned.text, spans.at(-1)!.end, element, exact)
    const end = at < 0 ? -1 : endOf(element, scanned, tokensAt, at)
    if (end < 0) return null
    spans.push({ start: at, end })
  }
  return spans
}

function endOf(
  element: PhraseElement,
  scanned: ScannedText,
  tokensAt: ReadonlyMap<number, ScannedToken[]>,
  at: number,
): number {
  const { term } = element
  if (element.isRun) return scanned.text.startsWith(term, at) ? at + term.length : -1
  return tokensAt.get(at)?.find((token) => isToken(element, token))?.end ?? -1
}

function isToken({ term, isPrefix }: PhraseElement, token: ScannedToken): boolean {
  return isPrefix ? token.term.startsWith(term) : token.term === term
}

const SEPARATOR = /^[^\p{L}\p{N}]$/u
const SPACE = /^\s$/

/** Where the next element may start, or −1. */
function skipSeparator(text: string, from: number, element: PhraseElement, exact: boolean): number {
  let at = from
  let passed = ''
  while (at < text.length) {
    const char = String.fromCodePoint(text.codePointAt(at)!)
    if (!SPACE.test(char)) {
      if (!element.separated || !SEPARATOR.test(char)) break
      passed += char
    }
    at += char.length
  }
  return exact && passed !== element.separator ? -1 : at
}
