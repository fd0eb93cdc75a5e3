/** Where the pieces of a bundle stand in its packs. piece-table-writer.ts writes it. */

import { ByteReader } from '../bytes/byte-reader.js'
import { corrupt } from '../errors.js'
import { REFERENCE_BYTES, readReference, type ShardReference } from './bundle-format.js'

/** As it is in the core. */
export interface PackedPieces {
  /** References of the packs. */
  readonly packs: Uint8Array
  /** Per pack: number of pieces, varint. */
  readonly counts: Uint8Array
  /** Per piece: its bytes, varint. */
  readonly sizes: Uint8Array
}

export interface Piece {
  readonly pack: ShardReference
  /** Bytes of the pack. */
  readonly packBytes: number
  /** Its bytes in the pack. */
  readonly start: number
  readonly end: number
  /** All pieces of its pack, in order. */
  readonly siblings: readonly Piece[]
}

export class PieceTable {
  readonly #pieces: Piece[] = []

  constructor({ packs, counts, sizes }: PackedPieces) {
    if (packs.length % REFERENCE_BYTES !== 0) throw corrupt('a list of packs is broken')
    const countReader = new ByteReader(counts, 'the packs of the bundle')
    const sizeReader = new ByteReader(sizes, 'the pieces of the bundle')
    for (let at = 0; at < packs.length; at += REFERENCE_BYTES) {
      this.#readPack(readReference(packs, at), countReader.varint(), sizeReader)
    }
    if (sizeReader.remaining > 0) throw corrupt('a pack lacks pieces')
  }

  #readPack(pack: ShardReference, count: number, sizes: ByteReader): void {
    if (count > sizes.remaining) throw corrupt(`a pack claims ${count} pieces`)
    const ends = Array.from({ length: count }, () => sizes.varint())
    for (let i = 1; i < count; i++) ends[i]! += ends[i - 1]!
    const packBytes = ends.at(-1) ?? 0
    const siblings: Piece[] = []
    for (const [i, end] of ends.entries()) {
      siblings.push({ pack, packBytes, start: i === 0 ? 0 : ends[i - 1]!, end, siblings })
    }
    this.#pieces.push(...siblings)
  }

  get count(): number {
    return this.#pieces.length
  }

  piece(number: number): Piece {
    const piece = this.#pieces[number]
    if (piece === undefined) throw corrupt(`the bundle has no piece ${number}`)
    return piece
  }

  all(): readonly Piece[] {
    return this.#pieces
  }
}
