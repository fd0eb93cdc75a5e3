/** A bounds-checked cursor over bytes; the mirror of ByteWriter. */

import { corrupt } from '../errors.js'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Engines refuse strings of more than about 2^29 units; ours stay well below. */
export const MAX_STRING_BYTES = 1 << 28

export class ByteReader {
  readonly #bytes: Uint8Array
  readonly #what: string
  position: number

  /** `what` names the bytes in errors. */
  constructor(bytes: Uint8Array, what: string, position = 0) {
    this.#bytes = bytes
    this.#what = what
    this.position = position
  }

  get remaining(): number {
    return this.#bytes.length - this.position
  }

  #need(count: number): void {
    if (count > this.remaining) {
      throw corrupt(`${this.#what} ends ${count - this.remaining} bytes too early`)
    }
  }

  byte(): number {
    this.#need(1)
    return this.#bytes[this.position++]!
  }

  varint(): number {
    let value = 0
    let scale = 1
    for (let i = 0; i < 8; i++) {
      const byte = this.byte()
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
      scale *= 0x80
    }
    throw corrupt(`${this.#what} holds a number of more than 8 bytes`)
  }

  u32(): number {
    this.#need(4)
    const at = this.position
    this.position += 4
    const b = this.#bytes
    return (b[at]! | (b[at + 1]! << 8) | (b[at + 2]! << 16) | (b[at + 3]! << 24)) >>> 0
  }

  /** Steps over bytes, which must be there. */
  skip(count: number): void {
    this.#need(count)
    this.position += count
  }

  bytes(count: number): Uint8Array {
    this.skip(count)
    return this.#bytes.subarray(this.position - count, this.position)
  }

  text(): string {
    const length = this.varint()
    if (length > MAX_STRING_BYTES) throw corrupt(`${this.#what} has a text of ${length} bytes`)
    return decoder.decode(this.bytes(length))
  }
}

/** Views `count` little-endian u32 at `offset` without copying where alignment allows. */
export function u32View(bytes: Uint8Array, offset: number, count: number): Uint32Array {
  const length = count * 4
  if (offset + length > bytes.length) throw corrupt(`a table of ${count} numbers does not fit`)
  const start = bytes.byteOffset + offset
  if (start % 4 === 0) return new Uint32Array(bytes.buffer, start, count)
  return new Uint32Array(bytes.slice(offset, offset + length).buffer)
}
