/** Metadata filters: which documents may be hits. */

import type { Folder } from '@wenxun/tokenizer/scan'
import { foldToString } from '@wenxun/tokenizer/scan'
import type { Column } from '../columns/column.js'
import { IndexError } from '../errors.js'

export type FilterValue = string | number

/** Documents whose field has one of the values; with `excluded`, those that have none. */
export interface FilterCondition {
  readonly field: string
  readonly values: readonly FilterValue[]
  readonly excluded: boolean
}

export interface FilterBasis {
  readonly documents: number
  readonly folder: Folder
  readonly columnNames: readonly string[]
  column(name: string): Column
}

/** One byte per document, 1 where it meets every condition; null when there is none. */
export function filterDocuments(
  conditions: readonly FilterCondition[],
  basis: FilterBasis,
): Uint8Array | null {
  if (conditions.length === 0) return null
  const passing = new Uint8Array(basis.documents).fill(1)
  for (const { field, values, excluded } of conditions) {
    if (!basis.columnNames.includes(field)) throw unknownField(field, basis.columnNames)
    const column = basis.column(field)
    const marked = markValues(column, values, basis.folder)
    for (let document = 0; document < passing.length; document++) {
      if (column.hasAny(document, marked) === excluded) passing[document] = 0
    }
  }
  return passing
}

function unknownField(name: string, names: readonly string[]): IndexError {
  const known = names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`
  return new IndexError('BAD_OPTION', `The index has no field ${JSON.stringify(name)}; ${known}.`)
}

function markValues(column: Column, wanted: readonly FilterValue[], folder: Folder): Uint8Array {
  const fold = (value: FilterValue) => foldToString(folder.fold(String(value)))
  const folded = wanted.map(fold)
  return Uint8Array.from(column.values, (value) => {
    if (column.kind === 'number') return wanted.some((item) => Number(item) === value) ? 1 : 0
    const text = fold(value)
    if (column.kind === 'date') return folded.some((item) => text.startsWith(item)) ? 1 : 0
    return folded.includes(text) ? 1 : 0
  })
}
