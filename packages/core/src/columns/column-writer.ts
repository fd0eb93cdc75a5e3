/**
 * Metadata values turned by ninety degrees: per field its distinct values in order, and per
 * document the ordinals of its values. One field is one chunk, so a filter reads only its own.
 *
 *   chunk    = MessagePack [name, kind, values, ordinals binary]
 *   ordinals = per document: count varint · ordinal varint × count
 */

import { pack } from 'msgpackr'
import { ByteWriter } from '../bytes/byte-writer.js'
import type { MetaValue } from '../model.js'
import { ChunkWriter, type Deflate } from '../segment/chunks.js'
import type { ColumnKind } from './column.js'

/** The field that holds a document's date; its values compare as text (ISO 8601). */
export const DATE_FIELD = 'date'

export class ColumnsWriter {
  readonly #fields = new Map<string, Map<number, (string | number)[]>>()
  #documents = 0

  /** Takes the next document's metadata and date. */
  add(meta: Readonly<Record<string, MetaValue>>, date: string | null): void {
    const document = this.#documents++
    for (const [name, value] of Object.entries(meta)) {
      this.#put(name, document, Array.isArray(value) ? value : [value])
    }
    if (date !== null) this.#put(DATE_FIELD, document, [date])
  }

  /** The texts among the values. */
  *texts(): Generator<string> {
    for (const byDocument of this.#fields.values()) {
      for (const values of byDocument.values()) {
        for (const value of values) if (typeof value === 'string') yield value
      }
    }
  }

  /** The section COLS and the names of its columns, in order of chunks. */
  finish(deflate: Deflate): { chunks: Uint8Array; names: string[] } {
    const chunks = new ChunkWriter(deflate, Number.POSITIVE_INFINITY)
    const names = [...this.#fields.keys()].sort()
    for (const name of names) {
      chunks.piece(this.#column(name, this.#fields.get(name) ?? new Map()))
      chunks.close()
    }
    return { chunks: chunks.finish(), names }
  }

  #put(name: string, document: number, values: (string | number)[]): void {
    if (values.length === 0) return
    const field = this.#fields.get(name) ?? new Map()
    field.set(document, [...(field.get(document) ?? []), ...values])
    this.#fields.set(name, field)
  }

  #column(name: string, byDocument: Map<number, (string | number)[]>): Uint8Array {
    const all = [...byDocument.values()].flat()
    const numeric = all.every((value) => typeof value === 'number')
    const plainKind = numeric ? 'number' : 'keyword'
    const kind: ColumnKind = name === DATE_FIELD ? 'date' : plainKind
    const keyOf = (value: string | number) => (numeric ? value : String(value))
    const values = [...new Set(all.map(keyOf))].sort(ascending)
    const ordinalOf = new Map(values.map((value, ordinal) => [value, ordinal]))
    const ordinals = new ByteWriter()
    for (let document = 0; document < this.#documents; document++) {
      const own = (byDocument.get(document) ?? []).map((value) => ordinalOf.get(keyOf(value)) ?? 0)
      const distinct = [...new Set(own)].sort((a, b) => a - b)
      ordinals.varint(distinct.length)
      for (const ordinal of distinct) ordinals.varint(ordinal)
    }
    return pack([name, kind, values, ordinals.finish()])
  }
}

function ascending(a: string | number, b: string | number): number {
  return Number(a > b) - Number(a < b)
}
