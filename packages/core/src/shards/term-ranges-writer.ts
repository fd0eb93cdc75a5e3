/** Writes which term piece holds a term; term-ranges.ts reads it. */

import type { NumberEncoder } from '../bytes/number-encoder.js'
import * as Context from './contexts.js'
import { digitsOf } from './core-lists.js'
import { writeTerms } from './core-lists-writer.js'
import { countedUnits } from './term-ranges.js'

/** What a reader is told. */
export interface PackedRanges {
  /** The first term of every piece of Latin ones. */
  readonly firstTerms: readonly string[]
  /** Pieces that begin at a unit, where there are any. */
  readonly units: ReadonlyMap<number, number>
}

/** `rows`: how many paragraphs hold a character. */
export function writeTermRanges(
  numbers: NumberEncoder,
  { firstTerms, units }: PackedRanges,
  rows: ReadonlyMap<string, number>,
): void {
  writeTerms(numbers, firstTerms)
  for (const [unit, held] of countedUnits(rows)) {
    numbers.number(Context.termPieces + digitsOf(held), units.get(unit) ?? 0)
  }
}
