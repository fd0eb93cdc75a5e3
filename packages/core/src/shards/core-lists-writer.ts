/** Lists in the core of a bundle, written; core-lists.ts reads them. */

import type { NumberEncoder } from '../bytes/number-encoder.js'
import { ONE_BYTE_CODES } from '../segment/format.js'
import * as Context from './contexts.js'
import { BY_PARAGRAPH, digitsOf } from './core-lists.js'
import { LONG_HEADING } from './section-places.js'

export function writeDocumentStarts(numbers: NumberEncoder, starts: ArrayLike<number>): void {
  for (let i = 1; i < starts.length; i++) {
    numbers.number(Context.documentRows, starts[i]! - starts[i - 1]! - 1)
  }
}

/** Writes a length code for every paragraph, in one of two ways. */
export function writeLengths(
  numbers: NumberEncoder,
  lengths: Uint8Array,
  starts: ArrayLike<number>,
): void {
  const levels = new Uint8Array(starts.length - 1)
  const others: number[] = []
  for (let document = 0; document < levels.length; document++) {
    const [from, to] = [starts[document]!, starts[document + 1]!]
    levels[document] = mostCommon(lengths.subarray(from, to))
    for (let row = from; row < to; row++) {
      if (lengths[row] !== levels[document]) others.push(row)
    }
  }
  const isLevel = levels.length + others.length * 2 < lengths.length
  numbers.number(Context.lengthForm, isLevel ? 0 : BY_PARAGRAPH)
  for (const length of isLevel ? levels : lengths) numbers.byte(Context.length, length)
  if (!isLevel) return
  numbers.number(Context.count, others.length)
  for (const [i, row] of others.entries()) {
    numbers.number(Context.lengthStep, row - (others[i - 1] ?? 0))
    numbers.byte(Context.length, lengths[row]!)
  }
}

function mostCommon(codes: Uint8Array): number {
  const counts = new Map<number, number>()
  let best = codes[0] ?? 0
  for (const code of codes) {
    counts.set(code, (counts.get(code) ?? 0) + 1)
    if (counts.get(code)! > counts.get(best)!) best = code
  }
  return best
}

/** `recoding` as in store/recoder.ts; its units ascend among the one-byte codes and behind them. */
export function writeCharacters(
  numbers: NumberEncoder,
  recoding: Uint8Array,
  rows: ReadonlyMap<string, number>,
): void {
  const codes = new Map<number, number>()
  for (let at = 0; at < recoding.length; at += 2) {
    codes.set(recoding[at]! | (recoding[at + 1]! << 8), at / 2)
  }
  const rest = new Map(rows)
  let before = -1
  numbers.number(Context.count, codes.size)
  for (const [unit, code] of [...codes].sort(([a], [b]) => a - b)) {
    numbers.number(Context.unitStep, unit - before - 1)
    before = unit
    const character = String.fromCharCode(unit)
    const held = rest.get(character) ?? 0
    numbers.number(Context.isCounted, Math.min(1, held))
    if (held > 0) numbers.number(Context.characterRows, held - 1)
    rest.delete(character)
    if (codes.size <= ONE_BYTE_CODES) continue
    numbers.number(Context.isFrequent + digitsOf(held), code < ONE_BYTE_CODES ? 1 : 0)
  }
  const others = [...rest.keys()].sort()
  writeTerms(numbers, others)
  for (const character of others) numbers.number(Context.characterRows, rest.get(character)! - 1)
}

/** Writes long headings, ascending, with the paragraphs they cover. */
export function writeLongHeadings(numbers: NumberEncoder, rows: ReadonlyMap<number, number>): void {
  let before = 0
  numbers.number(Context.count, rows.size)
  for (const [section, covered] of rows) {
    numbers.number(Context.headingStep, section - before)
    numbers.number(Context.headingRows, covered - LONG_HEADING)
    before = section
  }
}

/** Writes terms in ascending order. */
export function writeTerms(numbers: NumberEncoder, terms: readonly string[]): void {
  let before = ''
  numbers.number(Context.count, terms.length)
  for (const term of terms) {
    let shared = 0
    while (shared < term.length && term[shared] === before[shared]) shared++
    numbers.number(Context.shared, shared)
    numbers.number(Context.further, term.length - shared)
    for (let i = shared; i < term.length; i++) {
      numbers.byte(Context.termHigh, term.charCodeAt(i) >>> 8)
      numbers.byte(Context.termLow, term.charCodeAt(i) & 0xff)
    }
    before = term
  }
}
