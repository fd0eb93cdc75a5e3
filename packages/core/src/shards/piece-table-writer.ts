/** Writes the table of the pieces of a bundle; piece-table.ts reads it. */

import { ByteWriter } from '../bytes/byte-writer.js'
import { PIECE_UNIT } from './bundle-format.js'
import type { PackedPieces } from './piece-table.js'

/** Collects pieces and writes the table. */
export class PieceTableWriter {
  readonly #packs = new ByteWriter()
  readonly #counts = new ByteWriter()
  readonly #units: number[] = []

  /** A pack with the bytes of its pieces; what else it holds stands behind them. */
  pack(reference: Uint8Array, pieceBytes: readonly number[]): void {
    this.#packs.bytes(reference)
    this.#counts.varint(pieceBytes.length)
    for (const bytes of pieceBytes) this.#units.push(bytes / PIECE_UNIT)
  }

  finish(): PackedPieces {
    const sizes = new ByteWriter()
    for (const units of this.#units) sizes.byte(units & 0xff)
    for (const units of this.#units) sizes.varint(units >>> 8)
    return {
      packs: this.#packs.finish(),
      counts: this.#counts.finish(),
      sizes: sizes.finish(),
    }
  }
}
