/** Dictionaries and posting lists of an index → term packs. */

import { ByteWriter } from '../bytes/byte-writer.js'
import type { Postings } from '../postings/posting-list.js'
import { encodePostings } from '../postings/postings-codec.js'
import { POSTINGS_BLOCK, Section, TERMS_PER_BLOCK } from '../segment/format.js'
import type { SegmentReader } from '../segment/segment-reader.js'
import { FAR_LIST_BYTES, LIST_UNIT } from '../shards/bundle-format.js'
import type { PackedPieces } from '../shards/piece-table.js'
import { encodeTermPiece, type FarList, type PackedField } from '../shards/term-piece.js'
import { FIRST_UNIT, pieceOf } from '../shards/term-ranges.js'
import type { PackedRanges } from '../shards/term-ranges-writer.js'
import { encodeTermBlock, isCharacter } from '../terms/term-block.js'
import type { TermEntry } from '../terms/term-dictionary.js'
import { type EncodedList, ListSource, readList, readSkips } from './list-source.js'
import { hashOf, type PackTarget, PackWriter, packPiece } from './pack-writer.js'
import type { SectionNumbers } from './section-numbers.js'

export interface PackedTerms {
  readonly terms: PackedPieces
  readonly ranges: PackedRanges
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
  readonly #units = new Map<number, number>()
  #open: OpenPieces = newPieces('')
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
    let unit: EncodedList[] = []
    for (const list of this.#text.lists()) {
      const { term, rows } = list.entry
      if (isCharacter(term)) this.#characterRows.set(term, rows)
      // Readers know of units that begin a character.
      const [first] = unit
      if (first === undefined && !(isCharacter(term) && term.charCodeAt(0) >= FIRST_UNIT)) {
        this.#addLatin(list)
        continue
      }
      const isNew = first === undefined || first.entry.term[0] !== term[0]
      if (first !== undefined && isNew && isCharacter(term)) {
        this.#addUnit(unit)
        unit = []
      }
      unit.push(list)
    }
    if (unit.length > 0) this.#addUnit(unit)
    if (this.#firstTerms.length === 0) this.#firstTerms.push('')
    this.#close(null)
    return {
      terms: this.#packs.finish(),
      ranges: { firstTerms: this.#firstTerms, units: this.#units },
      characterRows: this.#characterRows,
    }
  }

  /** Adds a term to the open piece, or to one that starts with it. */
  #addLatin(list: EncodedList): void {
    const own = sizeOf(list)
    const { lists, size } = this.#open
    const before = lists.at(-1)?.entry.term
    if (before !== undefined) {
      const next = this.#endBefore(before, list.entry.term, size, own)
      if (next !== null) this.#start(next)
    }
    if (this.#firstTerms.length === 0) this.#firstTerms.push('')
    else if (this.#open.lists.length === 0) this.#firstTerms.push(this.#open.first)
    this.#open.lists.push(list)
    this.#open.size += own
  }

  /** Adds the terms of a first unit to the open piece, or gives them pieces of their own. */
  #addUnit(lists: readonly EncodedList[]): void {
    const aimed = this.#target.pieceBytes
    const size = lists.reduce((sum, list) => sum + sizeOf(list), 0)
    const first = lists[0]!.entry.term[0]!
    const unit = first.charCodeAt(0)
    const count = size > aimed * MOST_PIECE ? Math.max(2, Math.round(size / aimed)) : 1
    if (this.#firstTerms.length === 0) this.#firstTerms.push('')
    const { size: open } = this.#open
    const isFull = open + size / 2 > aimed
    const mayEnd = open > aimed * LEAST_PIECE && hashOf(first) % ENDS_PER_END === 0
    if (count > 1 || this.#open.count > 1 || this.#units.size === 0 || isFull || mayEnd) {
      this.#start(first)
      this.#open.count = count
      this.#units.set(unit, count)
    }
    this.#open.lists.push(...lists)
    this.#open.size += size
  }

  /** Where the next piece starts when this one of `size` bytes ends before a term; else null. */
  #endBefore(before: string, term: string, size: number, own: number): string | null {
    const aimed = this.#target.pieceBytes
    const isFull = size + own / 2 > aimed * MOST_PIECE
    if (!isFull && size < aimed * LEAST_PIECE) return null
    const next = separatorOf(before, term)
    return isFull || (next.length === 1 && hashOf(next) % ENDS_PER_END === 0) ? next : null
  }

  /** Ends the open pieces and opens some that start with `first`. */
  #start(first: string): void {
    this.#close(first)
    this.#open = newPieces(first)
  }

  /** Ends the open pieces before the term `next`; the terms of titles in their range go with them. */
  #close(next: string | null): void {
    const { first, lists, count } = this.#open
    const pieces = Array.from({ length: count }, () => {
      return [new FieldPacker(this.#target), new FieldPacker(this.#target)] as const
    })
    for (const { entry, bytes } of lists) {
      pieces[pieceOf(entry.term, count)]![0].add(entry, bytes)
    }
    for (const { entry, bytes } of this.#context.listsBefore(next)) {
      const list = renumbered(readList(entry, bytes), this.#sections)
      pieces[pieceOf(entry.term, count)]![1].add(entry, encodeList(list))
    }
    for (const [i, [text, context]] of pieces.entries()) {
      const farBytes = text.farBytes + context.farBytes
      this.#packs.expect(this.#target.pieceBytes + farBytes, `${first}${i}`)
      this.#packs.add(encodeTermPiece([text.finish(this.#packs), context.finish(this.#packs)]))
    }
  }
}

/** Pieces that are not written yet: one, or those of one first unit. */
interface OpenPieces {
  readonly first: string
  readonly lists: EncodedList[]
  /** Bytes that their terms come to, compressed. */
  size: number
  count: number
}

function newPieces(first: string): OpenPieces {
  return { first, lists: [], size: 0, count: 1 }
}

/** A short text that comes behind `before` and not behind `term`. */
function separatorOf(before: string, term: string): string {
  let end = 1
  while (term.slice(0, end) <= before) end++
  return term.slice(0, end)
}

/** Bytes that a term comes to in its piece, compressed. */
function sizeOf({ entry, bytes }: EncodedList): number {
  return BYTES_PER_TERM + nearBytes(entry, bytes) * USUAL_RATIO
}

function nearBytes(entry: TermEntry, bytes: Uint8Array): number {
  return isFar(entry, bytes) ? (entry.frequency / POSTINGS_BLOCK) * 4 : bytes.length
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
      const packed = packPiece(bytes.subarray(from, end), this.#target.deflate, LIST_UNIT)
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
