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

  /** `expected`: the name that the metadata gives the column, where it is known. */
  constructor(bytes: Uint8Array, documents: number, expected?: string) {
    const parts = unpack(bytes)
    if (!Array.isArray(parts) || parts.length !== 4) throw corrupt('a column is broken')
    const [name, kind, values, ordinals] = parts
    if (typeof name !== 'string' || !KINDS.includes(kind) || !Array.isArray(values)) {
      throw corrupt('a column lacks its name, kind or values')
    }
    if (name !== (expected ?? name)) throw corrupt(`column ${expected} calls itself ${name}`)
    this.name = name
    this.kind = kind as ColumnKind
    this.values = values.map((value) => {
      if (typeof value === 'string' || Number.isFinite(value)) return value as string | number
      throw corrupt(`column ${name} has a value that is neither text nor number`)
    })
    if (!(ordinals instanceof Uint8Array)) throw corrupt(`column ${name} has no ordinals`)
    const reader = new ByteReader(ordinals, `column ${name}`)
    const starts = new Uint32Array(documents + 1)
    // Each takes a byte or more.
    const flat = new Uint32Array(ordinals.length)
    let filled = 0
    for (let document = 0; document < documents; document++) {
      let before = -1
      for (let count = reader.varint(); count > 0; count--) {
        const ordinal = reader.varint()
        if (ordinal <= before || ordinal >= values.length) throw corrupt(`column ${name} is broken`)
        before = ordinal
        flat[filled++] = ordinal
      }
      starts[document + 1] = filled
    }
    this.#starts = starts
    this.#ordinals = flat.slice(0, filled)
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
