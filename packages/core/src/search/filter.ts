/** Metadata filters: which documents may be hits. */

import { type Folder, foldToString } from '@wenxun/tokenizer/scan'
import type { Column } from '../columns/column.js'
import { IndexError } from '../errors.js'
import type { FilterRange } from '../model.js'
import type { FieldNode } from '../query/query.js'

export type FilterValue = string | number | FilterRange

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
    const tests = values.map((value) => testOf(value, column.kind, basis.folder))
    const marked = Uint8Array.from(column.values, (value) =>
      tests.some((test) => test(value)) ? 1 : 0,
    )
    for (let document = 0; document < passing.length; document++) {
      if (column.hasAny(document, marked) === excluded) passing[document] = 0
    }
  }
  return passing
}

/** The error of a field that no document has. */
export function unknownField(name: string, names: readonly string[]): IndexError {
  const known = names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`
  return new IndexError('BAD_OPTION', `The index has no field ${JSON.stringify(name)}; ${known}.`)
}

const RANGE = /^(.*?)\.\.(.*)$/su
const COMPARISON = /^([<>]=?)(.+)$/su

/** What `field:value` asks for: `a..b`, `>=a`, `<b`, or a value. */
export function fieldCondition({ field, value, quoted }: FieldNode, folder: Folder) {
  const text = foldToString(folder.fold(value)).trim()
  const values: FilterValue[] = [(quoted ? null : rangeOf(text)) ?? text]
  return { field, values, excluded: false }
}

function rangeOf(text: string): FilterRange | null {
  const [, from = '', to = ''] = RANGE.exec(text) ?? []
  if (from + to !== '') return { ...(from && { from }), ...(to && { to }) }
  const [, sign = '', bound = ''] = COMPARISON.exec(text) ?? []
  if (bound === '') return null
  const range = sign[0] === '>' ? { from: bound } : { to: bound }
  return sign.length === 1 ? { ...range, exclusive: true } : range
}

type Test = (value: string | number) => boolean

function testOf(wanted: FilterValue, kind: Column['kind'], folder: Folder): Test {
  const fold = (value: string | number) => foldToString(folder.fold(String(value)))
  const isDate = kind === 'date'
  const read = (value: string | number) => (isDate ? isoDate(fold(value)) : fold(value))
  if (typeof wanted === 'object') {
    const { from, to, exclusive = false } = wanted
    const [least, most] = [from, to].map((bound) => (bound === undefined ? null : read(bound)))
    return (value) => {
      const own = fold(value)
      return (
        isAbove(own, least ?? null, isDate, exclusive) &&
        isBelow(own, most ?? null, isDate, exclusive)
      )
    }
  }
  if (kind === 'number') return (value) => Number(wanted) === value
  const text = read(wanted)
  return (value) => (isDate ? fold(value).startsWith(text) : fold(value) === text)
}

/** A date that is only a year or month lies in a range that it overlaps. */
function isAbove(own: string, from: string | null, isDate: boolean, exclusive: boolean): boolean {
  if (from === null) return true
  if (isDate && own !== from && from.startsWith(own)) return true
  const order = compare(own, from)
  return exclusive ? order > 0 && !(isDate && own.startsWith(from)) : order >= 0
}

function isBelow(own: string, to: string | null, isDate: boolean, exclusive: boolean): boolean {
  if (to === null) return true
  const order = compare(own, to)
  return exclusive ? order < 0 : order <= 0 || (isDate && own.startsWith(to))
}

/** Numbers by their value, everything else by its units. */
function compare(a: string, b: string): number {
  const difference = Number(a) - Number(b)
  if (!Number.isNaN(difference)) return difference
  return a < b ? -1 : Number(a > b)
}

const DATE = /^(\d{4})\D+(\d{1,2})(?:\D+(\d{1,2}))?\D*$/

/** `2025/3/1` and 2025年3月1日 as `2025-03-01`; anything else as it is. */
function isoDate(text: string): string {
  const [, ...parts] = DATE.exec(text) ?? []
  if (parts.length === 0) return text.replace(/年$/, '')
  return parts.flatMap((part) => (part === undefined ? [] : [part.padStart(2, '0')])).join('-')
}
