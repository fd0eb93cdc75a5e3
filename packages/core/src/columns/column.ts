/** One metadata field of all documents, for filters, facets and sorting. Bytes: column-writer.ts. */

import { ByteReader } from '../bytes/byte-reader.js'
import { unpack } from '../bytes/msgpack.js'
import { corrupt } from '../errors.js'

/** `keyword`: text; `number`; `date`: ISO text that a prefix selects. */
export type ColumnKind = 'keyword' | 'number' | 'date'

const KINDS: readonly unknown[] = ['keyword', 'number', 'date']

export class Column {
  readonly name: string
  readonly kind: ColumnKind
  /** Distinct values, ascending. */
  readonly values: readonly (string | number)[]
  readonly #starts: Uint32Array
  readonly #ordinals: Uint32Array

  constructor(bytes: Uint8Array, documents: number) {
    const parts = unpack(bytes)
    if (!Array.isArray(parts) || parts.length !== 4) throw corrupt('a column is broken')
    const [name, kind, values, ordinals] = parts
    if (typeof name !== 'string' || !KINDS.includes(kind) || !Array.isArray(values)) {
      throw corrupt('a column lacks its name, kind or values')
    }
    this.name = name
    this.kind = kind as ColumnKind
    this.values = values.map((value) => (typeof value === 'number' ? value : String(value)))
    if (!(ordinals instanceof Uint8Array)) throw corrupt(`column ${name} has no ordinals`)
    const reader = new ByteReader(ordinals, `column ${name}`)
    const starts = new Uint32Array(documents + 1)
    const flat: number[] = []
    for (let document = 0; document < documents; document++) {
      for (let count = reader.varint(); count > 0; count--) flat.push(reader.varint())
      starts[document + 1] = flat.length
    }
    if (flat.some((ordinal) => ordinal >= values.length)) throw corrupt(`column ${name} is broken`)
    this.#starts = starts
    this.#ordinals = Uint32Array.from(flat)
  }

  /** Ordinals of a document's values, ascending; empty when it has none. */
  ordinalsOf(document: number): Uint32Array {
    return this.#ordinals.subarray(this.#starts[document]!, this.#starts[document + 1]!)
  }

  /** Smallest ordinal of a document, or −1. */
  firstOrdinal(document: number): number {
    const start = this.#starts[document]!
    return start < this.#starts[document + 1]! ? this.#ordinals[start]! : -1
  }

  /** Whether a document has a value whose ordinal is marked. */
  hasAny(document: number, marked: Uint8Array): boolean {
    const end = this.#starts[document + 1]!
    for (let i = this.#starts[document]!; i < end; i++) if (marked[this.#ordinals[i]!]) return true
    return false
  }
}
