/** Orders hits by a metadata field instead of their score. */

import type { Column } from '../columns/column.js'
import type { ScoredRow } from './top-hits.js'

/** `sort` names a field, with `:asc` or `:desc` behind it. */
export function sortBy(
  sort: string,
  rows: readonly ScoredRow[],
  columnOf: (name: string) => Column,
  documentOf: (row: number) => number,
): ScoredRow[] {
  const [, name = sort, order] = /^(.+?)(?::(asc|desc))?$/.exec(sort) ?? []
  return sortRows(rows, columnOf(name), documentOf, order === 'desc')
}

/**
 * By the document's first value; documents without one come last; ties keep their order. Values
 * are in order already, so every hit is put where those of its value go: that takes milliseconds
 * for as many hits as an index may have, and a search that is given up need not wait for it.
 */
export function sortRows(
  rows: readonly ScoredRow[],
  column: Column,
  documentOf: (row: number) => number,
  descending: boolean,
): ScoredRow[] {
  const count = column.values.length
  const places = Uint32Array.from(rows, ({ row }) => {
    const ordinal = column.firstOrdinal(documentOf(row))
    if (ordinal < 0) return count
    return descending ? count - 1 - ordinal : ordinal
  })
  const next = new Uint32Array(count + 2)
  for (const place of places) next[place + 1]!++
  for (let place = 1; place <= count; place++) next[place]! += next[place - 1]!
  const sorted = new Array<ScoredRow>(rows.length)
  for (const [i, hit] of rows.entries()) sorted[next[places[i]!]!++] = hit
  return sorted
}
