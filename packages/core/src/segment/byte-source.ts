/** Where index bytes come from. The caller supplies it; the core never opens anything. */

import { IndexError } from '../errors.js'

export interface ByteSource {
  /** Length of the whole index in bytes. */
  readonly length: number
  /** The bytes `[start, end)`; the caller of `read` does not change them. Synchronous. */
  read(start: number, end: number): Uint8Array
  /** The same for bytes that are looked at once: the next call may overwrite them. */
  readOnce?(start: number, end: number): Uint8Array
  /**
   * Decompresses raw DEFLATE, for a platform that is faster at it than JavaScript; throws, or
   * returns another number of bytes than `size`, where the bytes are damaged.
   */
  inflate?(packed: Uint8Array, size: number): Uint8Array
  /** CRC-32 as in bytes/crc32.ts, for a platform that is faster at it; `before` as there. */
  readonly crc32?: ((bytes: Uint8Array, before?: number) => number) | undefined
}

/** An index that is in memory as a whole; `read` returns views. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    length: bytes.length,
    read(start, end) {
      if (start < 0 || end > bytes.length || start > end) {
        throw new IndexError(
          'TRUNCATED',
          `The index ends at byte ${bytes.length}, but bytes ${start} to ${end} are needed. The file is incomplete: copy or build it again.`,
        )
      }
      return bytes.subarray(start, end)
    },
  }
}
