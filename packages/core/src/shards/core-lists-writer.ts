/** Lists in the core of a bundle, written; bundle-core.ts reads them. */

import { ByteWriter } from '../bytes/byte-writer.js'

/** Writes ascending numbers as varints of their differences. */
export function writeAscending(values: ArrayLike<number>): Uint8Array {
  const out = new ByteWriter()
  let previous = 0
  for (let i = 0; i < values.length; i++) {
    out.varint(values[i]! - previous)
    previous = values[i]!
  }
  return out.finish()
}

/** Writes ascending terms as UTF-16 units; the first one as its distance to the one before. */
export function writeTerms(terms: readonly string[]): Uint8Array {
  const out = new ByteWriter()
  let previous = 0
  for (const term of terms) {
    const first = term === '' ? 0 : term.charCodeAt(0)
    out.varint(term.length)
    if (term !== '') out.varint(first - previous)
    for (let i = 1; i < term.length; i++) out.varint(term.charCodeAt(i))
    previous = first
  }
  return out.finish()
}

/** Writes numbers as varints. */
export function writeNumbers(values: readonly number[]): Uint8Array {
  const out = new ByteWriter()
  for (const value of values) out.varint(value)
  return out.finish()
}
