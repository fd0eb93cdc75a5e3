/** Writes the table of the pieces of a bundle; piece-table.ts reads it. */

import { ByteWriter } from '../bytes/byte-writer.js'
import type { PackedPieces } from './piece-table.js'

/** Collects pieces and writes the table. */
export class PieceTableWriter {
  readonly #packs = new ByteWriter()
  readonly #counts = new ByteWriter()
  readonly #sizes = new ByteWriter()

  pack(reference: Uint8Array, pieceBytes: readonly number[]): void {
    this.#packs.bytes(reference)
    this.#counts.varint(pieceBytes.length)
    for (const bytes of pieceBytes) this.#sizes.varint(bytes)
  }

  finish(): PackedPieces {
    return {
      packs: this.#packs.finish(),
      counts: this.#counts.finish(),
      sizes: this.#sizes.finish(),
    }
  }
}
