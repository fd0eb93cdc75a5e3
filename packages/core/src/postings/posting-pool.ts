/**
 * Posting lists under construction, all in one byte array. Every list is a chain of slices that
 * double in size (16, 32, … 16,384 bytes); the last four bytes of a slice point to the next one.
 * The bytes are those of a short list (see postings-codec.ts).
 */

import { corrupt } from '../errors.js'
import { MAX_STORED_TF } from './postings-codec.js'

const FIRST_SLICE = 16
const LAST_SLICE = 16_384
const POINTER = 4
const NO_ROW = -1

export class PostingPool {
  #bytes = new Uint8Array(1 << 20)
  #used = 0
  #head = new Int32Array(1 << 12)
  #at = new Int32Array(1 << 12)
  #end = new Int32Array(1 << 12)
  #sliceSize = new Uint16Array(1 << 12)
  #lastRow = new Int32Array(1 << 12)
  #frequency = new Int32Array(1 << 12)
  #lists = 0

  /** Number of lists. */
  get size(): number {
    return this.#lists
  }

  /** Bytes taken by the postings, for memory limits. */
  get byteLength(): number {
    return this.#used
  }

  /** Creates an empty list and returns its number. */
  create(): number {
    const list = this.#lists++
    if (list === this.#head.length) this.#growLists()
    this.#frequency[list] = 0
    this.#lastRow[list] = NO_ROW
    return list
  }

  frequency(list: number): number {
    return this.#frequency[list]!
  }

  /** Adds a posting; rows of a list ascend. */
  append(list: number, row: number, tf: number): void {
    const gap = row - this.#lastRow[list]! - 1
    if (this.#frequency[list]!++ === 0) this.#open(list)
    this.#lastRow[list] = row
    let value = gap * 2 + (tf === 1 ? 1 : 0)
    while (value > 0x7f) {
      this.#put(list, (value & 0x7f) | 0x80)
      value >>>= 7
    }
    this.#put(list, value)
    if (tf === 1) return
    const stored = Math.min(tf, MAX_STORED_TF)
    if (stored > 0x7f) {
      this.#put(list, (stored & 0x7f) | 0x80)
      this.#put(list, stored >>> 7)
    } else this.#put(list, stored)
  }

  /** Copies the bytes of a list into `into`, which must be large enough; returns their number. */
  copy(list: number, into: Uint8Array): number {
    let from = this.#head[list]!
    let size = FIRST_SLICE
    let copied = 0
    const last = this.#at[list]!
    for (;;) {
      const end = from + size - POINTER
      const stop = last >= from && last <= end ? last : end
      into.set(this.#bytes.subarray(from, stop), copied)
      copied += stop - from
      if (stop === last) return copied
      from = this.#pointer(end)
      size = Math.min(size * 2, LAST_SLICE)
    }
  }

  /** An upper bound for the bytes of a list. */
  maxBytes(list: number): number {
    return this.#frequency[list]! * 7
  }

  #open(list: number): void {
    const start = this.#slice(FIRST_SLICE)
    this.#head[list] = start
    this.#at[list] = start
    this.#end[list] = start + FIRST_SLICE - POINTER
    this.#sliceSize[list] = FIRST_SLICE
  }

  #put(list: number, byte: number): void {
    let at = this.#at[list]!
    if (at === this.#end[list]!) at = this.#extend(list, at)
    this.#bytes[at] = byte
    this.#at[list] = at + 1
  }

  #extend(list: number, end: number): number {
    const size = Math.min(this.#sliceSize[list]! * 2, LAST_SLICE)
    const start = this.#slice(size)
    const b = this.#bytes
    b[end] = start & 0xff
    b[end + 1] = (start >>> 8) & 0xff
    b[end + 2] = (start >>> 16) & 0xff
    b[end + 3] = start >>> 24
    this.#end[list] = start + size - POINTER
    this.#sliceSize[list] = size
    return start
  }

  #pointer(at: number): number {
    const b = this.#bytes
    return b[at]! | (b[at + 1]! << 8) | (b[at + 2]! << 16) | (b[at + 3]! << 24)
  }

  #slice(size: number): number {
    const start = this.#used
    this.#used += size
    if (this.#used > 0x7fff0000) throw corrupt('the posting pool is full')
    if (this.#used > this.#bytes.length) {
      const grown = new Uint8Array(Math.min(0x7fff0000, this.#bytes.length * 2))
      grown.set(this.#bytes)
      this.#bytes = grown
    }
    return start
  }

  #growLists(): void {
    const capacity = this.#lists * 2
    this.#head = grow(this.#head, capacity)
    this.#at = grow(this.#at, capacity)
    this.#end = grow(this.#end, capacity)
    this.#lastRow = grow(this.#lastRow, capacity)
    this.#frequency = grow(this.#frequency, capacity)
    const sizes = new Uint16Array(capacity)
    sizes.set(this.#sliceSize)
    this.#sliceSize = sizes
  }
}

function grow(array: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(capacity)
  grown.set(array)
  return grown
}
