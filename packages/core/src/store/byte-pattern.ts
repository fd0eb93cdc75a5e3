/**
 * A folded term that is looked for in recoded texts without decoding them, as most texts write it:
 * where it is not found, the text must be folded and searched.
 *
 * One byte in so many is looked at as the term has: each occurrence covers one of them. Hot: bench
 * "query", quoted.
 */

import { ONE_BYTE_CODES } from '../segment/format.js'
import { type CodeFolds, NO_CODE, SLOW } from './recoder.js'

export class BytePattern {
  readonly #folds: CodeFolds
  #term = ''
  #bytes: number[] = []
  /** By byte, where it stands last in the term, from 1 on; 0 for nowhere. */
  readonly #places = new Int32Array(256)
  /** The same for what stands before each byte of the term. */
  #before: number[] = []

  constructor(folds: CodeFolds) {
    this.#folds = folds
  }

  /** Looks for another term, which is not empty, from now on. */
  seek(term: string): void {
    if (term === this.#term) return
    this.#term = term
    this.#places.fill(0)
    this.#bytes = []
    this.#before = []
    for (let i = 0; i < term.length; i++) {
      // Where no text has the unit, none has the code that is taken for it either.
      const code = this.#folds.codes.get(term.charCodeAt(i)) ?? NO_CODE
      if (code < ONE_BYTE_CODES) this.#push(code)
      else {
        this.#push(ONE_BYTE_CODES + ((code - ONE_BYTE_CODES) >>> 8))
        this.#push((code - ONE_BYTE_CODES) & 0xff)
      }
    }
  }

  #push(byte: number): void {
    this.#before.push(this.#places[byte]!)
    this.#places[byte] = this.#bytes.push(byte)
  }

  /** Whether the text in `bytes[start, end)` surely holds the term. */
  isIn(bytes: Uint8Array, start: number, end: number): boolean {
    const places = this.#places
    const { length } = this.#bytes
    for (let at = start + length - 1; at < end; at += length) {
      for (let place = places[bytes[at]!]!; place > 0; place = this.#before[place - 1]!) {
        if (this.#standsAt(bytes, at + 1 - place, start, end)) return true
      }
    }
    return false
  }

  #standsAt(bytes: Uint8Array, at: number, start: number, end: number): boolean {
    const sought = this.#bytes
    const behind = at + sought.length
    if (behind > end) return false
    for (let i = 0; i < sought.length; i++) if (bytes[at + i] !== sought[i]) return false
    if (!isCodeStart(bytes, start, at)) return false
    // What follows may belong to the last character and change how that folds (か + ゛). Where the
    // text ends, it is something else, and only more texts are asked than need be.
    const byte = bytes[behind]!
    const rest = (byte - ONE_BYTE_CODES) * 256 + bytes[behind + 1]!
    return this.#folds.units[byte < ONE_BYTE_CODES ? byte : ONE_BYTE_CODES + rest] !== SLOW
  }
}

/**
 * Whether a code starts at `at`. A byte below ONE_BYTE_CODES ends a code, so one starts behind it; of
 * the larger bytes that follow, every second one is the first of a code.
 */
function isCodeStart(bytes: Uint8Array, start: number, at: number): boolean {
  let before = at
  while (before > start && bytes[before - 1]! >= ONE_BYTE_CODES) before--
  return (at - before) % 2 === 0
}
