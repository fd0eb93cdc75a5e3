/**
 * Which term piece holds a term. Terms up to U+2E80, Latin ones and numbers, stand in order, and the
 * core has the first of every piece. The others are Chinese, mostly pairs of characters, and stand
 * by their first unit: a character with many has some pieces of its own, among which the second unit
 * chooses, and others share one. So the core needs only how many pieces begin at a character.
 *
 *   terms = the first of every piece of Latin ones (core-lists.ts) · per character with a count, by
 *           its first unit from U+2E80 on, each once, ascending: pieces that begin there
 *
 * A unit at which no piece begins belongs to the last one before it at which some do.
 */

import { lastStart } from '../bytes/last-start.js'
import type { NumberDecoder } from '../bytes/number-decoder.js'
import * as Context from './contexts.js'
import { digitsOf, readTerms } from './core-lists.js'

/** From this one on, units have pieces of their own. */
export const FIRST_UNIT = 0x2e80

/** Among so many pieces that begin at a term's first unit, the one that holds it. */
export function pieceOf(term: string, count: number): number {
  // The high bits of a product that spreads neighbours.
  return count < 2 ? 0 : (Math.imul(term.charCodeAt(1) | 0, 0x9e3779b1) >>> 8) % count
}

/** First units from FIRST_UNIT on of characters that have a count, with the count, ascending. */
export function countedUnits(rows: ReadonlyMap<string, number>): [unit: number, rows: number][] {
  const units = new Map<number, number>()
  for (const [character, count] of rows) {
    const unit = character.charCodeAt(0)
    if (unit >= FIRST_UNIT) units.set(unit, (units.get(unit) ?? 0) + count)
  }
  return [...units].sort(([a], [b]) => a - b)
}

export class TermRanges {
  readonly #firstTerms: readonly string[]
  /** Units at which pieces begin, and the first of these; behind them how many pieces there are. */
  readonly #units: readonly number[]
  readonly #firsts: readonly number[]

  private constructor(firstTerms: readonly string[], units: number[], firsts: number[]) {
    this.#firstTerms = firstTerms
    this.#units = units
    this.#firsts = firsts
  }

  static read(numbers: NumberDecoder, rows: ReadonlyMap<string, number>): TermRanges {
    const firstTerms = readTerms(numbers)
    const units: number[] = []
    const firsts = [firstTerms.length]
    for (const [unit, held] of countedUnits(rows)) {
      const count = numbers.number(Context.termPieces + digitsOf(held))
      if (count === 0) continue
      units.push(unit)
      firsts.push(firsts.at(-1)! + count)
    }
    return new TermRanges(firstTerms, units, firsts)
  }

  get count(): number {
    return this.#firsts.at(-1)!
  }

  /** The piece that holds a term, if any does. */
  indexOf(term: string): number {
    const [first, count] = this.#piecesAt(term)
    return first + pieceOf(term, count)
  }

  /** The pieces that may hold terms with a prefix. */
  withPrefix(prefix: string): number[] {
    const [first, count] = this.#piecesAt(prefix)
    const isSpread = prefix.length === 1 && count > 1
    const start = isSpread ? first : this.indexOf(prefix)
    const end = isSpread ? first + count : this.indexOf(`${prefix}\uffff`) + 1
    return Array.from({ length: end - start }, (_, i) => start + i)
  }

  /** The first of the pieces that begin at a term's first unit, and how many. */
  #piecesAt(term: string): readonly [first: number, count: number] {
    const place = lastStart(this.#units, term.charCodeAt(0))
    if (place < 0) return [Math.max(0, lastStart(this.#firstTerms, term)), 1]
    const first = this.#firsts[place]!
    return [first, this.#firsts[place + 1]! - first]
  }
}
