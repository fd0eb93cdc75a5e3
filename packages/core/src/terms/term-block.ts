/**
 * A dictionary block, both ways: up to 256 terms in UTF-16 order, in columns, so that equal
 * things stand together for the compressor.
 *
 *   count varint · postings base varint (raw offset of the first term's postings)
 *   shared    count × varint   leading units in common with the term before (0 for the first)
 *   suffixes  count × varint   units that follow (≥ 1), << 2 | word share
 *   units     per term: first unit as varint difference to the unit of the term before at that
 *             place where there is one, the others as varints
 *   frequency count × varint   postings in its list
 *   more      per single character, varint: rows that hold it without a posting in its list
 *   gaps      count × varint   bytes from this term's postings to the next term's
 *
 * Word share: how often a two-character term is a word where it occurs: 0 never or not asked,
 * 1 at times, 2 mostly, 3 nearly always.
 */

import { ByteReader } from '../bytes/byte-reader.js'
import type { ByteWriter } from '../bytes/byte-writer.js'
import { corrupt } from '../errors.js'
import { TERMS_PER_BLOCK } from '../segment/format.js'

export interface TermEntry {
  readonly term: string
  /** Postings in its list. */
  readonly frequency: number
  /** Rows that hold the term; more than `frequency` for characters, see docs/format.md. */
  readonly rows: number
  readonly wordShare: number
  /** Raw offset of the posting list. */
  readonly offset: number
}

const LONGEST_TERM = 1 << 12

/** Appends a block. `next` is the raw offset behind the last entry's postings. */
export function encodeTermBlock(
  out: ByteWriter,
  entries: readonly TermEntry[],
  next: number,
): void {
  const count = entries.length
  out.varint(count)
  out.varint(entries[0]!.offset)
  const shared = new Uint16Array(count)
  for (let i = 1; i < count; i++) shared[i] = commonPrefix(entries[i - 1]!.term, entries[i]!.term)
  for (const common of shared) out.varint(common)
  for (let i = 0; i < count; i++) {
    const { term, wordShare } = entries[i]!
    out.varint(((term.length - shared[i]!) << 2) | wordShare)
  }
  let previous = ''
  for (let i = 0; i < count; i++) {
    const { term } = entries[i]!
    encodeSuffix(out, previous, term, shared[i]!)
    previous = term
  }
  for (const { frequency } of entries) out.varint(frequency)
  for (const { term, rows, frequency } of entries) {
    if (isCharacter(term)) out.varint(rows - frequency)
  }
  for (let i = 0; i < count; i++) {
    const end = i + 1 < count ? entries[i + 1]!.offset : next
    out.varint(end - entries[i]!.offset)
  }
}

/** Whether a term is one character, astral ones included. */
export function isCharacter(term: string): boolean {
  return term.length === 1 || (term.length === 2 && isHighSurrogate(term.charCodeAt(0)))
}

/** Of the entries that a character begins, itself and its pairs, where they have postings. */
export function pairsAmong(entries: readonly TermEntry[], character: string): TermEntry[] {
  const longest = character.length + 2
  return entries.filter(({ term, frequency }) => {
    if (frequency === 0 || term.length > longest) return false
    const rest = term.slice(character.length)
    return rest === '' || isCharacter(rest)
  })
}

function isHighSurrogate(unit: number): boolean {
  return (unit & 0xfc00) === 0xd800
}

function commonPrefix(a: string, b: string): number {
  let i = 0
  while (i < a.length && i < b.length && a.charCodeAt(i) === b.charCodeAt(i)) i++
  return i
}

function encodeSuffix(out: ByteWriter, previous: string, term: string, shared: number): void {
  const before = shared < previous.length ? previous.charCodeAt(shared) : 0
  out.varint(term.charCodeAt(shared) - before)
  for (let i = shared + 1; i < term.length; i++) out.varint(term.charCodeAt(i))
}

/** A decoded block: terms as units back to back, everything by position. */
export class TermBlock {
  readonly count: number
  /** Raw offsets where the postings of its terms start and end. */
  readonly postingsStart: number
  readonly postingsEnd: number
  readonly #units: Uint16Array
  readonly #ends: Uint32Array
  readonly #frequencies: Uint32Array
  readonly #rows: Uint32Array
  readonly #shares: Uint8Array
  readonly #offsets: Float64Array

  /** `holdsLists`: whether whole lists stand between the offsets, as in an index. */
  constructor(bytes: Uint8Array, holdsLists = true) {
    const reader = new ByteReader(bytes, 'a dictionary block')
    const count = reader.varint()
    if (count < 1 || count > TERMS_PER_BLOCK) throw corrupt(`a dictionary block has ${count} terms`)
    this.count = count
    const base = reader.varint()
    const shared = new Uint16Array(count)
    this.#ends = new Uint32Array(count)
    this.#shares = new Uint8Array(count)
    for (let i = 0; i < count; i++) shared[i] = reader.varint()
    let end = 0
    for (let i = 0; i < count; i++) {
      const suffix = reader.varint()
      const length = shared[i]! + Math.floor(suffix / 4)
      if (suffix < 4 || length > LONGEST_TERM) throw corrupt(`a term has ${length} units`)
      end += length
      this.#ends[i] = end
      this.#shares[i] = suffix & 3
    }
    this.#units = new Uint16Array(end)
    this.#readUnits(reader, shared)
    this.#frequencies = new Uint32Array(count)
    for (let i = 0; i < count; i++) this.#frequencies[i] = reader.varint()
    this.#rows = this.#frequencies.slice()
    for (let i = 0; i < count; i++) {
      if (this.#isCharacter(i)) this.#rows[i] = this.#rows[i]! + reader.varint()
    }
    this.#offsets = new Float64Array(count)
    let offset = base
    for (let i = 0; i < count; i++) {
      this.#offsets[i] = offset
      const gap = reader.varint()
      // A posting takes a byte or more: lists cannot lie over each other and make work for many.
      if (holdsLists && gap < this.#frequencies[i]!)
        throw corrupt('a posting list is shorter than its postings')
      offset += gap
    }
    this.postingsStart = base
    this.postingsEnd = offset
  }

  #readUnits(reader: ByteReader, shared: Uint16Array): void {
    const units = this.#units
    let before = 0
    let beforeEnd = 0
    for (let i = 0; i < this.count; i++) {
      const start = beforeEnd
      const end = this.#ends[i]!
      const common = shared[i]!
      if (common > beforeEnd - before) throw corrupt('a term shares more than the term before has')
      for (let k = 0; k < common; k++) units[start + k] = units[before + k]!
      const base = before + common < beforeEnd ? units[before + common]! : 0
      units[start + common] = base + reader.varint()
      for (let k = start + common + 1; k < end; k++) units[k] = reader.varint()
      before = start
      beforeEnd = end
    }
  }

  /** Position of the first term ≥ `term`; `count` when all are smaller. */
  lowerBound(term: string): number {
    let low = 0
    let high = this.count
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#compare(middle, term) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Whether the term at a position equals `term`. */
  is(position: number, term: string): boolean {
    return position < this.count && this.#compare(position, term) === 0
  }

  /** Whether the term at a position starts with `prefix`. */
  startsWith(position: number, prefix: string): boolean {
    const start = this.#start(position)
    if (this.#ends[position]! - start < prefix.length) return false
    for (let i = 0; i < prefix.length; i++) {
      if (this.#units[start + i] !== prefix.charCodeAt(i)) return false
    }
    return true
  }

  /** Whether the term at a position stands in `text` at `at`. */
  standsIn(position: number, text: string, at: number): boolean {
    const start = this.#start(position)
    const length = this.#ends[position]! - start
    if (at + length > text.length) return false
    for (let i = 0; i < length; i++) {
      if (this.#units[start + i] !== text.charCodeAt(at + i)) return false
    }
    return true
  }

  /** The entry at a position; `term` where it is known. */
  entry(position: number, term = this.#term(position)): TermEntry {
    return {
      term,
      frequency: this.#frequencies[position]!,
      rows: this.#rows[position]!,
      wordShare: this.#shares[position]!,
      offset: this.#offsets[position]!,
    }
  }

  #term(position: number): string {
    const units = this.#units
    const start = this.#start(position)
    const end = this.#ends[position]!
    // Most terms are pairs, and a merge reads all of them.
    if (end - start === 2) return String.fromCharCode(units[start]!, units[start + 1]!)
    // Typed arrays are array-likes, which is all that apply wants; its type asks for an array.
    return String.fromCharCode.apply(null, units.subarray(start, end) as unknown as number[])
  }

  #isCharacter(position: number): boolean {
    const start = this.#start(position)
    const length = this.#ends[position]! - start
    return length === 1 || (length === 2 && isHighSurrogate(this.#units[start]!))
  }

  #start(position: number): number {
    return position === 0 ? 0 : this.#ends[position - 1]!
  }

  #compare(position: number, term: string): number {
    const start = this.#start(position)
    const length = this.#ends[position]! - start
    const common = Math.min(length, term.length)
    for (let i = 0; i < common; i++) {
      const difference = this.#units[start + i]! - term.charCodeAt(i)
      if (difference !== 0) return difference
    }
    return length - term.length
  }
}
