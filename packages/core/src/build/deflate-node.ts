/** Compression at build time in Node: the platform's zlib. */

import { deflateRawSync } from 'node:zlib'

export function deflate(bytes: Uint8Array): Uint8Array {
  return deflateRawSync(bytes, { level: 6, memLevel: 9 })
}
