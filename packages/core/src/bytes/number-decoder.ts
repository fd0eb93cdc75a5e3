/** Reads numbers that number-encoder.ts wrote: range coding, see number-model.ts. */

import { corrupt } from '../errors.js'
import {
  BYTE_BITS,
  CHANCES,
  DIGITS_AT,
  LEAST_RANGE,
  LOW_AT,
  MOST_LENGTH,
  NumberModel,
  SHARE_BITS,
  TOP_DIGITS,
} from './number-model.js'

/** Bytes that are read behind the end of sound numbers: zeros, which are left out there. */
export const MOST_BEHIND = 4

export class NumberDecoder {
  readonly #bytes: Uint8Array
  readonly #model: NumberModel
  #at = 0
  #code = 0
  #range = 2 ** 32 - 1

  /** `contexts`: how many there are; `number` and `byte` take one below it. */
  constructor(bytes: Uint8Array, contexts: number) {
    this.#bytes = bytes
    this.#model = new NumberModel(contexts)
    for (let i = 0; i < 4; i++) this.#code = this.#code * 256 + this.#next()
  }

  /** A number from 0 to 2^32 − 2. Throws CORRUPT behind the last one, if not at once. */
  number(context: number): number {
    const slot = context * CHANCES
    let length = 0
    while (length < MOST_LENGTH && this.#bit(slot + length) === 1) length++
    const top = Math.min(length, TOP_DIGITS)
    let value = this.#tree(slot + DIGITS_AT + (length << TOP_DIGITS), top)
    for (let place = length - top; place > 0; place--) {
      value = value * 2 + this.#bit(slot + LOW_AT + place)
    }
    return value - 1
  }

  /** A number below 256 of which any may be likely. */
  byte(context: number): number {
    return this.#tree(context * CHANCES, BYTE_BITS) - (1 << BYTE_BITS)
  }

  /** Some bits, highest first, behind a 1. */
  #tree(slot: number, bits: number): number {
    let node = 1
    for (let i = 0; i < bits; i++) node = node * 2 + this.#bit(slot + node)
    return node
  }

  #bit(slot: number): number {
    const zeros = (this.#range >>> SHARE_BITS) * Math.floor(this.#model.shares[slot]!)
    const bit = this.#code < zeros ? 0 : 1
    this.#model.learn(slot, bit)
    if (bit === 0) this.#range = zeros
    else {
      this.#code -= zeros
      this.#range -= zeros
    }
    while (this.#range < LEAST_RANGE) {
      this.#range *= 256
      this.#code = this.#code * 256 + this.#next()
    }
    return bit
  }

  #next(): number {
    if (this.#at >= this.#bytes.length + MOST_BEHIND) throw corrupt('coded numbers end too early')
    return this.#bytes[this.#at++] ?? 0
  }
}
