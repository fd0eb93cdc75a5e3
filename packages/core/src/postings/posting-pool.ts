/**
 * Posting lists under construction, all in one byte array. Every list is a chain of slices that
 * double in size (16, 32, … 16,384 bytes). The bytes are those of a short list (see
 * postings-codec.ts).
 *
 *   slice   bytes of postings, zero where none are yet · marker byte · three bytes of room
 *   marker  level of the slice plus one; where the slice is full, its four last bytes become the
 *           place of the next slice
 *
 * A list's place for its next byte is either zero, and free, or the marker of its slice.
 *
 * What is counted while texts are read stands together in one record of 32 bytes per list, half a
 * cache line: counting an occurrence of a term touches no more than that.
 */

import { corrupt } from '../errors.js'
import { MAX_STORED_TF } from './postings-codec.js'

const FIRST_SLICE = 16
const LAST_LEVEL = 10
const POINTER = 4
const MAX_BYTES = 0x7fff0000

const RECORD_SHIFT = 3
/** Fields of a record. The posting of the last row is open: its tf may still grow. */
const ROW = 0
const TF = 1
/** Rows between the open posting and the one before it. */
const GAP = 2
/** Where the next byte goes; 0 before the first. */
const AT = 3
const FREQUENCY = 4

const NO_ROW = -1
/** The first slice starts behind it, so that no list is at place 0. */
const NO_PLACE = 0

export class PostingPool {
  #bytes: Uint8Array
  #used = FIRST_SLICE
  #records = new Int32Array(1 << 15)
  #heads = new Int32Array(1 << 12)
  #lists = 0

  /** `capacity`: bytes of postings to expect; grows when there are more. */
  constructor(capacity = 1 << 20) {
    this.#bytes = new Uint8Array(capacity)
  }

  /** Number of lists. */
  get size(): number {
    return this.#lists
  }

  /** Bytes taken by postings and their records, for memory limits. */
  get byteLength(): number {
    return this.#used + this.#lists * (4 << RECORD_SHIFT)
  }

  /** Creates an empty list and returns its number. */
  create(): number {
    const list = this.#lists++
    if (list === this.#heads.length) this.#growLists()
    const record = list << RECORD_SHIFT
    this.#records[record + ROW] = NO_ROW
    return list
  }

  frequency(list: number): number {
    return this.#records[(list << RECORD_SHIFT) + FREQUENCY]!
  }

  /** Row of the last posting; −1 when there is none. */
  lastRow(list: number): number {
    return this.#records[(list << RECORD_SHIFT) + ROW]!
  }

  /** Counts an occurrence in a row; rows of a list ascend. Hot: bench "build". */
  count(list: number, row: number): void {
    const records = this.#records
    const record = list << RECORD_SHIFT
    if (records[record] === row) records[record + TF]!++
    else this.#begin(record, row, 1)
  }

  /** Adds a posting; rows of a list ascend. */
  append(list: number, row: number, tf: number): void {
    this.#begin(list << RECORD_SHIFT, row, tf)
  }

  /** Copies the bytes of a list into `into`, which must be large enough; returns their number. */
  copy(list: number, into: Uint8Array): number {
    const record = list << RECORD_SHIFT
    if (this.#records[record + FREQUENCY] === 0) return 0
    this.#close(record)
    const bytes = this.#bytes
    const last = this.#records[record + AT]!
    let from = this.#heads[list]!
    let level = 0
    let copied = 0
    for (;;) {
      const end = from + sliceSize(level) - POINTER
      const isLast = last >= from && last <= end
      const stop = isLast ? last : end
      for (let i = from; i < stop; i++) into[copied++] = bytes[i]!
      if (isLast) return copied
      from = this.#pointer(end)
      if (level < LAST_LEVEL) level++
    }
  }

  /** An upper bound for the bytes of a list. */
  maxBytes(list: number): number {
    return this.frequency(list) * 7
  }

  /** Takes all lists away and keeps the memory. */
  clear(): void {
    this.#bytes.fill(0, 0, this.#used)
    this.#records.fill(0, 0, this.#lists << RECORD_SHIFT)
    this.#used = FIRST_SLICE
    this.#lists = 0
  }

  /** Writes the open posting and opens the next one. */
  #begin(record: number, row: number, tf: number): void {
    const records = this.#records
    const before = records[record + ROW]!
    if (before === NO_ROW) this.#open(record)
    else this.#write(record)
    records[record + GAP] = row - before - 1
    records[record + ROW] = row
    records[record + TF] = tf
    records[record + FREQUENCY]!++
  }

  /** Writes the open posting, if it is not yet: the list takes no more. */
  #close(record: number): void {
    if (this.#records[record + TF] === 0) return
    this.#write(record)
    this.#records[record + TF] = 0
  }

  #write(record: number): void {
    const records = this.#records
    const tf = records[record + TF]!
    let at = records[record + AT]!
    let value = records[record + GAP]! * 2 + (tf === 1 ? 1 : 0)
    while (value > 0x7f) {
      at = this.#put(at, (value & 0x7f) | 0x80)
      value >>>= 7
    }
    at = this.#put(at, value)
    if (tf !== 1) {
      const stored = tf < MAX_STORED_TF ? tf : MAX_STORED_TF
      if (stored > 0x7f) {
        at = this.#put(at, (stored & 0x7f) | 0x80)
        at = this.#put(at, stored >>> 7)
      } else at = this.#put(at, stored)
    }
    records[record + AT] = at
  }

  #put(at: number, byte: number): number {
    const place = this.#bytes[at] === 0 ? at : this.#extend(at)
    this.#bytes[place] = byte
    return place + 1
  }

  #open(record: number): void {
    if (this.#records[record + AT] !== NO_PLACE) throw corrupt('a posting list was opened twice')
    const start = this.#slice(0)
    this.#heads[record >>> RECORD_SHIFT] = start
    this.#records[record + AT] = start
  }

  /** Links a new slice to the one whose marker is at `end`. */
  #extend(end: number): number {
    const start = this.#slice(Math.min(this.#bytes[end]!, LAST_LEVEL))
    const b = this.#bytes
    b[end] = start & 0xff
    b[end + 1] = (start >>> 8) & 0xff
    b[end + 2] = (start >>> 16) & 0xff
    b[end + 3] = start >>> 24
    return start
  }

  #pointer(at: number): number {
    const b = this.#bytes
    return b[at]! | (b[at + 1]! << 8) | (b[at + 2]! << 16) | (b[at + 3]! << 24)
  }

  #slice(level: number): number {
    const start = this.#used
    this.#used += sliceSize(level)
    if (this.#used > MAX_BYTES) throw corrupt('the posting pool is full')
    if (this.#used > this.#bytes.length) {
      const grown = new Uint8Array(
        Math.min(MAX_BYTES, Math.max(this.#used, this.#bytes.length * 2)),
      )
      grown.set(this.#bytes)
      this.#bytes = grown
    }
    this.#bytes[this.#used - POINTER] = level + 1
    return start
  }

  #growLists(): void {
    this.#records = grow(this.#records)
    this.#heads = grow(this.#heads)
  }
}

function sliceSize(level: number): number {
  return FIRST_SLICE << level
}

function grow(array: Int32Array): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(array.length * 2)
  grown.set(array)
  return grown
}
