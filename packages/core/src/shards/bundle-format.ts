/**
 * A bundle: an index in files that a static host serves one by one.
 *
 *   wenxun.json      the manifest, the only file whose name stays; see manifest.ts; in it the core:
 *                    what every query needs; see bundle-core.ts
 *   <hash>.wx        term packs: ranges of the dictionary with their posting lists, and behind
 *                    them the blocks of lists that are too long for a piece; see term-piece.ts
 *   <hash>.wx        body packs: paragraphs with their headings and documents; see body-piece.ts
 *   <hash>.wx        on demand: rare folds, readings, one metadata column each
 *
 * Files are named by their content, so that they may be cached for ever and an unchanged one keeps
 * its name. The files on demand are one raw DEFLATE stream each. A pack is a row of pieces:
 *
 *   piece = CRC-32 of what follows, u32 · n, byte · raw DEFLATE · n bytes to a multiple of its unit
 *
 * The checksum goes on from the piece's place in its pack, as if that were the checksum of what
 * stands before: a piece in another place is told.
 *
 * The core knows where pieces start, or a term piece does, so a host that answers range requests
 * sends single pieces; from any other host the whole pack comes. A small index is one file
 * instead: an ordinary index.
 */

import { crc32 } from '../bytes/crc32.js'

/** The version this code writes, and the only one it reads. */
export const BUNDLE_VERSION = 3

export const MANIFEST_NAME = 'wenxun.json'
export const SHARD_SUFFIX = '.wx'

/** An index of at most this many bytes is shipped as one file. */
export const SINGLE_FILE_BYTES = 48 * 1024

/** Bytes of a file's reference in the core: CRC-32, three bytes of FNV-1a. */
export const REFERENCE_BYTES = 7

/** Of a pack's reference only these: its pieces have checksums of their own. */
export const PACK_REFERENCE_BYTES = 5

/** Bytes before the DEFLATE stream of a piece. */
export const PIECE_HEAD_BYTES = 5

/**
 * Pieces end at multiples of a number of bytes, so that where they stand is told in few bits. The
 * core says which; this one is for pieces of long lists, of which only readers of the list are told.
 */
export const LIST_UNIT = 16
/** The largest: how far a piece is filled up stands in a byte. */
export const MOST_UNIT = 256

/** Raw offsets inside one term piece stay below this; `piece · PIECE_SPAN + offset` names a list. */
export const PIECE_SPAN = 2 ** 28

/** A list of more bytes than this has its blocks in pieces of their own. */
export const FAR_LIST_BYTES = 1024

/** Names a shard, and checks it. */
export interface ShardReference {
  readonly name: string
  /** CRC-32 of its bytes. */
  readonly checksum: number
}

/** The reference of a file with these bytes; its first bytes are that of a pack. */
export function referenceOf(bytes: Uint8Array): Uint8Array {
  const checksum = crc32(bytes)
  let hash = 0x811c9dc5
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193)
  const reference = new Uint8Array(REFERENCE_BYTES)
  for (let i = 0; i < 4; i++) reference[i] = checksum >>> (i * 8)
  for (let i = 0; i < 3; i++) reference[4 + i] = hash >>> (i * 8)
  return reference
}

/** The reference that a shard's name spells. */
export function referenceFromName(name: string): ShardReference {
  const bytes = new Uint8Array(REFERENCE_BYTES)
  for (let i = 0; i < REFERENCE_BYTES; i++) {
    bytes[i] = Number.parseInt(name.slice(i * 2, i * 2 + 2), 16)
  }
  return { ...readReference(bytes, 0), name }
}

/** Reads a reference at an offset. */
export function readReference(
  bytes: Uint8Array,
  at: number,
  length = REFERENCE_BYTES,
): ShardReference {
  let name = ''
  for (let i = at; i < at + length; i++) name += bytes[i]!.toString(16).padStart(2, '0')
  const checksum =
    (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0
  return { name: name + SHARD_SUFFIX, checksum }
}
