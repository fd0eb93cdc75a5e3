/** Pieces in, packs out: files that hold some pieces each. */

import { ByteWriter } from '../bytes/byte-writer.js'
import { crc32 } from '../bytes/crc32.js'
import type { Deflate } from '../segment/chunks.js'
import type { PackedPieces } from '../shards/piece-table.js'
import { PieceTableWriter } from '../shards/piece-table-writer.js'

export interface PackTarget {
  /** A pack is closed before it would grow beyond this, in bytes. */
  readonly packBytes: number
  /** Aimed size of a piece, compressed, in bytes. */
  readonly pieceBytes: number
  readonly deflate: Deflate
  /** Takes a file; returns its reference. */
  readonly addFile: (bytes: Uint8Array) => Uint8Array
}

export class PackWriter {
  readonly #target: PackTarget
  readonly #table = new PieceTableWriter()
  readonly #open = new ByteWriter(1 << 14)
  #pieceBytes: number[] = []

  constructor(target: PackTarget) {
    this.#target = target
  }

  /** Appends a piece, uncompressed. */
  add(raw: Uint8Array): void {
    const packed = this.#target.deflate(raw)
    const piece = new ByteWriter(packed.length + 4)
    piece.u32(crc32(packed))
    piece.bytes(packed)
    if (this.#open.length + piece.length > this.#target.packBytes) this.#close()
    this.#open.bytes(piece.view())
    this.#pieceBytes.push(piece.length)
  }

  finish(): PackedPieces {
    this.#close()
    return this.#table.finish()
  }

  #close(): void {
    if (this.#pieceBytes.length === 0) return
    this.#table.pack(this.#target.addFile(this.#open.finish()), this.#pieceBytes)
    this.#open.clear()
    this.#pieceBytes = []
  }
}
