/**
 * A folded term that is looked for in recoded texts without decoding them. It is found only where
 * every character of it is one unit that folds to one unit, which is nearly everywhere; where it is
 * not found, the text must be folded and searched. Hot: bench "query", quoted.
 */

import { ESCAPE_CODE, ONE_BYTE_CODES } from '../segment/format.js'
import { type CodeFolds, SLOW } from './recoder.js'

export class BytePattern {
  readonly #units: Uint16Array
  readonly #folds: CodeFolds
  /** 1 for the first bytes of codes that fold to the first unit. */
  readonly #leads = new Uint8Array(256)

  /** `term` is not empty. */
  constructor(term: string, folds: CodeFolds) {
    this.#folds = folds
    this.#units = new Uint16Array(term.length)
    for (let i = 0; i < term.length; i++) this.#units[i] = term.charCodeAt(i)
    for (const code of folds.codesOf(this.#units[0]!)) {
      const lead = ONE_BYTE_CODES + ((code - ONE_BYTE_CODES) >>> 8)
      this.#leads[code < ONE_BYTE_CODES ? code : lead] = 1
    }
  }

  /** Whether the text in `bytes[start, end)` surely holds the term. */
  isIn(bytes: Uint8Array, start: number, end: number): boolean {
    const leads = this.#leads
    const last = end - this.#units.length
    for (let at = start; at <= last; at++) {
      if (leads[bytes[at]!] === 0) continue
      if (this.#standsAt(bytes, at, end) && isCodeStart(bytes, start, at)) return true
    }
    return false
  }

  #standsAt(bytes: Uint8Array, start: number, end: number): boolean {
    const folded = this.#folds.units
    const units = this.#units
    let at = start
    for (let i = 0; ; i++) {
      if (at >= end) return i === units.length && at === end
      const byte = bytes[at++]!
      const code =
        byte < ONE_BYTE_CODES
          ? byte
          : ONE_BYTE_CODES + ((byte - ONE_BYTE_CODES) << 8) + bytes[at++]!
      // What follows may belong to the last character and change how that folds (か + ゛).
      if (i === units.length) return byte !== ESCAPE_CODE && folded[code] !== SLOW
      if (folded[code] !== units[i]) return false
    }
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
