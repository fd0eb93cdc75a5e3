/**
 * Pieces in, packs out: files that hold some pieces each. Where a pack ends depends on its own
 * pieces alone, so that an edit changes the packs it touches and hardly their neighbours.
 */

import { ByteWriter } from '../bytes/byte-writer.js'
import { crc32 } from '../bytes/crc32.js'
import type { Deflate } from '../segment/chunks.js'
import { PACK_REFERENCE_BYTES, PIECE_HEAD_BYTES, PIECE_UNIT } from '../shards/bundle-format.js'
import type { PackedPieces } from '../shards/piece-table.js'
import { PieceTableWriter } from '../shards/piece-table-writer.js'

export interface PackTarget {
  /** A pack is closed before it would grow beyond this, in bytes. */
  readonly packBytes: number
  /** Aimed size of a piece, compressed, in bytes. */
  readonly pieceBytes: number
  readonly deflate: Deflate
  readonly addFile: AddFile
}

/** Takes a file; returns its reference of so many bytes, by default REFERENCE_BYTES. */
export type AddFile = (content: Uint8Array, referenceBytes?: number) => Uint8Array

/** A pack of this share of its size ends where a piece's key says so. */
const LEAST_PACK = 0.6
const PIECES_PER_END = 4

/** A piece as it stands in a pack. */
export function packPiece(raw: Uint8Array, deflate: Deflate): Uint8Array {
  const packed = deflate(raw)
  const length = PIECE_HEAD_BYTES + packed.length
  const padding = (PIECE_UNIT - (length % PIECE_UNIT)) % PIECE_UNIT
  const piece = new Uint8Array(length + padding)
  piece[4] = padding
  piece.set(packed, PIECE_HEAD_BYTES)
  const checksum = crc32(piece.subarray(4))
  for (let i = 0; i < 4; i++) piece[i] = checksum >>> (i * 8)
  return piece
}

/** A number of 32 bits that a text always gives. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  // FNV leaves little in the low bits of short texts.
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}

export class PackWriter {
  readonly #target: PackTarget
  readonly #table = new PieceTableWriter()
  readonly #open = new ByteWriter(1 << 14)
  /** What stands behind the pieces of the open pack, and in packs of its own that follow it. */
  #behind: ByteWriter[] = [new ByteWriter()]
  #pieceBytes: number[] = []

  constructor(target: PackTarget) {
    this.#target = target
  }

  /**
   * Says that a piece of about so many bytes comes next, with what stands behind it. `key` names
   * it: one and the same from build to build, unlike its number.
   */
  expect(bytes: number, key: string): void {
    const { packBytes } = this.#target
    const size = this.#open.length + this.#behind[0]!.length
    const mayEnd = size > packBytes * LEAST_PACK && hashOf(key) % PIECES_PER_END === 0
    if (mayEnd || size + bytes > packBytes) this.#close()
  }

  /** Puts bytes behind the pieces of the pack of the piece that is expected, or of one after it. */
  putBehind(bytes: Uint8Array): { pack: number; start: number } {
    const { packBytes, pieceBytes } = this.#target
    const isFirst = this.#behind.length === 1
    const taken = isFirst ? this.#open.length + pieceBytes : 0
    const last = this.#behind.at(-1)!
    if (taken + last.length > 0 && taken + last.length + bytes.length > packBytes) {
      this.#behind.push(new ByteWriter())
    }
    const behind = this.#behind.at(-1)!
    const start = behind.length
    behind.bytes(bytes)
    return { pack: this.#behind.length - 1, start }
  }

  /** Appends the piece, uncompressed. */
  add(raw: Uint8Array): void {
    const piece = packPiece(raw, this.#target.deflate)
    this.#open.bytes(piece)
    this.#pieceBytes.push(piece.length)
    // Packs that follow count from this one.
    if (this.#behind.length > 1) this.#close()
  }

  finish(): PackedPieces {
    this.#close()
    return this.#table.finish()
  }

  #close(): void {
    if (this.#pieceBytes.length === 0) return
    const [first, ...others] = this.#behind
    this.#open.bytes(first!.view())
    this.#addPack(this.#open, this.#pieceBytes)
    for (const behind of others) this.#addPack(behind, [])
    this.#open.clear()
    this.#behind = [new ByteWriter()]
    this.#pieceBytes = []
  }

  #addPack(bytes: ByteWriter, pieceBytes: readonly number[]): void {
    this.#table.pack(this.#target.addFile(bytes.finish(), PACK_REFERENCE_BYTES), pieceBytes)
  }
}
