/** Writes the pairs that words begin with; word-filter.ts reads them. */

import type { NumberEncoder } from '../bytes/number-encoder.js'
import * as Context from './contexts.js'
import { pairNumber } from './word-filter.js'

/** `words` have two units or more each. */
export function writeWordFilter(numbers: NumberEncoder, words: readonly string[]): void {
  const pairs = [...new Set(words.map((word) => pairNumber(word, 0)))].sort((a, b) => a - b)
  numbers.number(Context.count, pairs.length)
  for (const [i, pair] of pairs.entries()) {
    numbers.number(Context.filterStep, pair - (pairs[i - 1] ?? 0))
  }
}
