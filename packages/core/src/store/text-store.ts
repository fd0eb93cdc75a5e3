/**
 * Paragraph texts with their headings, in chunks that stand alone.
 *
 *   chunk   = count varint · length varint × count · text × count · heading × count
 *   heading = headings kept from the paragraph before << 1 | has anchor, varint
 *           · headings added, varint · added × string · [anchor string]
 *   string  = bytes varint · recoded text
 *
 * `length` is that of a recoded text in bytes. Texts come first, so that a search reads them
 * without touching the headings.
 *
 * Example: a paragraph under ["一、总则"] after one under ["一、总则", "(一)目的"] keeps 1, adds 0.
 */

import type { Folder } from '@wenxun/tokenizer/scan'
import { ByteReader, MAX_STRING_BYTES } from '../bytes/byte-reader.js'
import { ByteWriter } from '../bytes/byte-writer.js'
import { lastStart } from '../bytes/last-start.js'
import { finished, type Steps } from '../bytes/steps.js'
import { corrupt } from '../errors.js'
import type { SourceParagraph } from '../model.js'
import {
  type Chunks,
  ChunkWriter,
  type Deflate,
  type PackedBytes,
  type SectionContent,
} from '../segment/chunks.js'
import { MAX_HEADINGS } from '../segment/format.js'
import { type Decoder, RecodingTable } from './recoder.js'

/** Texts seen before the recoding table is fixed, in UTF-16 units. */
const SAMPLE_UNITS = 1 << 20

/** Headings are read from the start of a chunk, so one of empty paragraphs must end, too. */
const ROWS_PER_CHUNK = 4096

/** Puts one chunk together, paragraph by paragraph. */
export class TextChunkEncoder {
  readonly #table: RecodingTable
  readonly #lengths: number[] = []
  readonly #body = new ByteWriter(1 << 14)
  readonly #headings = new ByteWriter()
  readonly #string = new ByteWriter()
  #path: readonly string[] = []

  constructor(table: RecodingTable) {
    this.#table = table
  }

  /** Paragraphs added since the last chunk. */
  get count(): number {
    return this.#lengths.length
  }

  /** Bytes of their texts. */
  get bodyBytes(): number {
    return this.#body.length
  }

  add({ text, heading = [], anchor }: SourceParagraph): void {
    const before = this.count === 0 ? [] : this.#path
    let kept = 0
    while (kept < heading.length && heading[kept] === before[kept]) kept++
    this.#headings.varint(kept * 2 + (anchor === undefined ? 0 : 1))
    this.#headings.varint(heading.length - kept)
    for (const line of heading.slice(kept)) this.#headingText(line)
    if (anchor !== undefined) this.#headingText(anchor)
    const start = this.#body.length
    this.#table.encode(text, this.#body)
    this.#lengths.push(this.#body.length - start)
    this.#path = heading
  }

  #headingText(text: string): void {
    this.#string.clear()
    this.#table.encode(text, this.#string)
    this.#headings.varint(this.#string.length)
    this.#headings.bytes(this.#string.view())
  }

  /** The chunk; the encoder is empty afterwards. */
  finish(): Uint8Array {
    const chunk = new ByteWriter(this.#body.length * 2)
    chunk.varint(this.count)
    for (const length of this.#lengths) chunk.varint(length)
    chunk.bytes(this.#body.view())
    chunk.bytes(this.#headings.view())
    this.#body.clear()
    this.#headings.clear()
    this.#lengths.length = 0
    return chunk.finish()
  }
}

export class TextStoreWriter {
  readonly #chunks: ChunkWriter
  readonly #target: number
  readonly #table = new RecodingTable()
  readonly #open = new TextChunkEncoder(this.#table)
  readonly #starts: number[] = []
  #sample: SourceParagraph[] | null = []
  #sampleUnits = 0
  #rows = 0

  /** `target`: raw bytes of a chunk; `packed` takes the compressed ones, default memory. */
  constructor(deflate: Deflate, target: number, packed?: PackedBytes) {
    this.#chunks = new ChunkWriter(deflate, Number.POSITIVE_INFINITY, { packed })
    this.#target = target
  }

  add(paragraph: SourceParagraph): void {
    if (this.#sample === null) {
      this.#write(paragraph)
      return
    }
    this.#sample.push(paragraph)
    this.#sampleUnits += paragraph.text.length
    if (this.#sampleUnits >= SAMPLE_UNITS) finished(this.writing())
  }

  /** Writes what waited for the recoding table, in steps. */
  *writing(): Steps<void> {
    const sample = this.#sample ?? []
    this.#sample = null
    if (sample.length === 0) return
    const strings = sample.flatMap(({ text, heading }) => [text, ...(heading ?? [])])
    this.#table.train(strings)
    for (const paragraph of sample) {
      this.#write(paragraph)
      yield
    }
  }

  /** The sections TEXT and TXST, and the recoding table. */
  finish(): { chunks: Uint8Array; starts: Uint32Array; table: Uint8Array } {
    const { chunks, ...rest } = this.finishInParts()
    const out = new ByteWriter(chunks.length)
    for (const part of chunks.parts()) out.bytes(part)
    return { chunks: out.view(), ...rest }
  }

  /** The same without copying the chunks into one array. */
  finishInParts(): { chunks: SectionContent; starts: Uint32Array; table: Uint8Array } {
    finished(this.writing())
    this.#close()
    return {
      chunks: this.#chunks.finishInParts(),
      starts: Uint32Array.from(this.#starts),
      table: this.#table.bytes(),
    }
  }

  #write(paragraph: SourceParagraph): void {
    const isFull = this.#open.bodyBytes >= this.#target || this.#open.count === ROWS_PER_CHUNK
    if (this.#open.count > 0 && isFull) this.#close()
    if (this.#open.count === 0) this.#starts.push(this.#rows)
    this.#open.add(paragraph)
    this.#rows++
  }

  #close(): void {
    if (this.#open.count === 0) return
    this.#chunks.piece(this.#open.finish())
    this.#chunks.close()
  }
}

export interface StoredHeading {
  readonly heading: readonly string[]
  readonly anchor: string | null
}

/** A chunk with the places of its texts; text i ends where text i + 1 starts. */
export interface OpenChunk {
  readonly bytes: Uint8Array
  readonly textStarts: Uint32Array
}

/** Paragraph texts by row. */
export interface ParagraphTexts {
  /** The text of a paragraph. */
  text(row: number): string
  /**
   * Writes a paragraph's text into `units`; returns how many there are, or, where there is no room
   * for them, the negative of how many there are at most.
   */
  read(row: number, units: Uint16Array): number
  /**
   * Whether the paragraph at a place of `rows` surely holds a folded term; where not, its text must
   * be asked. Those behind it are asked next.
   */
  surelyHas?(rows: Int32Array, place: number, term: string, folder: Folder): boolean
  /** Asks for many texts at once, so that to read them is not to wait for one after the other. */
  touch?(rows: ArrayLike<number>): void
  /** Headings and anchor of a paragraph. */
  heading(row: number): StoredHeading
}

export interface TextStoreOptions {
  /** Number of paragraphs. */
  readonly rows: number
  /** So many chunks are kept open. */
  readonly keptChunks: number
}

export class TextStore implements ParagraphTexts {
  readonly #chunks: Chunks
  readonly #starts: Uint32Array
  readonly decoder: Decoder
  readonly #rows: number
  readonly #keptChunks: number
  #open: OpenChunk[] = []
  #openChunks = 0

  constructor(
    chunks: Chunks,
    starts: Uint32Array,
    decoder: Decoder,
    { rows, keptChunks }: TextStoreOptions,
  ) {
    this.#chunks = chunks
    this.#starts = starts
    this.decoder = decoder
    this.#rows = rows
    this.#keptChunks = keptChunks
    if (starts.length !== chunks.count) throw corrupt('texts and their index differ in length')
  }

  /** The text of a paragraph. */
  text(row: number): string {
    const { bytes, start, end } = this.placeOf(row)
    return this.decoder.decode(bytes, start, end)
  }

  read(row: number, units: Uint16Array): number {
    const { bytes, start, end } = this.placeOf(row)
    if (end - start > units.length) return start - end
    return this.decoder.decodeInto(bytes, start, end, units)
  }

  /** Where the recoded text of a paragraph stands. */
  protected placeOf(row: number): { bytes: Uint8Array; start: number; end: number } {
    const chunk = this.#chunkOf(row)
    const { bytes, textStarts } = this.#chunk(chunk)
    const position = row - this.#starts[chunk]!
    return { bytes, start: textStarts[position]!, end: textStarts[position + 1]! }
  }

  /** Headings and anchor of a paragraph; read from the start of its chunk. */
  heading(row: number): StoredHeading {
    const chunk = this.#chunkOf(row)
    const { bytes, textStarts } = this.#chunk(chunk)
    const reader = new ByteReader(bytes, 'a text chunk', textStarts.at(-1)!)
    const skipString = () => reader.skip(reader.varint())
    // Where the strings of the path stand: only the paragraph's own are decoded.
    const places: number[] = []
    let depth = 0
    let anchorAt = 0
    for (let at = this.#starts[chunk]!; at <= row; at++) {
      const head = reader.varint()
      const kept = head >>> 1
      const end = kept + reader.varint()
      if (kept > depth || end > MAX_HEADINGS) throw corrupt('a heading path is broken')
      for (depth = kept; depth < end; depth++) {
        places[depth] = reader.position
        skipString()
      }
      anchorAt = head & 1 && reader.position
      if (anchorAt) skipString()
    }
    const stringAt = (place: number) => {
      reader.position = place
      const length = reader.varint()
      return this.decoder.decode(bytes, reader.position, reader.position + length)
    }
    const heading = places.slice(0, depth).map(stringAt)
    return { heading, anchor: anchorAt ? stringAt(anchorAt) : null }
  }

  /** All chunks in order. */
  *chunks(): Generator<OpenChunk> {
    for (let chunk = 0; chunk < this.#chunks.count; chunk++) yield this.#chunk(chunk)
  }

  /** Opens what is kept between queries, chunk by chunk. */
  *warm(): Generator<void> {
    for (let chunk = 0; chunk < Math.min(this.#keptChunks, this.#chunks.count); chunk++) {
      this.#chunk(chunk)
      yield
    }
  }

  /** Reads every chunk to its end. Throws CORRUPT when one breaks a rule. */
  verify(): void {
    for (let chunk = 0; chunk < this.#chunks.count; chunk++) {
      const next = this.#starts[chunk + 1] ?? this.#rows
      this.heading(next - 1)
      for (let row = this.#starts[chunk]!; row < next; row++) this.text(row)
    }
  }

  #chunkOf(row: number): number {
    const chunk = lastStart(this.#starts, row)
    if (chunk < 0 || row >= this.#rows) throw corrupt(`paragraph ${row} is not stored`)
    return chunk
  }

  #chunk(chunk: number): OpenChunk {
    const kept = this.#open[chunk]
    if (kept !== undefined) return kept
    const opened = this.#parse(chunk)
    if (this.#openChunks++ >= this.#keptChunks) {
      this.#open = []
      this.#openChunks = 1
    }
    this.#open[chunk] = opened
    return opened
  }

  #parse(chunk: number): OpenChunk {
    const bytes = this.#chunks.chunk(chunk)
    const reader = new ByteReader(bytes, 'a text chunk')
    const count = reader.varint()
    const expected = (this.#starts[chunk + 1] ?? this.#rows) - this.#starts[chunk]!
    if (count !== expected) throw corrupt(`text chunk ${chunk} holds ${count} paragraphs`)
    const textStarts = new Uint32Array(count + 1)
    let end = 0
    for (let i = 1; i <= count; i++) {
      const length = reader.varint()
      if (length > MAX_STRING_BYTES)
        throw corrupt(`text chunk ${chunk} has ${length} bytes of text`)
      end += length
      textStarts[i] = end
    }
    const first = reader.position
    // Asked of the sum, which may be more than goes into 32 bits.
    if (end > reader.remaining) throw corrupt(`text chunk ${chunk} is too short`)
    for (let i = 0; i <= count; i++) textStarts[i] = textStarts[i]! + first
    return this.opened({ bytes, textStarts }, this.#starts[chunk]!, this.#chunks.startOf(chunk))
  }

  /** What is kept of a chunk whose texts begin with that of `row`; `rawOffset`: where it stands. */
  protected opened(chunk: OpenChunk, _row: number, _rawOffset: number): OpenChunk {
    return chunk
  }
}
