/** Writes the table of the pieces of a bundle; piece-table.ts reads it. */

import { ByteWriter } from '../bytes/byte-writer.js'
import type { NumberEncoder } from '../bytes/number-encoder.js'
import * as Context from './contexts.js'
import { type PackedPieces, sizeContext } from './piece-table.js'

/** Collects pieces. */
export class PieceTableWriter {
  readonly #packs = new ByteWriter()
  readonly #counts: number[] = []
  readonly #sizes: number[] = []
  readonly #unit: number

  /** `unit`: every piece takes a multiple of so many bytes. */
  constructor(unit: number) {
    this.#unit = unit
  }

  /** A pack with the bytes of its pieces; what else it holds stands behind them. */
  pack(reference: Uint8Array, pieceBytes: readonly number[]): void {
    this.#packs.bytes(reference)
    this.#counts.push(pieceBytes.length)
    for (const bytes of pieceBytes) this.#sizes.push(bytes / this.#unit)
  }

  finish(): PackedPieces {
    const packs = this.#packs.finish()
    return { packs, counts: this.#counts, sizes: this.#sizes, unit: this.#unit }
  }
}

/** `expected`: the sizes that a reader expects, in units, or nothing. */
export function writePieces(
  numbers: NumberEncoder,
  { counts, sizes }: PackedPieces,
  expected: readonly number[],
  context: number,
): void {
  for (const count of counts.slice(0, -1)) numbers.number(Context.packPieces, count)
  for (const [piece, size] of sizes.entries()) {
    const known = expected[piece] ?? 0
    const more = size - known
    numbers.number(sizeContext(context, known), more < 0 ? -more * 2 - 1 : more * 2)
  }
}
