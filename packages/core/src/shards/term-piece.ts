/**
 * A term piece, both ways: a range of both dictionaries with the posting lists of its terms, so
 * that a query fetches one file for everything that it asks about a term.
 *
 *   piece = field (texts) · field (titles and headings)
 *   field = blocks varint · per block: bytes varint · term block (terms/term-block.ts)
 *         · far lists varint · per far list: offset varint · head bytes varint · far start varint
 *           · block bytes varint
 *         · bytes varint · postings
 *
 * Offsets of lists refer to the field's postings. Of a far list only the skip entries ("head")
 * are here; its blocks stand in the list packs, from raw offset `far start` on.
 */

import { ByteReader } from '../bytes/byte-reader.js'
import { ByteWriter } from '../bytes/byte-writer.js'
import { TermBlock } from '../terms/term-block.js'

/** Where the blocks of a list stand that is too long for its piece. */
export interface FarList {
  /** Offset of its skip entries in the postings of the piece. */
  readonly offset: number
  /** Bytes of the skip entries. */
  readonly headBytes: number
  /** Raw offset of its first block in all list packs together. */
  readonly start: number
  /** Bytes of its blocks. */
  readonly bytes: number
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
    for (const { offset, headBytes, start, bytes } of far) {
      out.varint(offset)
      out.varint(headBytes)
      out.varint(start)
      out.varint(bytes)
    }
    out.varint(postings.length)
    out.bytes(postings)
  }
  return out.finish()
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
    const list = {
      offset: reader.varint(),
      headBytes: reader.varint(),
      start: reader.varint(),
      bytes: reader.varint(),
    }
    far.set(list.offset, list)
  }
  return { blocks, far, postings: reader.bytes(reader.varint()) }
}
