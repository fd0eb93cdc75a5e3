/**
 * Pieces in, packs out: files that hold some pieces each. Where a pack ends depends on its own
 * pieces alone, so that an edit changes the packs it touches and hardly their neighbours.
 */

import { ByteWriter } from '../bytes/byte-writer.js'
import { crc32 } from '../bytes/crc32.js'
import type { Deflate } from '../segment/chunks.js'
import { PACK_REFERENCE_BYTES, PIECE_HEAD_BYTES } from '../shards/bundle-format.js'
import type { PackedPieces } from '../shards/piece-table.js'
import { PieceTableWriter } from '../shards/piece-table-writer.js'

export interface PackTarget {
  /** A pack is closed before it would grow beyond this, in bytes. */
  readonly packBytes: number
  /** Aimed size of a piece, compressed, in bytes. */
  readonly pieceBytes: number
  /** Pieces take multiples of so many bytes. */
  readonly unit: number
  readonly deflate: Deflate
  readonly addFile: AddFile
}

/** Takes a file; returns its reference of so many bytes, by default REFERENCE_BYTES. */
export type AddFile = (content: Uint8Array, referenceBytes?: number) => Uint8Array

const CHECKSUM_BYTES = 4
/** A pack of this share of its size ends where a piece's key says so. */
const LEAST_PACK = 0.6
const PIECES_PER_END = 4

/** A piece as it stands in a pack, but for its checksum, which tells of its place. */
export function packPiece(raw: Uint8Array, deflate: Deflate, unit: number): Uint8Array {
  const packed = deflate(raw)
  const length = PIECE_HEAD_BYTES + packed.length
  const padding = (unit - (length % unit)) % unit
  const piece = new Uint8Array(length + padding)
  piece[CHECKSUM_BYTES] = padding
  piece.set(packed, PIECE_HEAD_BYTES)
  return piece
}

function sign(pack: Uint8Array, start: number, end: number): void {
  const checksum = crc32(pack.subarray(start + CHECKSUM_BYTES, end), start)
  for (let i = 0; i < CHECKSUM_BYTES; i++) pack[start + i] = checksum >>> (i * 8)
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
  readonly #table: PieceTableWriter
  readonly #open = new ByteWriter(1 << 14)
  /** What stands behind the pieces of the open pack, and in packs of its own that follow it. */
  #behind: Row[] = [newRow()]
  #pieceBytes: number[] = []

  constructor(target: PackTarget) {
    this.#target = target
    this.#table = new PieceTableWriter(target.unit)
  }

  /**
   * Says that a piece of about so many bytes comes next, with what stands behind it. `key` names
   * it: one and the same from build to build, unlike its number.
   */
  expect(bytes: number, key: string): void {
    const { packBytes } = this.#target
    const size = this.#open.length + this.#behind[0]!.bytes.length
    const mayEnd = size > packBytes * LEAST_PACK && hashOf(key) % PIECES_PER_END === 0
    if (mayEnd || size + bytes > packBytes) this.#close()
  }

  /** Puts a piece behind those of the pack of the piece that is expected, or of one after it. */
  putBehind(piece: Uint8Array): { pack: number; start: number } {
    const { packBytes, pieceBytes } = this.#target
    const isFirst = this.#behind.length === 1
    const taken = isFirst ? this.#open.length + pieceBytes : 0
    const last = this.#behind.at(-1)!.bytes.length
    if (taken + last > 0 && taken + last + piece.length > packBytes) this.#behind.push(newRow())
    const { bytes, lengths } = this.#behind.at(-1)!
    const start = bytes.length
    bytes.bytes(piece)
    lengths.push(piece.length)
    return { pack: this.#behind.length - 1, start }
  }

  /** Appends the piece, uncompressed. */
  add(raw: Uint8Array): void {
    const piece = packPiece(raw, this.#target.deflate, this.#target.unit)
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
    this.#open.bytes(first!.bytes.view())
    this.#addPack(this.#open, this.#pieceBytes, first!.lengths)
    for (const { bytes, lengths } of others) this.#addPack(bytes, [], lengths)
    this.#open.clear()
    this.#behind = [newRow()]
    this.#pieceBytes = []
  }

  #addPack(bytes: ByteWriter, pieces: readonly number[], behind: readonly number[]): void {
    const pack = bytes.finish()
    let start = 0
    for (const length of [...pieces, ...behind]) {
      sign(pack, start, start + length)
      start += length
    }
    this.#table.pack(this.#target.addFile(pack, PACK_REFERENCE_BYTES), pieces)
  }
}

/** Pieces one behind the other, with the length of each. */
interface Row {
  readonly bytes: ByteWriter
  readonly lengths: number[]
}

function newRow(): Row {
  return { bytes: new ByteWriter(), lengths: [] }
}
