/** What Node does faster than JavaScript; parts of a ByteSource. */
import * as zlib from 'node:zlib'
import type { ByteSource } from '@wenxun/core'

/** What zlib asks for at least, in bytes. */
const LEAST_CHUNK = 64

/** Six times as fast as our own; Node has it from 20.15 on. */
export const crc32: ByteSource['crc32'] = zlib.crc32

export function inflate(packed: Uint8Array, size: number): Uint8Array {
  const raw = zlib.inflateRawSync(packed, { chunkSize: Math.max(LEAST_CHUNK, size) })
  // No Buffer: its slices are not copies.
  return new Uint8Array(raw.buffer, raw.byteOffset, raw.length)
}
