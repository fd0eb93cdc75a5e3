/** Rows whose texts need not be asked. */

import type { PlannedPart } from '../query/query-plan.js'
import { knownRows } from './phrase-rows.js'
import { uniteRows } from './row-merge.js'
import { type ScoredRow, sortedRows } from './top-hits.js'

const NO_ROWS: Int32Array = new Int32Array(0)

/**
 * Those of the pool that are known to contain the parts, whatever their texts say; not those that
 * may be there for their title.
 */
export function knownAmong(
  parts: readonly PlannedPart[],
  pool: readonly ScoredRow[],
  titled: Int32Array,
): ReadonlySet<number> {
  if (pool.length === 0) return new Set()
  let rows = sortedRows(pool)
  for (const { phrases } of parts) {
    const asked = phrases.filter(({ required }) => required !== null)
    if (asked.every(({ isExact }) => isExact)) continue
    let union: Int32Array = NO_ROWS
    // A row that may be here for another phrase: only a word's list is proof.
    for (const phrase of asked) {
      const known = knownRows({ ...phrase, isExact: false }, rows)
      union = uniteRows(
        union,
        rows.filter((_, i) => known[i]! > 0),
      )
    }
    rows = union
  }
  return new Set(rows.filter((row) => !titled.includes(row)))
}
