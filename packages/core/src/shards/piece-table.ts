/** Where the pieces of a bundle stand in its packs. piece-table-writer.ts writes it. */

import { ByteReader } from '../bytes/byte-reader.js'
import { corrupt } from '../errors.js'
import {
  PACK_REFERENCE_BYTES,
  PIECE_UNIT,
  readReference,
  type ShardReference,
} from './bundle-format.js'

/** As it is in the core. */
export interface PackedPieces {
  /** References of the packs. */
  readonly packs: Uint8Array
  /** Per pack: number of pieces, varint. */
  readonly counts: Uint8Array
  /** Per piece the low byte of its bytes / 16; then, per piece, the rest as a varint. */
  readonly sizes: Uint8Array
}

export interface Piece {
  readonly pack: ShardReference
  /** Its bytes in the pack. */
  readonly start: number
  readonly end: number
}

/** Tells pieces apart, wherever their places were read. */
export function keyOf({ pack, start }: Piece): string {
  return `${pack.name}:${start}`
}

export class PieceTable {
  readonly #packs: ShardReference[] = []
  /** Pieces before a pack's first, and behind them all pieces. */
  readonly #firsts: number[] = [0]
  readonly #ends: Uint32Array
  /** Bytes of all pieces. */
  readonly bytes: number

  constructor({ packs, counts, sizes }: PackedPieces) {
    if (packs.length % PACK_REFERENCE_BYTES !== 0) throw corrupt('a list of packs is broken')
    const reader = new ByteReader(counts, 'the packs of the bundle')
    for (let at = 0; at < packs.length; at += PACK_REFERENCE_BYTES) {
      this.#packs.push(readReference(packs, at, PACK_REFERENCE_BYTES))
      this.#firsts.push(this.#firsts.at(-1)! + reader.varint())
    }
    const count = this.#firsts.at(-1)!
    if (count > sizes.length) throw corrupt(`the packs claim ${count} pieces`)
    this.#ends = new Uint32Array(count)
    let bytes = 0
    const rest = new ByteReader(sizes, 'the pieces of the bundle', count)
    for (const [pack, first] of this.#firsts.entries()) {
      let end = 0
      for (let piece = first; piece < (this.#firsts[pack + 1] ?? first); piece++) {
        end += (sizes[piece]! + rest.varint() * 256) * PIECE_UNIT
        this.#ends[piece] = end
      }
      bytes += end
    }
    this.bytes = bytes
    if (rest.remaining > 0) throw corrupt('a pack lacks pieces')
  }

  get count(): number {
    return this.#ends.length
  }

  piece(number: number): Piece {
    const end = this.#ends[number]
    if (end === undefined) throw corrupt(`the bundle has no piece ${number}`)
    const pack = this.packOf(number)
    const start = number === this.#firsts[pack] ? 0 : this.#ends[number - 1]!
    return { pack: this.#packs[pack]!, start, end }
  }

  /** The number of the pack that a piece is in. */
  packOf(piece: number): number {
    let low = 0
    let high = this.#packs.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#firsts[middle + 1]! <= piece) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Bytes of a pack that stand behind its pieces, from `start` on. */
  behind(pack: number, start: number, length: number): Piece {
    const reference = this.#packs[pack]
    if (reference === undefined) throw corrupt(`the bundle has no pack ${pack}`)
    const first = this.#firsts[pack]!
    const next = this.#firsts[pack + 1]!
    const base = next === first ? 0 : this.#ends[next - 1]!
    return { pack: reference, start: base + start, end: base + start + length }
  }

  *all(): Generator<Piece> {
    for (let i = 0; i < this.count; i++) yield this.piece(i)
  }
}
