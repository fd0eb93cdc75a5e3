/**
 * The recoding table of a bundle, both ways: units of one-byte codes, which ascend, and then the
 * others, which do so, too, as varints of their differences.
 */

import { ByteReader } from '../bytes/byte-reader.js'
import { ByteWriter } from '../bytes/byte-writer.js'
import { ONE_BYTE_CODES } from '../segment/format.js'

/** `table` as in store/recoder.ts. */
export function writeAlphabet(table: Uint8Array): Uint8Array {
  const out = new ByteWriter(table.length)
  let previous = 0
  for (let at = 0; at < table.length; at += 2) {
    if (at === ONE_BYTE_CODES * 2) previous = 0
    const unit = table[at]! | (table[at + 1]! << 8)
    out.varint(unit - previous)
    previous = unit
  }
  return out.finish()
}

export function readAlphabet(bytes: Uint8Array): Uint8Array {
  const reader = new ByteReader(bytes, 'the alphabet of the bundle')
  const table: number[] = []
  let previous = 0
  while (reader.remaining > 0) {
    if (table.length === ONE_BYTE_CODES * 2) previous = 0
    previous += reader.varint()
    table.push(previous & 0xff, previous >>> 8)
  }
  return Uint8Array.from(table)
}
