/**
 * A chunked section: pieces that are compressed (raw DEFLATE, RFC 1951), checked and fetched one
 * by one. Offsets inside the uncompressed whole are called raw offsets.
 *
 *   count u32 · table checksum u32 · packedEnd u32 × count · rawEnd u32 × count
 *   · checksum u32 × count · compressed chunks, back to back
 *
 * The checksum of a chunk is the CRC-32 of its compressed bytes, that of the table the CRC-32 of
 * the three lists: a large index is opened without reading whole sections.
 */

import { u32View } from '../bytes/byte-reader.js'
import { ByteWriter } from '../bytes/byte-writer.js'
import { crc32 } from '../bytes/crc32.js'
import { inflateRaw } from '../bytes/inflate.js'
import { corrupt } from '../errors.js'
import type { ByteSource } from './byte-source.js'
import { MAX_CHUNK_BYTES } from './format.js'

/** Bytes of the table before its lists, and of all three lists for one chunk. */
const TABLE_HEAD_BYTES = 8
const TABLE_ROW_BYTES = 12

/** What a chunk holds, for those who compress; all that is not `terms` or `postings` is `text`. */
export type ChunkContent = 'text' | 'terms' | 'postings'

/** Compresses to raw DEFLATE. */
export type Deflate = (bytes: Uint8Array, content?: ChunkContent) => Uint8Array

/** The bytes of a section, which need not be in memory. */
export interface SectionContent {
  readonly length: number
  /** All bytes in order; a part is valid until the next is asked for. */
  parts(): Iterable<Uint8Array>
}

/** Where compressed chunks wait until the index is written: memory, or a file. */
export interface PackedBytes extends SectionContent {
  bytes(source: Uint8Array): void
}

export interface ChunkWriterOptions {
  /** What the chunks hold; default `text`. */
  readonly content?: ChunkContent
  /** Takes the compressed chunks; default memory. */
  readonly packed?: PackedBytes | undefined
}

/** Collects pieces; a piece never straddles two chunks. */
export class ChunkWriter {
  readonly #deflate: Deflate
  readonly #target: number
  readonly #content: ChunkContent
  readonly #open = new ByteWriter(1 << 15)
  readonly #packed: PackedBytes
  readonly #packedEnds: number[] = []
  readonly #rawEnds: number[] = []
  readonly #checksums: number[] = []
  #rawLength = 0

  /** A chunk is closed before it would grow beyond `target` raw bytes. */
  constructor(deflate: Deflate, target: number, options: ChunkWriterOptions = {}) {
    this.#deflate = deflate
    this.#target = target
    this.#content = options.content ?? 'text'
    this.#packed = options.packed ?? new ByteWriter(1 << 16)
  }

  /** Raw offset where the next piece will start. */
  get rawLength(): number {
    return this.#rawLength + this.#open.length
  }

  /** Number of chunks closed so far. */
  get count(): number {
    return this.#packedEnds.length
  }

  /** Appends a piece that can be read without crossing a chunk boundary; returns its raw offset. */
  piece(bytes: Uint8Array): number {
    if (this.#open.length > 0 && this.#open.length + bytes.length > this.#target) this.close()
    const start = this.rawLength
    this.#open.bytes(bytes)
    return start
  }

  /** Ends the current chunk, if it holds anything. */
  close(): void {
    if (this.#open.length === 0) return
    const packed = this.#deflate(this.#open.view(), this.#content)
    this.#packed.bytes(packed)
    this.#rawLength += this.#open.length
    this.#packedEnds.push(this.#packed.length)
    this.#rawEnds.push(this.#rawLength)
    this.#checksums.push(crc32(packed))
    this.#open.clear()
  }

  finish(): Uint8Array {
    const { length, parts } = this.finishInParts()
    const out = new ByteWriter(length)
    for (const part of parts()) out.bytes(part)
    return out.view()
  }

  /** The same without copying the chunks into one array. */
  finishInParts(): SectionContent {
    this.close()
    const table = new ByteWriter(TABLE_ROW_BYTES * this.count)
    for (const list of [this.#packedEnds, this.#rawEnds, this.#checksums]) {
      for (const value of list) table.u32(value)
    }
    const head = new ByteWriter(TABLE_HEAD_BYTES + table.length)
    head.u32(this.count)
    head.u32(crc32(table.view()))
    head.bytes(table.view())
    const packed = this.#packed
    return {
      length: head.length + packed.length,
      *parts() {
        yield head.view()
        yield* packed.parts()
      },
    }
  }
}

/** Pieces of one byte sequence, wherever they come from. */
export interface Chunks {
  readonly count: number
  /** The chunk that holds a raw offset. */
  indexAt(rawOffset: number): number
  /** Raw offset where a chunk starts. */
  startOf(index: number): number
  /** The uncompressed bytes of a chunk. */
  chunk(index: number): Uint8Array
}

/** Reads chunks on demand, checks them, and keeps the most recently read ones. */
export class ChunkReader implements Chunks {
  readonly #source: ByteSource
  readonly #what: string
  readonly #dataStart: number
  readonly #packedEnds: Uint32Array
  readonly #rawEnds: Uint32Array
  readonly #checksums: Uint32Array
  readonly #kept = new Map<number, Uint8Array>()
  readonly #budget: number
  #keptBytes = 0

  /** Keeps up to `budget` raw bytes of used chunks in memory. */
  constructor(source: ByteSource, start: number, length: number, what: string, budget: number) {
    this.#source = source
    this.#what = what
    this.#budget = budget
    if (length < TABLE_HEAD_BYTES) throw corrupt(`section ${what} has no chunk table`)
    const head = u32View(source.read(start, start + TABLE_HEAD_BYTES), 0, 2)
    const count = head[0]!
    const tableBytes = count * TABLE_ROW_BYTES
    const tableStart = start + TABLE_HEAD_BYTES
    if (TABLE_HEAD_BYTES + tableBytes > length) {
      throw corrupt(`section ${what} claims ${count} chunks`)
    }
    const table = source.read(tableStart, tableStart + tableBytes)
    const found = (source.crc32 ?? crc32)(table)
    if (found !== head[1]) {
      throw corrupt(
        `the chunk table of section ${what} has checksum ${hex(found)}, stored is ${hex(head[1]!)}`,
      )
    }
    this.#packedEnds = u32View(table, 0, count)
    this.#rawEnds = u32View(table, count * 4, count)
    this.#checksums = u32View(table, count * 8, count)
    this.#dataStart = tableStart + tableBytes
    const packedLength = count === 0 ? 0 : this.#packedEnds[count - 1]!
    if (TABLE_HEAD_BYTES + tableBytes + packedLength !== length) {
      throw corrupt(`section ${what} is ${length} bytes long, its chunks say otherwise`)
    }
  }

  get count(): number {
    return this.#packedEnds.length
  }

  get rawLength(): number {
    return this.count === 0 ? 0 : this.#rawEnds[this.count - 1]!
  }

  /** The chunk that holds a raw offset. */
  indexAt(rawOffset: number): number {
    let low = 0
    let high = this.count - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#rawEnds[middle]! <= rawOffset) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Raw offset where a chunk starts. */
  startOf(index: number): number {
    return index === 0 ? 0 : this.#rawEnds[index - 1]!
  }

  /** The uncompressed bytes of a chunk. */
  chunk(index: number): Uint8Array {
    const kept = this.#kept.get(index)
    if (kept !== undefined) return kept
    if (index >= this.count) throw corrupt(`section ${this.#what} has no chunk ${index}`)
    const raw = this.#inflate(index)
    this.#keep(index, raw)
    return raw
  }

  /** Reads and checks every chunk without keeping any. */
  verify(): void {
    for (let i = 0; i < this.count; i++) this.#inflate(i)
  }

  #inflate(index: number): Uint8Array {
    const from = index === 0 ? 0 : this.#packedEnds[index - 1]!
    const to = this.#packedEnds[index]!
    const size = this.#rawEnds[index]! - this.startOf(index)
    if (to < from || size < 0 || size > MAX_CHUNK_BYTES || size > (to - from) * 1032 + 64) {
      throw corrupt(`chunk ${index} of section ${this.#what} claims an impossible size`)
    }
    const start = this.#dataStart + from
    const end = this.#dataStart + to
    const packed = this.#source.readOnce?.(start, end) ?? this.#source.read(start, end)
    const found = (this.#source.crc32 ?? crc32)(packed)
    const stored = this.#checksums[index]!
    if (found !== stored) {
      throw corrupt(
        `chunk ${index} of section ${this.#what} has checksum ${hex(found)}, stored is ${hex(stored)}`,
      )
    }
    let raw: Uint8Array
    try {
      raw = this.#source.inflate?.(packed, size) ?? inflateRaw(packed, size)
    } catch {
      throw corrupt(`chunk ${index} of section ${this.#what} does not decompress`)
    }
    if (raw.length !== size) {
      throw corrupt(`chunk ${index} of section ${this.#what} has ${raw.length} bytes, not ${size}`)
    }
    return raw
  }

  #keep(index: number, raw: Uint8Array): void {
    this.#kept.set(index, raw)
    this.#keptBytes += raw.length
    while (this.#keptBytes > this.#budget && this.#kept.size > 1) {
      // The oldest entry goes first; an index in memory has room for all.
      const [oldest, bytes] = this.#kept.entries().next().value!
      this.#kept.delete(oldest)
      this.#keptBytes -= bytes.length
    }
  }
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`
}
