/** Rows after the second look, and their order. */

import { SpellingMatch } from './text-scorer.js'
import type { ScoredRow } from './top-hits.js'

/** A row after the second look. */
export interface LookedRow extends ScoredRow {
  readonly spelling?: SpellingMatch
}

/**
 * Puts the first `count` rows, which had a second look, in order; the others are in order behind
 * them.
 *
 * Where one of them is spelt as it was typed, those that spell another word (幹燥 for 乾燥) come
 * last. Otherwise the spelling decides between equal scores: converters between scripts guess
 * wrong too often (行政複議 for 行政復議) to let it outweigh a score.
 */
export function inOrder(rows: readonly LookedRow[], count: number): ScoredRow[] {
  const looked = rows.slice(0, count)
  const { asTyped, otherWord } = SpellingMatch
  const isTyped = looked.some(({ spelling }) => spelling === asTyped)
  const last = ({ spelling }: LookedRow) => Number(isTyped && spelling === otherWord)
  looked.sort(
    (a, b) =>
      last(a) - last(b) ||
      b.score - a.score ||
      (b.spelling ?? asTyped) - (a.spelling ?? asTyped) ||
      a.row - b.row,
  )
  return [...looked, ...rows.slice(count)].map(({ row, score }) => ({ row, score }))
}
