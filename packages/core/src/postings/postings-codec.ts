/**
 * The coding of postings, both ways.
 *
 *   posting  = varint(gap << 1 | (tf = 1)) [varint tf]      gap = row − previous row − 1
 *   short list (frequency < 128): its postings
 *   long list: a skip entry per block of 128, then the blocks
 *   skip entry = varint(last row − last row of the block before) · varint(bytes) · bound byte
 *
 * Rows ascend; the row before the first is −1. A block continues from the last row of the block
 * before. Example: rows 3 (tf 1) and 4 (tf 2) are `07 00 02`.
 */

import type { ByteWriter } from '../bytes/byte-writer.js'
import { corrupt, type IndexError } from '../errors.js'

/** Frequencies beyond this are stored as this. */
export const MAX_STORED_TF = 255

const PAST_CHUNK = 'a posting list runs past its chunk'
/** Rows are kept as Int32. */
const MAX_ROW = 0x7fffffff

/** Appends postings `[from, to)` of parallel arrays. */
export function encodePostings(
  out: ByteWriter,
  rows: Int32Array,
  tfs: Uint8Array,
  from: number,
  to: number,
): void {
  let previous = from === 0 ? -1 : rows[from - 1]!
  for (let i = from; i < to; i++) {
    const row = rows[i]!
    const tf = tfs[i]!
    out.varint((row - previous - 1) * 2 + (tf === 1 ? 1 : 0))
    if (tf !== 1) out.varint(tf)
    previous = row
  }
}

/**
 * Decodes `count` postings that follow `previous` from `bytes[at …]` into the arrays from `first`
 * on; returns the offset behind them. Hot: bench "query". Reading past the end yields undefined bytes, which the checks on the
 * result refuse, so there is no check per byte.
 */
export function decodePostings(
  bytes: Uint8Array,
  at: number,
  count: number,
  previous: number,
  rows: Int32Array,
  tfs: Uint8Array,
  first = 0,
): number {
  let row = previous
  let p = at
  const end = first + count
  for (let i = first; i < end; i++) {
    let byte = bytes[p++]!
    let value = byte & 0x7f
    if (byte > 0x7f) {
      byte = bytes[p++]!
      value |= (byte & 0x7f) << 7
      if (byte > 0x7f) {
        byte = bytes[p++]!
        value |= (byte & 0x7f) << 14
        if (byte > 0x7f) {
          byte = bytes[p++]!
          value |= (byte & 0x7f) << 21
          if (byte > 0x7f) value |= (bytes[p++]! & 0x0f) << 28
        }
      }
    }
    row += (value >>> 1) + 1
    rows[i] = row
    if (value & 1) tfs[i] = 1
    else {
      let tf = bytes[p++]!
      if (tf > 0x7f) tf = (tf & 0x7f) | (bytes[p++]! << 7)
      if (!(tf > 0 && tf <= MAX_STORED_TF)) throw badFrequency(tf, p > bytes.length)
      tfs[i] = tf
    }
  }
  if (p > bytes.length) throw corrupt(PAST_CHUNK)
  // Rows ascend, so no row before this one was too large for its array either.
  if (row > MAX_ROW) throw corrupt(`a posting names row ${row}`)
  return p
}

function badFrequency(tf: number, isPast: boolean): IndexError {
  return corrupt(isPast ? PAST_CHUNK : `a posting has the frequency ${tf}`)
}
