/** Orders hits by a metadata field instead of their score. */

import type { Column } from '../columns/column.js'
import type { ScoredRow } from './top-hits.js'

/** By the document's first value; documents without one come last; ties keep their order. */
export function sortRows(
  rows: readonly ScoredRow[],
  column: Column,
  documentOf: (row: number) => number,
  descending: boolean,
): ScoredRow[] {
  const keyed = rows.map((hit) => ({ hit, key: column.firstOrdinal(documentOf(hit.row)) }))
  const sign = descending ? -1 : 1
  keyed.sort((a, b) => {
    if (a.key < 0 || b.key < 0) return Number(a.key < 0) - Number(b.key < 0)
    return sign * (a.key - b.key)
  })
  return keyed.map(({ hit }) => hit)
}
