/** Dictionaries and posting lists of an index → term packs. */

import { ByteReader } from '../bytes/byte-reader.js'
import { ByteWriter } from '../bytes/byte-writer.js'
import type { Postings } from '../postings/posting-list.js'
import { decodePostings, encodePostings } from '../postings/postings-codec.js'
import type { ChunkReader } from '../segment/chunks.js'
import { POSTINGS_BLOCK, Section, TERMS_PER_BLOCK } from '../segment/format.js'
import type { SegmentReader } from '../segment/segment-reader.js'
import { FAR_LIST_BYTES } from '../shards/bundle-format.js'
import type { PackedPieces } from '../shards/piece-table.js'
import { encodeTermPiece, type FarList, type PackedField } from '../shards/term-piece.js'
import { encodeTermBlock, isCharacter } from '../terms/term-block.js'
import { TermDictionary, type TermEntry } from '../terms/term-dictionary.js'
import { hashOf, type PackTarget, PackWriter, packPiece } from './pack-writer.js'
import type { SectionNumbers } from './section-numbers.js'

export interface PackedTerms {
  readonly terms: PackedPieces
  readonly firstTerms: readonly string[]
  /** Every character of a gram script with the number of paragraphs that hold it. */
  readonly characterRows: ReadonlyMap<string, number>
}

/** What a term of the dictionary and a byte of postings come to, compressed. */
const BYTES_PER_TERM = 3.3
const USUAL_RATIO = 0.85
/** Raw bytes of a piece of a far list. */
const LIST_PIECE_BYTES = 2048

/** A piece ends between these shares of its aimed size, where a term says so; see `mayEndBefore`. */
const LEAST_PIECE = 0.7
const MOST_PIECE = 1.25
const ENDS_PER_END = 3

export class TermPacker {
  readonly #text: ListSource
  readonly #context: ListSource
  readonly #target: PackTarget
  readonly #packs: PackWriter
  readonly #sections: SectionNumbers
  readonly #firstTerms: string[] = []
  readonly #characterRows = new Map<string, number>()

  constructor(segment: SegmentReader, sections: SectionNumbers, target: PackTarget) {
    this.#target = target
    this.#packs = new PackWriter(target)
    this.#sections = sections
    const { terms, termIndex, postings } = Section
    this.#text = new ListSource(segment, terms, termIndex, postings)
    const { contextTerms, contextTermIndex, contextPostings } = Section
    this.#context = new ListSource(segment, contextTerms, contextTermIndex, contextPostings)
  }

  run(): PackedTerms {
    let text = new FieldPacker(this.#target)
    let size = 0
    let first = ''
    let before = ''
    for (const { entry, bytes } of this.#text.lists()) {
      const own = BYTES_PER_TERM + nearBytes(entry, bytes) * USUAL_RATIO
      const next = size > 0 ? this.#endBefore(before, entry.term, size, own) : null
      if (next !== null) {
        this.#close(text, first, next)
        text = new FieldPacker(this.#target)
        first = next
        size = 0
      }
      before = entry.term
      if (isCharacter(entry.term)) this.#characterRows.set(entry.term, entry.rows)
      text.add(entry, bytes)
      size += own
    }
    this.#close(text, first, null)
    return {
      terms: this.#packs.finish(),
      firstTerms: this.#firstTerms,
      characterRows: this.#characterRows,
    }
  }

  /** Where the next piece starts when this one of `size` bytes ends before a term; else null. */
  #endBefore(before: string, term: string, size: number, own: number): string | null {
    const aimed = this.#target.pieceBytes
    const isFull = size + own / 2 > aimed * MOST_PIECE
    if (!isFull && size < aimed * LEAST_PIECE) return null
    const next = separatorOf(before, term)
    return isFull || (isShortSeparator(next) && hashOf(next) % ENDS_PER_END === 0) ? next : null
  }

  /** Ends a piece before the term `next`; the terms of titles in its range go with it. */
  #close(text: FieldPacker, first: string, next: string | null): void {
    const context = new FieldPacker(this.#target)
    for (const { entry, bytes } of this.#context.listsBefore(next)) {
      const list = readList(entry, bytes)
      context.add(entry, encodeList(renumbered(list, this.#sections)))
    }
    this.#firstTerms.push(first)
    const farBytes = text.farBytes + context.farBytes
    this.#packs.expect(this.#target.pieceBytes + farBytes, first)
    this.#packs.add(encodeTermPiece([text.finish(this.#packs), context.finish(this.#packs)]))
  }
}

/**
 * A short text that comes behind `before` and not behind `term`: where the second characters
 * differ in their high bytes, one of high byte alone.
 */
function separatorOf(before: string, term: string): string {
  if (before[0] === term[0] && before.charCodeAt(1) >>> 8 < term.charCodeAt(1) >>> 8) {
    return term[0]! + String.fromCharCode(term.charCodeAt(1) & 0xff00)
  }
  let end = 1
  while (term.slice(0, end) <= before) end++
  return term.slice(0, end)
}

function isShortSeparator(text: string): boolean {
  return text.length === 1 || (text.length === 2 && (text.charCodeAt(1) & 0xff) === 0)
}

function nearBytes(entry: TermEntry, bytes: Uint8Array): number {
  return isFar(entry, bytes) ? (entry.frequency / POSTINGS_BLOCK) * 4 : bytes.length
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

/** A far list whose blocks have no place yet. */
interface OpenFarList {
  readonly offset: number
  readonly headBytes: number
  readonly pieces: readonly { readonly rawBytes: number; readonly packed: Uint8Array }[]
}

/** One field's share of a piece. */
class FieldPacker {
  readonly #target: PackTarget
  readonly #entries: TermEntry[] = []
  readonly #postings = new ByteWriter(1 << 12)
  readonly #far: OpenFarList[] = []
  /** Bytes of the blocks of far lists. */
  farBytes = 0

  constructor(target: PackTarget) {
    this.#target = target
  }

  add(entry: TermEntry, bytes: Uint8Array): void {
    const offset = this.#postings.length
    this.#entries.push({ ...entry, offset })
    if (!isFar(entry, bytes)) {
      this.#postings.bytes(bytes)
      return
    }
    const { headBytes, blockBytes } = readSkips(entry, bytes)
    this.#postings.bytes(bytes.subarray(0, headBytes))
    this.#far.push({ offset, headBytes, pieces: this.#pieces(bytes, headBytes, blockBytes) })
  }

  /** The blocks of a list in pieces; a block stays in one. */
  #pieces(bytes: Uint8Array, headBytes: number, blockBytes: readonly number[]) {
    const pieces: { rawBytes: number; packed: Uint8Array }[] = []
    let from = headBytes
    let end = headBytes
    const close = () => {
      const packed = packPiece(bytes.subarray(from, end), this.#target.deflate)
      this.farBytes += packed.length
      pieces.push({ rawBytes: end - from, packed })
      from = end
    }
    for (const block of blockBytes) {
      if (end > from && end + block - from > LIST_PIECE_BYTES) close()
      end += block
    }
    close()
    return pieces
  }

  finish(packs: PackWriter): PackedField {
    const blocks: Uint8Array[] = []
    for (let from = 0; from < this.#entries.length; from += TERMS_PER_BLOCK) {
      const out = new ByteWriter()
      const next = this.#entries[from + TERMS_PER_BLOCK]?.offset ?? this.#postings.length
      encodeTermBlock(out, this.#entries.slice(from, from + TERMS_PER_BLOCK), next)
      blocks.push(out.finish())
    }
    const far = this.#far.map(({ offset, headBytes, pieces }): FarList => {
      const placed = pieces.map(({ rawBytes, packed }) => {
        return { rawBytes, bytes: packed.length, ...packs.putBehind(packed) }
      })
      return { offset, headBytes, pieces: placed }
    })
    return { blocks, far, postings: this.#postings.finish() }
  }
}

function isFar({ frequency }: TermEntry, bytes: Uint8Array): boolean {
  return frequency >= POSTINGS_BLOCK && bytes.length > FAR_LIST_BYTES
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

/** The postings of a list as it is stored. */
function readList(entry: TermEntry, bytes: Uint8Array): Postings {
  const { frequency } = entry
  const rows = new Int32Array(frequency)
  const tfs = new Uint8Array(frequency)
  // Blocks need no coding of their own: they go on where the one before ended.
  const at = frequency < POSTINGS_BLOCK ? 0 : readSkips(entry, bytes).headBytes
  decodePostings(bytes, at, frequency, -1, rows, tfs)
  return { rows, tfs }
}

function renumbered({ rows }: Postings, sections: SectionNumbers): Postings {
  return {
    rows: rows.map((section) => sections.numberOf(section)),
    tfs: Uint8Array.from(rows, (section) => sections.frequencyOf(section)),
  }
}

/** The same coding again. Titles and headings have no scores by frequency, and so no bounds. */
function encodeList({ rows, tfs }: Postings): Uint8Array {
  const skips = new ByteWriter()
  const blocks = new ByteWriter()
  for (let from = 0; from < rows.length; from += POSTINGS_BLOCK) {
    const end = Math.min(rows.length, from + POSTINGS_BLOCK)
    const before = blocks.length
    encodePostings(blocks, rows, tfs, from, end)
    skips.varint(rows[end - 1]! - (from === 0 ? -1 : rows[from - 1]!))
    skips.varint(blocks.length - before)
    skips.byte(0)
  }
  if (rows.length < POSTINGS_BLOCK) return blocks.finish()
  skips.bytes(blocks.view())
  return skips.finish()
}
