/** Writes numbers for number-decoder.ts: range coding, see number-model.ts. */

import { ByteWriter } from './byte-writer.js'
import { MOST_BEHIND } from './number-decoder.js'
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

const WORD = 2 ** 32

export class NumberEncoder {
  readonly #out = new ByteWriter()
  readonly #model: NumberModel
  /** Below 2^40: what is beyond 32 bits goes up to bytes that wait. */
  #low = 0
  #range = WORD - 1
  /** The byte that a carry may still reach, and how many of 255 follow it. */
  #waiting = -1
  #full = 0

  constructor(contexts: number) {
    this.#model = new NumberModel(contexts)
  }

  /** 0 ≤ value < 2^32 − 1. */
  number(context: number, value: number): void {
    const slot = context * CHANCES
    const length = MOST_LENGTH - Math.clz32(value + 1)
    for (let i = 0; i < length; i++) this.#bit(slot + i, 1)
    if (length < MOST_LENGTH) this.#bit(slot + length, 0)
    const top = Math.min(length, TOP_DIGITS)
    const low = length - top
    this.#tree(slot + DIGITS_AT + (length << TOP_DIGITS), top, (value + 1) >>> low)
    for (let place = low; place > 0; place--) {
      this.#bit(slot + LOW_AT + place, ((value + 1) >>> (place - 1)) & 1)
    }
  }

  /** 0 ≤ value < 256. */
  byte(context: number, value: number): void {
    this.#tree(context * CHANCES, BYTE_BITS, value)
  }

  /** The bytes; nothing can be added afterwards. */
  finish(): Uint8Array {
    for (let i = 0; i < 5; i++) this.#shift()
    const bytes = this.#out.finish()
    let end = bytes.length
    while (end > bytes.length - MOST_BEHIND && bytes[end - 1] === 0) end--
    return bytes.slice(0, end)
  }

  /** The lowest bits of a value, highest first. */
  #tree(slot: number, bits: number, value: number): void {
    let node = 1
    for (let i = bits - 1; i >= 0; i--) {
      const bit = (value >>> i) & 1
      this.#bit(slot + node, bit)
      node = node * 2 + bit
    }
  }

  #bit(slot: number, bit: number): void {
    const zeros = (this.#range >>> SHARE_BITS) * Math.floor(this.#model.shares[slot]!)
    this.#model.learn(slot, bit)
    if (bit === 0) this.#range = zeros
    else {
      this.#low += zeros
      this.#range -= zeros
    }
    while (this.#range < LEAST_RANGE) {
      this.#range *= 256
      this.#shift()
    }
  }

  /** Moves the highest byte of `low` out, or among those that wait for a carry. */
  #shift(): void {
    const carry = this.#low >= WORD ? 1 : 0
    const byte = Math.floor(this.#low / LEAST_RANGE) % 256
    if (byte < 255 || carry === 1) {
      if (this.#waiting >= 0) this.#out.byte((this.#waiting + carry) & 255)
      for (; this.#full > 0; this.#full--) this.#out.byte((255 + carry) & 255)
      this.#waiting = byte
    } else this.#full++
    this.#low = (this.#low % LEAST_RANGE) * 256
  }
}
