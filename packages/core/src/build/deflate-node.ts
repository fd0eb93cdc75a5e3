/** Compression at build time in Node: the platform's zlib. */

import { constants, deflateRawSync } from 'node:zlib'
import type { ChunkContent } from '../segment/chunks.js'

/**
 * Measured on the laws: level 4 compresses texts a quarter faster than 6 and half a percent
 * worse. Repeats in numbers are short and mean little: `Z_FILTERED` leaves them to the Huffman
 * code, which is faster than the default strategy and comes out smaller. Small windows are for
 * small chunks: making a large one ready costs as much as compressing them.
 */
const OPTIONS = {
  text: { level: 4, memLevel: 9, windowBits: 14 },
  terms: { level: 6, memLevel: 9, windowBits: 13, strategy: constants.Z_FILTERED },
  postings: { level: 4, memLevel: 9, windowBits: 13, strategy: constants.Z_FILTERED },
} as const

/** What does not compress grows by five bytes a block; zlib asks for 64 at least. */
const ROOM = 1024

export function deflate(bytes: Uint8Array, content: ChunkContent = 'text'): Uint8Array {
  // Room for all of it and hardly more: nothing to join, and less to make and to collect.
  return deflateRawSync(bytes, { ...OPTIONS[content], chunkSize: bytes.length + ROOM })
}
