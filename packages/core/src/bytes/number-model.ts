/**
 * What number-encoder.ts and number-decoder.ts know alike: how a number becomes bits, and how
 * likely each bit is, learnt from those before it. A number belongs to a context: a place where
 * numbers are alike, chosen by the caller.
 *
 *   number + 1 in binary has 1 + length digits, the first of which is 1
 *   coded: a 1 for every digit of these but the first, and a 0 · the digits behind the first
 *
 * The bits of the length are told apart by their place; the first four digits by the length and the
 * digits before them; of the others each place has a chance of its own.
 *
 * Example: 12 is 1101 in binary with one added: 1, 1, 1, 0 for a length of 3, then the digits 1, 0, 1.
 */

export const MOST_LENGTH = 31
/** Digits that are told apart by those before them. */
export const TOP_DIGITS = 4
/** Where the chances of a context's digits stand behind those of its lengths. */
export const DIGITS_AT = MOST_LENGTH + 1
/** And behind them the chances of lower digits, by place. */
export const LOW_AT = DIGITS_AT + (DIGITS_AT << TOP_DIGITS)
/** Chances of one context; more than the 255 of a byte, each of whose bits knows those before it. */
export const CHANCES = LOW_AT + DIGITS_AT

export const BYTE_BITS = 8

/** A chance is counted in 4096ths of the range: how likely the bit is 0. Neither is impossible. */
export const SHARE_BITS = 12
const SHARES = 1 << SHARE_BITS
const LEAST_SHARE = SHARES >> 7
/** A chance follows what it sees the slower, the more it has seen, up to so many bits. */
const MOST_SEEN = 254

/** The range of a coder stays above this; one byte goes out or comes in when it does not. */
export const LEAST_RANGE = 2 ** 24

export class NumberModel {
  readonly shares: Float32Array
  readonly #seen: Uint8Array

  constructor(contexts: number) {
    this.shares = new Float32Array(contexts * CHANCES).fill(SHARES / 2)
    this.#seen = new Uint8Array(contexts * CHANCES)
  }

  learn(slot: number, bit: number): void {
    const seen = this.#seen[slot]!
    const share = this.shares[slot]!
    const aim = bit === 0 ? SHARES - LEAST_SHARE : LEAST_SHARE
    this.shares[slot] = share + (aim - share) / (seen + 1.5)
    if (seen < MOST_SEEN) this.#seen[slot] = seen + 1
  }
}
