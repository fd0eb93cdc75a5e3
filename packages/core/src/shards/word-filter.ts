/**
 * Tells searches that may hold a regional word from those that hold none, so that only they fetch
 * the words: the pairs of characters that words begin with, each as a number of FILTER_BITS.
 *
 *   filter = how many · per number, ascending: step to it
 */

import type { NumberDecoder } from '../bytes/number-decoder.js'
import * as Context from './contexts.js'

/** One in 100 other pairs has the number of one of 300. */
const FILTER_BITS = 15

/** The number of the pair at a place in a text. */
export function pairNumber(text: string, at: number): number {
  const pair = (text.charCodeAt(at) << 16) | text.charCodeAt(at + 1)
  return Math.imul(pair ^ (pair >>> 15), 0x9e3779b1) >>> (32 - FILTER_BITS)
}

export function readWordFilter(numbers: NumberDecoder): ReadonlySet<number> {
  const pairs = new Set<number>()
  let pair = 0
  for (let count = numbers.number(Context.count); count > 0; count--) {
    pair += numbers.number(Context.filterStep)
    pairs.add(pair)
  }
  return pairs
}

/** Whether a folded text may hold one of the words. */
export function mayHoldWord(filter: ReadonlySet<number>, text: string): boolean {
  for (let at = 0; at + 1 < text.length; at++) {
    if (filter.has(pairNumber(text, at))) return true
  }
  return false
}
