/**
 * Lists in the core of a bundle, read; core-lists-writer.ts writes them. They are one stream of
 * coded numbers (bytes/number-decoder.ts), in this order:
 *
 *   documents   per document: paragraphs − 1
 *   lengths     1 · per paragraph its length code; or 0 · per document the code of its paragraphs ·
 *               others · per paragraph with another code: step to it, code
 *   alphabet    units · per unit, ascending: step to it − 1 · whether it has a count, then
 *               the count − 1 · where there are more than have one-byte codes, whether it has such a code
 *   characters  others with a count, as terms · their counts − 1
 *   headings    long ones; see section-places.ts
 *   terms       see term-ranges.ts
 *   words       see word-filter.ts
 *   packs       of terms, then of bodies; see piece-table.ts
 *   terms are   how many · per term: units in common with the one before, further units, these
 */

import type { NumberDecoder } from '../bytes/number-decoder.js'
import { ONE_BYTE_CODES } from '../segment/format.js'
import * as Context from './contexts.js'
import { LONG_HEADING } from './section-places.js'

/** Binary digits of a number, from 1 on: up to 31. */
export function digitsOf(value: number): number {
  return 32 - Math.clz32(value)
}

/** First paragraph of every document, and behind them the number of paragraphs. */
export function readDocumentStarts(numbers: NumberDecoder, documents: number): number[] {
  const starts = [0]
  let row = 0
  for (let i = 0; i < documents; i++) {
    row += numbers.number(Context.documentRows) + 1
    starts.push(row)
  }
  return starts
}

/** Lengths that are written for every paragraph, not for every document. */
export const BY_PARAGRAPH = 1

/** A length code for every paragraph. */
export function readLengths(numbers: NumberDecoder, starts: Uint32Array): Uint8Array {
  const lengths = new Uint8Array(starts.at(-1)!)
  if (numbers.number(Context.lengthForm) === BY_PARAGRAPH) {
    return lengths.map(() => numbers.byte(Context.length))
  }
  for (let i = 1; i < starts.length; i++) {
    lengths.fill(numbers.byte(Context.length), starts[i - 1], starts[i])
  }
  let row = 0
  for (let others = numbers.number(Context.count); others > 0; others--) {
    row += numbers.number(Context.lengthStep)
    lengths[row] = numbers.byte(Context.length)
  }
  return lengths
}

export interface Characters {
  /** As in store/recoder.ts. */
  readonly recoding: Uint8Array
  /** Its units. */
  readonly units: readonly string[]
  /** How many paragraphs hold a character. */
  readonly rows: ReadonlyMap<string, number>
}

export function readCharacters(numbers: NumberDecoder): Characters {
  const rows = new Map<string, number>()
  const count = numbers.number(Context.count)
  const units: string[] = []
  const frequent: number[] = []
  const others: number[] = []
  let unit = -1
  for (let i = 0; i < count; i++) {
    unit += numbers.number(Context.unitStep) + 1
    units.push(String.fromCharCode(unit))
    let held = 0
    if (numbers.number(Context.isCounted) === 1) {
      held = numbers.number(Context.characterRows) + 1
      rows.set(units.at(-1)!, held)
    }
    const isFrequent =
      count <= ONE_BYTE_CODES || numbers.number(Context.isFrequent + digitsOf(held)) === 1
    const codes = isFrequent ? frequent : others
    codes.push(unit & 0xff, unit >>> 8)
  }
  for (const character of readTerms(numbers)) {
    rows.set(character, numbers.number(Context.characterRows) + 1)
  }
  return { recoding: Uint8Array.from([...frequent, ...others]), units, rows }
}

/** Numbers of long headings with the paragraphs they cover; see section-places.ts. */
export function readLongHeadings(numbers: NumberDecoder): Map<number, number> {
  const rows = new Map<number, number>()
  let section = 0
  for (let count = numbers.number(Context.count); count > 0; count--) {
    section += numbers.number(Context.headingStep)
    rows.set(section, numbers.number(Context.headingRows) + LONG_HEADING)
  }
  return rows
}

/** Terms in ascending order. */
export function readTerms(numbers: NumberDecoder): string[] {
  const terms: string[] = []
  let term = ''
  for (let count = numbers.number(Context.count); count > 0; count--) {
    term = term.slice(0, numbers.number(Context.shared))
    for (let more = numbers.number(Context.further); more > 0; more--) {
      term += String.fromCharCode(
        numbers.byte(Context.termHigh) * 256 + numbers.byte(Context.termLow),
      )
    }
    terms.push(term)
  }
  return terms
}
