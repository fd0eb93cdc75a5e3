/** Where the pieces of a bundle stand in its packs. piece-table-writer.ts writes it. */

import type { NumberDecoder } from '../bytes/number-decoder.js'
import { corrupt } from '../errors.js'
import { PACK_REFERENCE_BYTES, readReference, type ShardReference } from './bundle-format.js'
import * as Context from './contexts.js'

/** What there is of pieces beyond their bytes. */
export interface PackedPieces {
  /** References of the packs. */
  readonly packs: Uint8Array
  /** Per pack: number of pieces. */
  readonly counts: readonly number[]
  /** Per piece, in units. */
  readonly sizes: readonly number[]
  /** Bytes. */
  readonly unit: number
}

/**
 * Reads so many pieces of packs: of each pack but the last how many, then of each piece the
 * difference to the size in units that is `expected`, or to 0; even where it is more.
 */
export function readPieces(
  numbers: NumberDecoder,
  packs: Uint8Array,
  unit: number,
  pieces: number,
  expected: readonly number[],
  context: number,
): PackedPieces {
  const counts: number[] = []
  const sizes: number[] = []
  let left = pieces
  for (let at = PACK_REFERENCE_BYTES * 2; at <= packs.length; at += PACK_REFERENCE_BYTES) {
    const count = numbers.number(Context.packPieces)
    counts.push(count)
    left -= count
  }
  if (left < 0 || packs.length < PACK_REFERENCE_BYTES) throw corrupt('the packs lack pieces')
  while (sizes.length < pieces) {
    const size = expected[sizes.length] ?? 0
    const told = numbers.number(sizeContext(context, size))
    sizes.push(Math.max(0, size + (told % 2 === 0 ? told / 2 : -(told + 1) / 2)))
  }
  return { packs, counts: [...counts, left], sizes, unit }
}

/** The context of the difference to a size that is expected. */
export function sizeContext(context: number, expected: number): number {
  return context + Math.min(Context.MOST_EXPECTED, expected)
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
  readonly #pieces: Piece[] = []
  /** By piece: the number of its pack. */
  readonly #packOf: number[] = []
  /** By pack: where its pieces end. */
  readonly #ends: number[] = []

  constructor({ packs, counts, sizes, unit }: PackedPieces) {
    for (const [number, count] of counts.entries()) {
      const pack = readReference(packs, number * PACK_REFERENCE_BYTES, PACK_REFERENCE_BYTES)
      let end = 0
      for (let i = 0; i < count; i++) {
        const start = end
        end += sizes[this.count]! * unit
        this.#pieces.push({ pack, start, end })
        this.#packOf.push(number)
      }
      this.#packs.push(pack)
      this.#ends.push(end)
    }
  }

  get count(): number {
    return this.#pieces.length
  }

  piece(number: number): Piece {
    const piece = this.#pieces[number]
    if (piece === undefined) throw corrupt(`the bundle has no piece ${number}`)
    return piece
  }

  /** The number of the pack that a piece is in. */
  packOf(piece: number): number {
    return this.#packOf[piece]!
  }

  /** Bytes of a pack that stand behind its pieces, from `start` on. */
  behind(number: number, start: number, length: number): Piece {
    const pack = this.#packs[number]
    if (pack === undefined) throw corrupt(`the bundle has no pack ${number}`)
    const from = this.#ends[number]! + start
    return { pack, start: from, end: from + length }
  }

  all(): readonly Piece[] {
    return this.#pieces
  }
}
