/**
 * Whole numbers by key, several to a key, in order of the keys. Tables of two sets of documents
 * add up to the table of both.
 *
 *   count varint · keys as varint difference to the one before · per column: value varint × count
 *
 * Example: 3 → (1, 0), 5 → (2, 7) is 02 03 02 01 02 00 07.
 */

import type { ByteReader } from '../bytes/byte-reader.js'
import type { ByteWriter } from '../bytes/byte-writer.js'
import { finished, type Steps } from '../bytes/steps.js'
import { corrupt } from '../errors.js'

export class CountTable {
  /** Ascending and distinct. */
  readonly keys: Uint32Array
  /** Per column a value for every key. */
  readonly columns: readonly Uint32Array[]

  constructor(keys: Uint32Array, columns: readonly Uint32Array[]) {
    this.keys = keys
    this.columns = columns
  }

  /** A table of rows `[key, value, …]` in any order. */
  static of(rows: readonly (readonly number[])[], columns: number): CountTable {
    const sorted = [...rows].sort((a, b) => a[0]! - b[0]!)
    return new CountTable(
      Uint32Array.from(sorted, (row) => row[0]!),
      Array.from({ length: columns }, (_, column) =>
        Uint32Array.from(sorted, (row) => row[column + 1]!),
      ),
    )
  }

  /** A table of one column: the units whose count is not zero. */
  static ofUnits(counts: Int32Array | Uint32Array): CountTable {
    const keys: number[] = []
    for (let unit = 0; unit < counts.length; unit++) if (counts[unit]! > 0) keys.push(unit)
    return new CountTable(Uint32Array.from(keys), [Uint32Array.from(keys, (unit) => counts[unit]!)])
  }

  /** What the tables in `plus` hold together, less those in `minus`; keys of zeros are left out. */
  static sum(plus: readonly CountTable[], minus: readonly CountTable[] = []): CountTable {
    const [first] = plus
    if (plus.length === 1 && minus.length === 0) return first!
    const keys = distinctKeys([...plus, ...minus])
    const columns = Array.from(first?.columns ?? [], () => new Uint32Array(keys.length))
    for (const table of plus) add(table, keys, columns, 1)
    for (const table of minus) add(table, keys, columns, -1)
    return withoutZeros(keys, columns)
  }

  /** Position of a key, or −1. */
  find(key: number): number {
    const { keys } = this
    let low = 0
    let high = keys.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (keys[middle]! < key) low = middle + 1
      else high = middle
    }
    return keys[low] === key ? low : -1
  }

  encode(out: ByteWriter): void {
    const { keys, columns } = this
    out.varint(keys.length)
    for (let i = 0; i < keys.length; i++) out.varint(keys[i]! - (i === 0 ? 0 : keys[i - 1]!))
    for (const column of columns) for (const value of column) out.varint(value)
  }

  static decode(reader: ByteReader, columns: number): CountTable {
    return finished(CountTable.decoding(reader, columns))
  }

  /** The same in steps: a large table takes some milliseconds. */
  static *decoding(reader: ByteReader, columns: number): Steps<CountTable> {
    const count = reader.varint()
    if (count * (columns + 1) > reader.remaining) throw corrupt('a table of counts ends too early')
    const keys = new Uint32Array(count)
    let key = 0
    for (let i = 0; i < count; i++) {
      const step = reader.varint()
      key += step
      if ((i > 0 && step === 0) || key > 0xffff_ffff) throw corrupt('keys of counts do not ascend')
      keys[i] = key
      if (i % STEP === STEP - 1) yield
    }
    const values = Array.from({ length: columns }, () => new Uint32Array(count))
    for (const column of values) {
      for (let i = 0; i < count; i++) {
        column[i] = reader.varint()
        if (i % STEP === STEP - 1) yield
      }
    }
    return new CountTable(keys, values)
  }
}

/** Numbers read in a step. */
const STEP = 1 << 14

function distinctKeys(tables: readonly CountTable[]): Uint32Array {
  const all = new Uint32Array(tables.reduce((sum, { keys }) => sum + keys.length, 0))
  let filled = 0
  for (const { keys } of tables) {
    all.set(keys, filled)
    filled += keys.length
  }
  all.sort()
  let kept = 0
  for (let i = 0; i < all.length; i++) if (i === 0 || all[i] !== all[i - 1]) all[kept++] = all[i]!
  return all.subarray(0, kept)
}

function add(table: CountTable, keys: Uint32Array, sums: readonly Uint32Array[], sign: number) {
  for (const [column, values] of table.columns.entries()) {
    const sum = sums[column]!
    let at = 0
    for (let i = 0; i < values.length; i++) {
      while (keys[at]! < table.keys[i]!) at++
      sum[at] = sum[at]! + sign * values[i]!
    }
  }
}

function withoutZeros(keys: Uint32Array, columns: readonly Uint32Array[]): CountTable {
  const isKept = (_: number, i: number) => columns.some((column) => column[i] !== 0)
  if (keys.every(isKept)) return new CountTable(keys, columns)
  return new CountTable(
    keys.filter(isKept),
    columns.map((column) => column.filter(isKept)),
  )
}
