/** Dictionaries and posting lists of an index → term packs and list packs. */

import { ByteReader } from '../bytes/byte-reader.js'
import { ByteWriter } from '../bytes/byte-writer.js'
import type { ChunkReader } from '../segment/chunks.js'
import { POSTINGS_BLOCK, Section, TERMS_PER_BLOCK } from '../segment/format.js'
import type { SegmentReader } from '../segment/segment-reader.js'
import { FAR_LIST_BYTES } from '../shards/bundle-format.js'
import type { PackedPieces } from '../shards/piece-table.js'
import { encodeTermPiece, type FarList, type PackedField } from '../shards/term-piece.js'
import { encodeTermBlock, isCharacter } from '../terms/term-block.js'
import { TermDictionary, type TermEntry } from '../terms/term-dictionary.js'
import { type PackTarget, PackWriter } from './pack-writer.js'

export interface PackedTerms {
  readonly terms: PackedPieces
  readonly firstTerms: readonly string[]
  /** Every character of a gram script with the number of paragraphs that hold it. */
  readonly characterRows: ReadonlyMap<string, number>
  readonly lists: PackedPieces
  readonly listEnds: readonly number[]
}

/** What a term of the dictionary and a byte of postings come to, compressed. */
const BYTES_PER_TERM = 3.3
const USUAL_RATIO = 0.85

export class TermPacker {
  readonly #text: ListSource
  readonly #context: ListSource
  readonly #target: PackTarget
  readonly #packs: PackWriter
  readonly #firstTerms: string[] = []
  readonly #characterRows = new Map<string, number>()
  readonly #lists: FarListWriter

  constructor(segment: SegmentReader, target: PackTarget) {
    this.#target = target
    this.#packs = new PackWriter(target)
    this.#lists = new FarListWriter(target)
    const { terms, termIndex, postings } = Section
    this.#text = new ListSource(segment, terms, termIndex, postings)
    const { contextTerms, contextTermIndex, contextPostings } = Section
    this.#context = new ListSource(segment, contextTerms, contextTermIndex, contextPostings)
  }

  run(): PackedTerms {
    let text = new FieldPacker(this.#lists)
    let size = 0
    let first = ''
    let before = ''
    for (const { entry, bytes } of this.#text.lists()) {
      const own = BYTES_PER_TERM + nearBytes(entry, bytes) * USUAL_RATIO
      if (size > 0 && size + own / 2 > this.#target.pieceBytes) {
        const next = separatorOf(before, entry.term)
        this.#close(text, first, next)
        text = new FieldPacker(this.#lists)
        first = next
        size = 0
      }
      before = entry.term
      if (isCharacter(entry.term)) this.#characterRows.set(entry.term, entry.rows)
      text.add(entry, bytes)
      size += own
    }
    this.#close(text, first, null)
    const lists = this.#lists.finish()
    return {
      terms: this.#packs.finish(),
      firstTerms: this.#firstTerms,
      characterRows: this.#characterRows,
      ...lists,
    }
  }

  /** Ends a piece before the term `next`; the terms of titles in its range go with it. */
  #close(text: FieldPacker, first: string, next: string | null): void {
    const context = new FieldPacker(this.#lists)
    for (const { entry, bytes } of this.#context.listsBefore(next)) context.add(entry, bytes)
    this.#firstTerms.push(first)
    this.#packs.add(encodeTermPiece([text.finish(), context.finish()]))
  }
}

/** The shortest text that comes behind `before` and not behind `term`. */
function separatorOf(before: string, term: string): string {
  let end = 1
  while (term.slice(0, end) <= before) end++
  return term.slice(0, end)
}

function nearBytes({ frequency }: TermEntry, bytes: Uint8Array): number {
  const isFar = frequency >= POSTINGS_BLOCK && bytes.length > FAR_LIST_BYTES
  return isFar ? (frequency / POSTINGS_BLOCK) * 4 : bytes.length
}

interface EncodedList {
  readonly entry: TermEntry
  /** Its postings as stored: skip entries, blocks. */
  readonly bytes: Uint8Array
}

/** The terms of one field in order, with their encoded lists. */
class ListSource {
  readonly #dictionary: TermDictionary
  readonly #postings: ChunkReader
  readonly #pending: Generator<EncodedList>
  #next: EncodedList | null = null

  constructor(
    segment: SegmentReader,
    terms: typeof Section.terms | typeof Section.contextTerms,
    termIndex: typeof Section.termIndex | typeof Section.contextTermIndex,
    postings: typeof Section.postings | typeof Section.contextPostings,
  ) {
    this.#dictionary = new TermDictionary(segment.chunked(terms), segment.section(termIndex), 1)
    this.#postings = segment.chunked(postings)
    this.#pending = this.lists()
  }

  *lists(): Generator<EncodedList> {
    let open: TermEntry | null = null
    for (const entry of this.#dictionary.entries()) {
      if (open !== null) yield { entry: open, bytes: this.#bytes(open.offset, entry.offset) }
      open = entry
    }
    if (open !== null) {
      yield { entry: open, bytes: this.#bytes(open.offset, this.#postings.rawLength) }
    }
  }

  /** The terms that were not given yet and stand before `term`; all for null. */
  *listsBefore(term: string | null): Generator<EncodedList> {
    for (;;) {
      this.#next ??= this.#pending.next().value ?? null
      if (this.#next === null || (term !== null && this.#next.entry.term >= term)) return
      yield this.#next
      this.#next = null
    }
  }

  #bytes(start: number, end: number): Uint8Array {
    const bytes = new Uint8Array(end - start)
    for (let at = start; at < end; ) {
      const index = this.#postings.indexAt(at)
      const from = at - this.#postings.startOf(index)
      const piece = this.#postings.chunk(index).subarray(from, from + end - at)
      bytes.set(piece, at - start)
      at += piece.length
    }
    return bytes
  }
}

/** One field's share of a piece. */
class FieldPacker {
  readonly #lists: FarListWriter
  readonly #entries: TermEntry[] = []
  readonly #postings = new ByteWriter(1 << 14)
  readonly #far: FarList[] = []

  constructor(lists: FarListWriter) {
    this.#lists = lists
  }

  add(entry: TermEntry, bytes: Uint8Array): void {
    const offset = this.#postings.length
    this.#entries.push({ ...entry, offset })
    if (entry.frequency < POSTINGS_BLOCK || bytes.length <= FAR_LIST_BYTES) {
      this.#postings.bytes(bytes)
      return
    }
    const { headBytes, blockBytes } = readSkips(entry, bytes)
    this.#postings.bytes(bytes.subarray(0, headBytes))
    const start = this.#lists.add(bytes.subarray(headBytes), blockBytes)
    this.#far.push({ offset, headBytes, start, bytes: bytes.length - headBytes })
  }

  finish(): PackedField {
    const blocks: Uint8Array[] = []
    for (let from = 0; from < this.#entries.length; from += TERMS_PER_BLOCK) {
      const out = new ByteWriter()
      const next = this.#entries[from + TERMS_PER_BLOCK]?.offset ?? this.#postings.length
      encodeTermBlock(out, this.#entries.slice(from, from + TERMS_PER_BLOCK), next)
      blocks.push(out.finish())
    }
    return { blocks, far: this.#far, postings: this.#postings.finish() }
  }
}

/** The skip entries of a long list: their length, and the lengths of the blocks. */
function readSkips({ frequency }: TermEntry, bytes: Uint8Array) {
  const reader = new ByteReader(bytes, 'a posting list')
  const blockBytes: number[] = []
  for (let block = Math.ceil(frequency / POSTINGS_BLOCK); block > 0; block--) {
    reader.varint()
    blockBytes.push(reader.varint())
    reader.byte()
  }
  return { headBytes: reader.position, blockBytes }
}

/** Blocks of far lists, back to back; a block stays in one piece. */
class FarListWriter {
  readonly #most: number
  readonly #packs: PackWriter
  readonly #ends: number[] = []
  readonly #open = new ByteWriter(1 << 14)
  #before = 0

  constructor(target: PackTarget) {
    this.#packs = new PackWriter(target)
    this.#most = target.pieceBytes / USUAL_RATIO
  }

  /** Returns the raw offset of the first block. */
  add(blocks: Uint8Array, blockBytes: readonly number[]): number {
    // A list starts in a piece where it finds room.
    if (this.#open.length + blocks.length > this.#most) this.#close()
    const start = this.#before + this.#open.length
    let at = 0
    for (const bytes of blockBytes) {
      if (this.#open.length + bytes > this.#most) this.#close()
      this.#open.bytes(blocks.subarray(at, at + bytes))
      at += bytes
    }
    return start
  }

  finish(): { lists: PackedPieces; listEnds: readonly number[] } {
    this.#close()
    return { lists: this.#packs.finish(), listEnds: this.#ends }
  }

  #close(): void {
    if (this.#open.length === 0) return
    this.#packs.add(this.#open.finish())
    this.#before += this.#open.length
    this.#ends.push(this.#before)
    this.#open.clear()
  }
}
