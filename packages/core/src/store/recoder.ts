/**
 * Recodes UTF-16 text so that frequent characters take one byte and others two, which leaves the
 * compressor less to do than UTF-8 does.
 *
 *   code < 208           one byte: unit of that code
 *   208 ≤ byte < 255     with the next byte: unit of code 208 + (byte − 208) · 256 + next
 *   255                  with the next two bytes: the unit itself, little-endian
 *
 * The table lists units in order of their codes, most frequent first.
 */

import type { Folder } from '@wenxun/tokenizer/scan'
import type { ByteWriter } from '../bytes/byte-writer.js'
import { corrupt } from '../errors.js'
import { ESCAPE_CODE, ONE_BYTE_CODES, TWO_BYTE_CODES } from '../segment/format.js'

const CODES = ONE_BYTE_CODES + TWO_BYTE_CODES
/** Above every code, so that codes take 16 bits: their table is asked for every unit. */
export const NO_CODE = 0xffff
/** Bytes that one unit takes at most. */
const MOST_BYTES = 3

/** Gives codes by frequency in a sample, then to new units in order of appearance. */
export class RecodingTable {
  readonly #codes = new Uint16Array(0x10000).fill(NO_CODE)
  readonly #units: number[] = []

  /** Call once, before the first `encode`. */
  train(sample: readonly string[]): void {
    const counts = new Uint32Array(0x10000)
    for (const text of sample) {
      for (let i = 0; i < text.length; i++) counts[text.charCodeAt(i)]!++
    }
    this.#assignAll(counts)
  }

  /**
   * From how often each unit occurs: the most frequent take one byte, the others two, both in
   * order: a table that is told in few bytes, and that an edit hardly changes.
   */
  trainOn(counts: Uint32Array): void {
    const seen = mostFrequent(counts)
    const frequent = seen.slice(0, ONE_BYTE_CODES).sort((a, b) => a - b)
    const rest = seen.slice(ONE_BYTE_CODES).sort((a, b) => a - b)
    for (const unit of [...frequent, ...rest]) this.#assign(unit)
  }

  #assignAll(counts: Uint32Array): void {
    for (const unit of mostFrequent(counts)) this.#assign(unit)
  }

  /** Hot: bench "build". */
  encode(text: string, out: ByteWriter): void {
    const codes = this.#codes
    const bytes = out.room(text.length * MOST_BYTES)
    let at = out.length
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      let code = codes[unit]!
      if (code === NO_CODE) code = this.#assign(unit)
      if (code === NO_CODE) {
        bytes[at++] = ESCAPE_CODE
        bytes[at++] = unit & 0xff
        bytes[at++] = unit >>> 8
      } else if (code < ONE_BYTE_CODES) bytes[at++] = code
      else {
        const rest = code - ONE_BYTE_CODES
        bytes[at++] = ONE_BYTE_CODES + (rest >>> 8)
        bytes[at++] = rest & 0xff
      }
    }
    out.length = at
  }

  /** The table as stored: u16 per code, little-endian. */
  bytes(): Uint8Array {
    const bytes = new Uint8Array(this.#units.length * 2)
    for (const [i, unit] of this.#units.entries()) {
      bytes[i * 2] = unit & 0xff
      bytes[i * 2 + 1] = unit >>> 8
    }
    return bytes
  }

  #assign(unit: number): number {
    if (this.#units.length === CODES) return NO_CODE
    this.#codes[unit] = this.#units.length
    return this.#units.push(unit) - 1
  }
}

/** The units that occur, the most frequent first. */
function mostFrequent(counts: Uint32Array): number[] {
  const seen: number[] = []
  for (let unit = 0; unit < counts.length; unit++) if (counts[unit]! > 0) seen.push(unit)
  return seen.sort((a, b) => counts[b]! - counts[a]! || a - b)
}

/** `String.fromCharCode` takes its units as arguments; more than this risks the stack. */
const PIECE = 4096

/** Marks a code whose unit does not fold to one unit. No text folds to this unit. */
export const SLOW = 1

/** What the unit of every code folds to. */
export interface CodeFolds {
  /** By code; SLOW where it is not one unit. */
  readonly units: Uint16Array
  /** The first code, which is the most frequent one, whose unit folds to a unit. */
  readonly codes: ReadonlyMap<number, number>
}

export class Decoder {
  readonly #units: Uint16Array
  readonly #count: number
  #buffer = new Uint16Array(PIECE)

  constructor(table: Uint8Array) {
    if (table.length % 2 !== 0 || table.length > CODES * 2) {
      throw corrupt(`the recoding table has ${table.length} bytes`)
    }
    this.#units = new Uint16Array(CODES)
    this.#count = table.length / 2
    for (let i = 0; i * 2 < table.length; i++) {
      this.#units[i] = table[i * 2]! | (table[i * 2 + 1]! << 8)
    }
  }

  /**
   * Decodes `bytes[start, end)` into `units`, which has room; returns the number of units. Which
   * codes are long cannot be predicted, so the loop does not branch on it. Hot: bench "query".
   */
  decodeInto(bytes: Uint8Array, start: number, end: number, units: Uint16Array): number {
    const table = this.#units
    const last = end - 1
    let length = 0
    let p = start
    while (p < last) {
      const byte = bytes[p]!
      if (byte === ESCAPE_CODE) {
        units[length++] = bytes[p + 1]! | (bytes[p + 2]! << 8)
        p += 3
        continue
      }
      // All bits where the code has two bytes, else none.
      const isLong = (ONE_BYTE_CODES - 1 - byte) >> 31
      const rest = (byte - ONE_BYTE_CODES) * 255 + bytes[p + 1]!
      units[length++] = table[byte + (isLong & rest)]!
      p += 1 - isLong
    }
    if (p === last) units[length++] = table[bytes[p]!]!
    return length
  }

  /** The folds of all codes; null where a text may have units without a code. */
  foldedBy(folder: Folder): CodeFolds | null {
    if (this.#count === CODES) return null
    const units = this.#units.slice()
    const codes = new Map<number, number>()
    for (let code = this.#count - 1; code >= 0; code--) {
      const unit = units.subarray(code, code + 1)
      if (!folder.foldUnits(unit, 1)) unit[0] = SLOW
      codes.set(unit[0]!, code)
    }
    return { units, codes }
  }

  /** Decodes `bytes[start, end)`. */
  decode(bytes: Uint8Array, start: number, end: number): string {
    if (end - start > this.#buffer.length) this.#buffer = new Uint16Array((end - start) * 2)
    const length = this.decodeInto(bytes, start, end, this.#buffer)
    return textOfUnits(this.#buffer, length)
  }
}

/** The first `length` units as a string. Taking arguments from a list is quicker than from units. */
export function textOfUnits(units: Uint16Array, length: number): string {
  let text = ''
  for (let from = 0; from < length; ) {
    const piece = Array<number>(Math.min(length - from, PIECE))
    for (let i = 0; i < piece.length; i++) piece[i] = units[from++]!
    text += String.fromCharCode.apply(null, piece)
  }
  return text
}
