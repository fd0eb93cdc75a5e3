/** Metadata fields of several segments, as those of one build of their documents. */

import { pack } from 'msgpackr'
import { ByteWriter } from '../bytes/byte-writer.js'
import { Column } from '../columns/column.js'
import { DATE_FIELD } from '../columns/column-writer.js'
import type { SegmentView } from './segment-view.js'

/** Names of the fields of which any document that is left has a value, in order. */
export function mergedColumnNames(views: readonly SegmentView[]): string[] {
  const names = new Set<string>()
  for (const view of views) {
    const { columns } = view.segment.metadata
    for (const [position, name] of columns.entries()) {
      if (names.has(name)) continue
      const isWhole = view.documents.gone.length === 0
      if (isWhole || hasValue(view, view.segment.column(position))) names.add(name)
    }
  }
  return [...names].sort()
}

function hasValue({ documents }: SegmentView, column: Column): boolean {
  for (let i = 0; i < documents.count; i++) {
    if (column.firstOrdinal(documents.original(i)) >= 0) return true
  }
  return false
}

/** The column of a name; see columns/column-writer.ts for its bytes. */
export function mergedColumn(name: string, views: readonly SegmentView[]): Column {
  const parts = views.map((view) => partOf(name, view))
  const numeric = parts.every((part) => part.isNumeric)
  const all = parts.flatMap((part) => part.values)
  const keyOf = (value: string | number) => (numeric ? Number(value) : String(value))
  const values = [...new Set(all.map(keyOf))].sort(ascending)
  const ordinalOf = new Map(values.map((value, ordinal) => [value, ordinal]))
  const ordinals = new ByteWriter()
  let documents = 0
  for (const [i, { column }] of parts.entries()) {
    const left = views[i]!.documents
    const own = Array.from(column?.values ?? [], (value) => ordinalOf.get(keyOf(value)) ?? NONE)
    for (let k = 0; k < left.count; k++) {
      const before = column?.ordinalsOf(left.original(k)) ?? []
      const after = Array.from(before, (ordinal) => own[ordinal]!).sort((a, b) => a - b)
      ordinals.varint(after.length)
      for (const ordinal of after) ordinals.varint(ordinal)
    }
    documents += left.count
  }
  const plainKind = numeric ? 'number' : 'keyword'
  const kind = name === DATE_FIELD ? 'date' : plainKind
  return new Column(pack([name, kind, values, ordinals.finish()]), documents)
}

const NONE = -1

interface ColumnPart {
  readonly column: Column | null
  /** Values that a document that is left has. */
  readonly values: readonly (string | number)[]
  /** Whether the documents that are left were given nothing but numbers. */
  readonly isNumeric: boolean
}

function partOf(name: string, view: SegmentView): ColumnPart {
  const position = view.segment.metadata.columns.indexOf(name)
  if (position < 0) return { column: null, values: [], isNumeric: true }
  const column = view.segment.column(position)
  if (view.documents.gone.length === 0) {
    return { column, values: column.values, isNumeric: typeof column.values[0] === 'number' }
  }
  const used = new Uint8Array(column.values.length)
  for (let i = 0; i < view.documents.count; i++) {
    for (const ordinal of column.ordinalsOf(view.documents.original(i))) used[ordinal] = 1
  }
  const values = column.values.filter((_, ordinal) => used[ordinal] === 1)
  return { column, values, isNumeric: isNumeric(name, values, view) }
}

/** A column of texts may have lost those that were no numbers; only the documents can tell. */
function isNumeric(name: string, values: ColumnPart['values'], view: SegmentView): boolean {
  if (values.every((value) => typeof value === 'number')) return true
  if (values.some((value) => String(Number(value)) !== value)) return false
  const { documents, segment } = view
  for (let i = 0; i < documents.count; i++) {
    const { meta, date } = segment.documents.get(documents.original(i))
    if (name === DATE_FIELD && date !== null) return false
    const value = Object.hasOwn(meta, name) ? meta[name] : undefined
    if (typeof value === 'string' || (Array.isArray(value) && value.length > 0)) return false
  }
  return true
}

function ascending(a: string | number, b: string | number): number {
  return Number(a > b) - Number(a < b)
}
