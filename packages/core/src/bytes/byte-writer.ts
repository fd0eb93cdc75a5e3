/** A growable byte buffer. Integers are unsigned, little-endian. */

const encoder = new TextEncoder()

export class ByteWriter {
  #bytes: Uint8Array
  length = 0

  constructor(capacity = 256) {
    this.#bytes = new Uint8Array(capacity)
  }

  #reserve(extra: number): void {
    const needed = this.length + extra
    if (needed <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2))
    grown.set(this.#bytes.subarray(0, this.length))
    this.#bytes = grown
  }

  byte(value: number): void {
    this.#reserve(1)
    this.#bytes[this.length++] = value
  }

  /** LEB128: seven bits a byte, low first, high bit set while more follow; 0 ≤ value < 2^53. */
  varint(value: number): void {
    this.#reserve(8)
    let rest = value
    while (rest >= 0x80) {
      this.#bytes[this.length++] = (rest % 0x80) | 0x80
      rest = Math.floor(rest / 0x80)
    }
    this.#bytes[this.length++] = rest
  }

  u32(value: number): void {
    this.#reserve(4)
    this.#bytes[this.length++] = value & 0xff
    this.#bytes[this.length++] = (value >>> 8) & 0xff
    this.#bytes[this.length++] = (value >>> 16) & 0xff
    this.#bytes[this.length++] = value >>> 24
  }

  /**
   * The buffer, with room for `extra` bytes behind `length`. For loops that write many bytes; they
   * set `length` afterwards.
   */
  room(extra: number): Uint8Array {
    this.#reserve(extra)
    return this.#bytes
  }

  bytes(source: Uint8Array): void {
    this.#reserve(source.length)
    this.#bytes.set(source, this.length)
    this.length += source.length
  }

  /** UTF-8 with its byte length in front. Lone surrogates become U+FFFD. */
  text(value: string): void {
    const utf8 = encoder.encode(value)
    this.varint(utf8.length)
    this.bytes(utf8)
  }

  /** Pads with zeros up to a multiple of `unit` bytes. */
  align(unit: number): void {
    while (this.length % unit !== 0) this.byte(0)
  }

  /** The bytes written so far, as a view that the next write may overwrite. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.length)
  }

  /** The same, for those who take bytes in parts. */
  parts(): Iterable<Uint8Array> {
    return [this.view()]
  }

  /** A copy of the bytes written so far. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.length)
  }

  clear(): void {
    this.length = 0
  }
}
