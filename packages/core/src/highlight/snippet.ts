/** Chooses the piece of a paragraph that shows the most of what was asked for. */

import type { SnippetPart } from '../model.js'

/** A marked span in original UTF-16 units, with what it says. */
export interface MarkedSpan {
  readonly start: number
  readonly end: number
  readonly term: string
  readonly weight: number
}

export interface Snippet {
  readonly parts: SnippetPart[]
  /** UTF-16 offset of the first part in the paragraph. */
  readonly start: number
}

const SENTENCE_END = /[。！？!?；;\n]/
const CLAUSE_END = /[，,、：:）)》」”]/
/** How far a cut may move to reach a better place, as a share of the snippet's length. */
const REACH = 0.35

export function makeSnippet(
  text: string,
  spans: readonly MarkedSpan[],
  highlights: readonly (readonly [number, number])[],
  length: number,
): Snippet {
  const [start, end] =
    text.length <= length ? [0, text.length] : chooseWindow(text, spans, highlights, length)
  return { parts: split(text, start, end, highlights), start }
}

function chooseWindow(
  text: string,
  spans: readonly MarkedSpan[],
  highlights: readonly (readonly [number, number])[],
  length: number,
): [number, number] {
  const anchor = bestAnchor(spans, length)
  const lead = Math.floor(length * REACH)
  let start = Math.max(0, Math.min(anchor - lead, text.length - length))
  start = startOfClause(text, start, anchor)
  let end = Math.min(text.length, start + length)
  end = endOfClause(text, end, Math.max(anchor, end - lead))
  for (const [from, to] of highlights) {
    if (from < start && to > start) start = from
    if (from < end && to > end) end = to
  }
  return [wholeStart(text, start), wholeEnd(text, end)]
}

/** Start of the span from which `length` units hold the most distinct weight. */
function bestAnchor(spans: readonly MarkedSpan[], length: number): number {
  let best = -1
  let anchor = 0
  const counts = new Map<string, number>()
  let sum = 0
  let behind = 0
  for (const [i, first] of spans.entries()) {
    const limit = first.start + length * (1 - REACH)
    while (behind < spans.length && (behind <= i || spans[behind]!.end <= limit)) {
      const { term, weight } = spans[behind++]!
      const count = counts.get(term) ?? 0
      if (count === 0) sum += weight
      counts.set(term, count + 1)
    }
    if (sum > best) {
      best = sum
      anchor = first.start
    }
    const count = (counts.get(first.term) ?? 1) - 1
    counts.set(first.term, count)
    if (count === 0) sum -= first.weight
  }
  return anchor
}

/** Moves a start forward, at most to `limit`, behind the end of a sentence or else a clause. */
function startOfClause(text: string, start: number, limit: number): number {
  if (start === 0) return 0
  for (const pattern of [SENTENCE_END, CLAUSE_END]) {
    for (let at = start; at < limit; at++) {
      if (pattern.test(text[at]!)) return skipClosing(text, at + 1, limit)
    }
  }
  return start
}

const CLOSING = /[\s。，,、；;：:！!？?）)】\]》〉」』”’"]/

/** What stands behind the end of a clause belongs to it: closing marks, more punctuation, space. */
function skipClosing(text: string, from: number, limit: number): number {
  let at = from
  while (at < limit && CLOSING.test(text[at]!)) at++
  return at
}

/** Moves an end backward, at least to `limit`, behind the end of a sentence or else a clause. */
function endOfClause(text: string, end: number, limit: number): number {
  if (end === text.length) return end
  for (const pattern of [SENTENCE_END, CLAUSE_END]) {
    for (let at = end; at > limit; at--) if (pattern.test(text[at - 1]!)) return at
  }
  return end
}

const WORD = /[\p{L}\p{N}\p{M}]/u
const HAN = /\p{Script=Han}/u

const ZERO_WIDTH_JOINER = 0x200d
/** Belongs to the character before: marks, variation selectors, joiners, skin tones, tags. */
const EXTENDS = /\p{M}|\u200d|[\u{1f3fb}-\u{1f3ff}]|[\u{e0020}-\u{e007f}]/u

/** Whether a cut before `at` would split a surrogate pair, a cluster or a Latin word. */
function splits(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return false
  const before = text.charCodeAt(at - 1)
  if ((before & 0xfc00) === 0xd800) return true
  const next = String.fromCodePoint(text.codePointAt(at)!)
  if (EXTENDS.test(next) || before === ZERO_WIDTH_JOINER) return true
  const isWord = (char: string) => WORD.test(char) && !HAN.test(char)
  return isWord(text[at - 1]!) && isWord(next)
}

/** Longest step to the edge of a word; a longer "word" is cut where it is. */
const WORD_REACH = 24

function wholeStart(text: string, start: number): number {
  for (let at = start; at > start - WORD_REACH && at >= 0; at--) if (!splits(text, at)) return at
  return (text.charCodeAt(start) & 0xfc00) === 0xdc00 ? start - 1 : start
}

function wholeEnd(text: string, end: number): number {
  for (let at = end; at < end + WORD_REACH && at <= text.length; at++) {
    if (!splits(text, at)) return at
  }
  return (text.charCodeAt(end - 1) & 0xfc00) === 0xd800 ? end + 1 : end
}

function split(
  text: string,
  start: number,
  end: number,
  highlights: readonly (readonly [number, number])[],
): SnippetPart[] {
  const parts: SnippetPart[] = []
  const push = (from: number, to: number, hit: boolean) => {
    if (to > from) parts.push({ text: text.slice(from, to), hit })
  }
  let at = start
  for (const [from, to] of highlights) {
    if (to <= start || from >= end) continue
    push(at, Math.max(at, from), false)
    push(Math.max(at, from), Math.min(to, end), true)
    at = Math.min(to, end)
  }
  push(at, end, false)
  return parts
}
