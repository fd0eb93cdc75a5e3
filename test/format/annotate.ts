/**
 * Index bytes with notes, for docs/format.md. It reads the format on its own, from the document
 * and not through the core (but for MessagePack), so that the two can disagree.
 */

import { inflateRawSync } from 'node:zlib'
import { unpack } from '../../packages/core/src/bytes/msgpack.js'

/** Longest piece of bytes on one line. */
const LINE_BYTES = 12
const HEADER_BYTES = 32
const ENTRY_BYTES = 32

/** Walks over bytes and writes a line for everything it takes. */
class Annotator {
  readonly lines: string[] = []
  readonly #bytes: Uint8Array
  at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get isDone(): boolean {
    return this.at >= this.#bytes.length
  }

  /** Takes `count` bytes; the note may depend on them. */
  take(count: number, note: string | ((bytes: Uint8Array) => string)): Uint8Array {
    const bytes = this.#bytes.subarray(this.at, this.at + count)
    const text = typeof note === 'string' ? note : note(bytes)
    for (let from = 0; from < Math.max(1, bytes.length); from += LINE_BYTES) {
      const part = hex(bytes.subarray(from, from + LINE_BYTES)).padEnd(LINE_BYTES * 3)
      const place = (this.at + from).toString(16).padStart(4, '0')
      this.lines.push(`${place}  ${part} ${from === 0 ? text : ''}`.trimEnd())
    }
    this.at += count
    return bytes
  }

  uint(size: number, note: (value: number) => string): number {
    let value = 0
    this.take(size, (bytes) => {
      for (const [i, byte] of bytes.entries()) value += byte * 256 ** i
      return note(value)
    })
    return value
  }

  /** Takes varints that say one thing; `note` gets their values. */
  varints(count: number, note: (values: number[]) => string): number[] {
    const values: number[] = []
    let end = this.at
    for (let i = 0; i < count; i++) {
      let value = 0
      let scale = 1
      for (let byte = 0x80; byte >= 0x80; scale *= 128) {
        byte = this.#bytes[end++]!
        value += (byte % 128) * scale
      }
      values.push(value)
    }
    this.take(end - this.at, note(values))
    return values
  }

  varint(note: (value: number) => string): number {
    return this.varints(1, ([value]) => note(value!))[0]!
  }
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
}

interface SectionEntry {
  readonly id: string
  readonly offset: number
  readonly length: number
  readonly checksum: number
}

interface Metadata {
  readonly folds: { readonly from: string; readonly to: string }
  readonly recoding: Uint8Array
}

interface TermNote {
  readonly term: string
  readonly frequency: number
  readonly offset: number
}

/** One index, section by section. */
export class AnnotatedIndex {
  readonly #file: Uint8Array
  readonly #entries: SectionEntry[] = []
  readonly #header: Annotator
  readonly #metadata: Metadata

  constructor(file: Uint8Array) {
    this.#file = file
    this.#header = new Annotator(file)
    const count = this.#readHeader()
    for (let i = 0; i < count; i++) this.#entries.push(this.#readEntry(i))
    this.#metadata = unpack(this.section('META')) as unknown as Metadata
  }

  get sections(): readonly SectionEntry[] {
    return this.#entries
  }

  section(id: string): Uint8Array {
    const entry = this.#entries.find((section) => section.id === id)
    if (entry === undefined) throw new Error(`no section ${id}`)
    return this.#file.subarray(entry.offset, entry.offset + entry.length)
  }

  /** The header, and the first entry of the table. */
  header(): string {
    return this.#header.lines.join('\n')
  }

  table(): string {
    const rows = this.#entries.map(
      ({ id, offset, length, checksum }) =>
        `${id}  ${String(offset).padStart(6)}  ${String(length).padStart(6)}  ${toHex(checksum)}`,
    )
    return ['id    offset  length  checksum', ...rows].join('\n')
  }

  metadata(): string {
    const shorten = (text: string) =>
      text.length > 24 ? `${text.slice(0, 12)}… (${[...text].length} characters)` : text
    const show = (_: string, value: unknown): unknown => {
      return typeof value === 'string' ? shorten(value) : value
    }
    const { recoding, ...rest } = this.#metadata
    const shown = JSON.stringify(rest, show, 2).replace(/\n}$/, '')
    return `${shown},\n  "recoding": (${recoding.length} bytes) ${hex(recoding)}\n}`
  }

  /** The table in front of a section's chunks. */
  chunkTable(id: string): string {
    const notes = new Annotator(this.section(id))
    const count = notes.uint(4, (value) => `${value} chunk${value === 1 ? '' : 's'}`)
    notes.uint(4, () => 'CRC-32 of the three lists that follow')
    for (let i = 0; i < count; i++)
      notes.uint(4, (value) => `chunk ${i} ends behind ${value} bytes`)
    for (let i = 0; i < count; i++) notes.uint(4, (value) => `… and ${value} raw bytes`)
    for (let i = 0; i < count; i++) notes.uint(4, () => `CRC-32 of chunk ${i}, compressed`)
    return `${notes.lines.join('\n')}\n${notes.at.toString(16).padStart(4, '0')}  … raw DEFLATE`
  }

  chunk(id: string, wanted: number): Uint8Array {
    const bytes = this.section(id)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    const count = view.getUint32(0, true)
    const data = 8 + count * 12
    const from = wanted === 0 ? 0 : view.getUint32(8 + (wanted - 1) * 4, true)
    const to = view.getUint32(8 + wanted * 4, true)
    return inflateRawSync(bytes.subarray(data + from, data + to))
  }

  /** Raw bytes of all chunks of a section. */
  raw(id: string): Uint8Array {
    const count = new DataView(this.section(id).slice().buffer).getUint32(0, true)
    return Buffer.concat(Array.from({ length: count }, (_, i) => this.chunk(id, i)))
  }

  dictionaryBlock(): string {
    return this.#block(new Annotator(this.chunk('TERM', 0))).notes.lines.join('\n')
  }

  dictionaryIndex(): string {
    const notes = new Annotator(this.section('TIDX'))
    const count = notes.varint((value) => `${value} block`)
    for (let i = 0; i < count; i++) {
      const length = notes.varint((value) => `its first term has ${value} unit`)
      notes.varints(length, (units) => quote(String.fromCharCode(...units)))
    }
    return notes.lines.join('\n')
  }

  /** The postings of the first dictionary block. */
  postings(): string {
    const { terms } = this.#block(new Annotator(this.chunk('TERM', 0)))
    const notes = new Annotator(this.raw('POST'))
    for (const { term, frequency, offset } of terms) {
      if (frequency === 0) continue
      if (notes.at !== offset) throw new Error(`${term} is not at ${offset}`)
      let row = -1
      for (let i = 0; i < frequency; i++) row = this.#posting(notes, row, quote(term))
    }
    return notes.lines.join('\n')
  }

  /** The skip entries and the first postings of the first long list. */
  longList(): string {
    const { terms } = this.#block(new Annotator(this.chunk('TERM', 0)))
    const long = terms.find(({ frequency }) => frequency >= 128)
    if (long === undefined) throw new Error('no long list in the first block')
    const notes = new Annotator(this.raw('POST').subarray(long.offset))
    const blocks = Math.ceil(long.frequency / 128)
    let last = -1
    for (let i = 0; i < blocks; i++) {
      notes.varint((step) => {
        last += step
        return `block ${i}: last row ${last}`
      })
      notes.varint((bytes) => `         ${bytes} bytes`)
      notes.take(1, ([code]) => `         no tf factor above ${code}/255 · (k1 + 1)`)
    }
    let row = -1
    for (let i = 0; i < 2; i++) row = this.#posting(notes, row, 'block 0')
    return `${quote(long.term)}, ${long.frequency} postings\n${notes.lines.join('\n')}\n      …`
  }

  lengths(): string {
    const notes = new Annotator(this.section('LENS'))
    for (let row = 0; !notes.isDone; row++) notes.take(1, ([code]) => `row ${row}: code ${code}`)
    return notes.lines.join('\n')
  }

  sectionRows(): string {
    const notes = new Annotator(this.section('SECT'))
    const count = this.section('SECT').length / 9
    for (let i = 0; i < count; i++) {
      notes.uint(4, (row) => `section ${i}: first row ${row}`)
      notes.uint(4, (row) => `           row behind the last ${row}`)
    }
    for (let i = 0; i < count; i++) {
      notes.take(1, ([kind]) => `section ${i} is a ${kind === 0 ? 'title' : 'heading'}`)
    }
    return notes.lines.join('\n')
  }

  texts(): string {
    const notes = new Annotator(this.chunk('TEXT', 0))
    const count = notes.varint((value) => `${value} paragraphs`)
    const lengths = notes.varints(count, (values) => `their texts take ${values.join(', ')} bytes`)
    for (const length of lengths) notes.take(length, (bytes) => quote(this.#decoded(bytes)))
    for (let i = 0; i < count; i++) {
      const head = notes.varint((value) => {
        const anchor = value % 2 === 1 ? 'an anchor' : 'no anchor'
        return `paragraph ${i}: keeps ${value >> 1} headings, has ${anchor}`
      })
      const added = notes.varint((value) => `             adds ${value}`)
      for (let k = 0; k < added + (head % 2); k++) {
        const length = notes.varint((value) => `             ${value} bytes`)
        notes.take(length, (bytes) => quote(this.#decoded(bytes)))
      }
    }
    return notes.lines.join('\n')
  }

  documents(): string {
    const notes = new Annotator(this.chunk('DOCS', 0))
    const count = notes.varint((value) => `${value} document`)
    const lengths = notes.varints(count, (values) => `of ${values.join(', ')} bytes`)
    for (const length of lengths) notes.take(length, (bytes) => JSON.stringify(unpack(bytes)))
    return notes.lines.join('\n')
  }

  columns(): string {
    const bytes = this.chunk('COLS', 0)
    const [name, kind, values, ordinals] = unpack(bytes) as unknown as [
      string,
      string,
      unknown[],
      Uint8Array,
    ]
    const note = JSON.stringify([name, kind, values]).slice(0, -1)
    const notes = new Annotator(bytes)
    notes.take(bytes.length, `${note},${hex(ordinals)}]`)
    return notes.lines.join('\n')
  }

  #readHeader(): number {
    const notes = this.#header
    notes.take(8, 'magic')
    notes.uint(2, (version) => `written by format ${version}`)
    notes.uint(2, (version) => `readable by format ${version} and newer`)
    const count = notes.uint(4, (value) => `${value} sections`)
    notes.uint(8, (length) => `${length} bytes in all`)
    notes.uint(4, () => 'CRC-32 of the section table')
    notes.uint(4, () => `CRC-32 of the ${HEADER_BYTES - 4} bytes above`)
    return count
  }

  #readEntry(i: number): SectionEntry {
    const notes = i === 0 ? this.#header : new Annotator(this.#file)
    notes.at = HEADER_BYTES + i * ENTRY_BYTES
    const id = String.fromCharCode(
      ...notes.take(4, (bytes) => quote(String.fromCharCode(...bytes))),
    )
    notes.uint(4, () => 'reserved')
    const offset = notes.uint(8, (value) => `starts at ${value}`)
    const length = notes.uint(8, (value) => `${value} bytes`)
    const checksum = notes.uint(4, () => 'CRC-32 of its bytes')
    notes.uint(4, () => 'reserved')
    return { id, offset, length, checksum }
  }

  #block(notes: Annotator): { notes: Annotator; terms: TermNote[] } {
    const count = notes.varint((value) => `${value} terms`)
    let offset = notes.varint((value) => `postings of the first one at raw offset ${value}`)
    const shared = notes.varints(count, () => 'shared: leading units as in the term before')
    const suffixes = notes.varints(count, () => 'suffixes: units that follow << 2 | word share')
    const found: string[] = []
    for (let i = 0; i < count; i++) {
      const before = found[i - 1] ?? ''
      const head = before.slice(0, shared[i])
      const base = before.charCodeAt(head.length) || 0
      notes.varints(suffixes[i]! >> 2, ([first, ...rest]) => {
        const term = head + String.fromCharCode(base + first!, ...rest)
        found.push(term)
        return `${quote(term)}${base > 0 ? `: ${toUnit(base)} + ${first}` : ''}`
      })
    }
    const frequencies = notes.varints(count, () => 'frequency: postings in the list')
    const single = found.filter(
      (term) => [...term].length === 1 && !/[\udc00-\udfff]$/.test(term[0]!),
    )
    notes.varints(single.length, () => `more: further rows of ${single.join(' ')}`)
    const gaps = notes.varints(count, () => 'gaps: bytes of postings')
    const terms = found.map((term, i) => {
      const start = offset
      offset += gaps[i]!
      return { term, frequency: frequencies[i]!, offset: start }
    })
    return { notes, terms }
  }

  #posting(notes: Annotator, before: number, what: string): number {
    let row = before
    let isOne = false
    notes.varint((value) => {
      row = before + 1 + (value >>> 1)
      isOne = value % 2 === 1
      return `${what}: row ${row}${isOne ? ', once' : ''}`
    })
    if (!isOne) notes.varint((tf) => `${' '.repeat(what.length + 2)}${tf} times`)
    return row
  }

  #decoded(bytes: Uint8Array): string {
    const { recoding } = this.#metadata
    const unit = (code: number) => recoding[code * 2]! + recoding[code * 2 + 1]! * 256
    let text = ''
    for (let at = 0; at < bytes.length; ) {
      const byte = bytes[at++]!
      if (byte < 208) text += String.fromCharCode(unit(byte))
      else if (byte === 255) text += String.fromCharCode(bytes[at++]! + bytes[at++]! * 256)
      else text += String.fromCharCode(unit(208 + (byte - 208) * 256 + bytes[at++]!))
    }
    return text
  }
}

function quote(text: string): string {
  return `“${text}”`
}

function toHex(value: number): string {
  return value.toString(16).padStart(8, '0')
}

function toUnit(value: number): string {
  return `U+${value.toString(16).toUpperCase().padStart(4, '0')}`
}
