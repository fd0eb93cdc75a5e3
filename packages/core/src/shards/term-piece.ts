/**
 * A term piece, both ways: a range of both dictionaries with the posting lists of its terms, so
 * that a query fetches one piece for everything that it asks about a term.
 *
 *   piece = field (texts) · field (titles and headings)
 *   field = blocks varint · per block: bytes varint · term block (terms/term-block.ts)
 *         · far lists varint · per far list: offset varint · head bytes varint · pieces varint
 *           · per piece: raw bytes varint · bytes / 16 varint · pack varint · [start / 16 varint]
 *         · bytes varint · postings
 *
 * Offsets of lists refer to the field's postings. Of a far list only the skip entries ("head")
 * are here; its blocks stand in pieces of their own. `pack` says how many packs behind that of the
 * term piece; `start`, counted from the end of that pack's term pieces, is left out for a piece
 * that follows the one before it directly: pack is 0 for that, and one more otherwise.
 */

import { ByteReader } from '../bytes/byte-reader.js'
import { ByteWriter } from '../bytes/byte-writer.js'
import { corrupt } from '../errors.js'
import { TermBlock } from '../terms/term-block.js'
import { LIST_UNIT } from './bundle-format.js'

/** A row of blocks of a far list. */
export interface ListPiece {
  readonly rawBytes: number
  readonly bytes: number
  /** How many packs behind the pack of the term piece. */
  readonly pack: number
  /** Bytes from the end of that pack's term pieces. */
  readonly start: number
}

/** Where the blocks of a list stand that is too long for its piece. */
export interface FarList {
  /** Offset of its skip entries in the postings of the piece. */
  readonly offset: number
  /** Bytes of the skip entries. */
  readonly headBytes: number
  readonly pieces: readonly ListPiece[]
}

export interface PackedField {
  /** Encoded term blocks. */
  readonly blocks: readonly Uint8Array[]
  readonly far: readonly FarList[]
  readonly postings: Uint8Array
}

export function encodeTermPiece(fields: readonly PackedField[]): Uint8Array {
  const out = new ByteWriter(1 << 14)
  for (const { blocks, far, postings } of fields) {
    out.varint(blocks.length)
    for (const block of blocks) {
      out.varint(block.length)
      out.bytes(block)
    }
    out.varint(far.length)
    for (const list of far) writeFarList(out, list)
    out.varint(postings.length)
    out.bytes(postings)
  }
  return out.finish()
}

function writeFarList(out: ByteWriter, { offset, headBytes, pieces }: FarList): void {
  out.varint(offset)
  out.varint(headBytes)
  out.varint(pieces.length)
  let before: ListPiece | null = null
  for (const piece of pieces) {
    out.varint(piece.rawBytes)
    out.varint(piece.bytes / LIST_UNIT)
    if (before?.pack === piece.pack && before.start + before.bytes === piece.start) out.varint(0)
    else {
      out.varint(piece.pack + 1)
      out.varint(piece.start / LIST_UNIT)
    }
    before = piece
  }
}

/** One field's share of a term piece. */
export interface TermPieceField {
  readonly blocks: readonly TermBlock[]
  /** Far lists by their offset. */
  readonly far: ReadonlyMap<number, FarList>
  readonly postings: Uint8Array
}

/** The fields of a piece, in the order they were written. */
export function decodeTermPiece(bytes: Uint8Array): TermPieceField[] {
  const reader = new ByteReader(bytes, 'a term piece')
  return [readField(reader), readField(reader)]
}

function readField(reader: ByteReader): TermPieceField {
  const blocks: TermBlock[] = []
  for (let count = reader.varint(); count > 0; count--) {
    blocks.push(new TermBlock(reader.bytes(reader.varint()), false))
  }
  const far = new Map<number, FarList>()
  for (let count = reader.varint(); count > 0; count--) {
    const list = readFarList(reader)
    far.set(list.offset, list)
  }
  return { blocks, far, postings: reader.bytes(reader.varint()) }
}

function readFarList(reader: ByteReader): FarList {
  const offset = reader.varint()
  const headBytes = reader.varint()
  const pieces: ListPiece[] = []
  for (let count = reader.varint(); count > 0; count--) {
    const rawBytes = reader.varint()
    const bytes = reader.varint() * LIST_UNIT
    const place = reader.varint()
    const before = pieces.at(-1)
    if (place > 0) {
      pieces.push({ rawBytes, bytes, pack: place - 1, start: reader.varint() * LIST_UNIT })
    } else if (before !== undefined) {
      pieces.push({ rawBytes, bytes, pack: before.pack, start: before.start + before.bytes })
    } else throw corrupt('a far list starts nowhere')
  }
  return { offset, headBytes, pieces }
}
