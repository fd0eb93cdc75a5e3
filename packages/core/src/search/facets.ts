/** Counts the values of metadata fields over matching rows. */

import type { Column } from '../columns/column.js'
import type { FacetValue } from '../model.js'
import type { ScoredRow } from './top-hits.js'

/** Values that occur, most rows first; ties in order of the values. */
export function countValues(
  rows: readonly ScoredRow[],
  column: Column,
  documentOf: (row: number) => number,
): FacetValue[] {
  const counts = new Uint32Array(column.values.length)
  for (const { row } of rows) {
    for (const ordinal of column.ordinalsOf(documentOf(row))) counts[ordinal]!++
  }
  return column.values
    .map((value, ordinal) => ({ value, count: counts[ordinal]! }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
}
