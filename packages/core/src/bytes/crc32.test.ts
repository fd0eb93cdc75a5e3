import { crc32 as zlibCrc } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crc32 } from './crc32.js'

const ascii = (text: string) => new TextEncoder().encode(text)

/** The definition, a bit at a time. */
function slowCrc(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return ~crc >>> 0
}

describe('crc32', () => {
  it.each([
    ['', 0x00000000],
    ['a', 0xe8b7be43],
    ['abc', 0x352441c2],
    ['123456789', 0xcbf43926],
    ['The quick brown fox jumps over the lazy dog', 0x414fa339],
  ])('of %j is the published one', (text, expected) => {
    expect(crc32(ascii(text))).toBe(expected)
  })

  it('equals the definition on bytes of every length and alignment', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), fc.nat({ max: 8 }), (bytes, from) => {
        const part = bytes.subarray(Math.min(from, bytes.length))
        expect(crc32(part)).toBe(slowCrc(part))
      }),
    )
  })

  it.skipIf(zlibCrc === undefined)("equals the platform's on a megabyte", () => {
    const bytes = Uint8Array.from({ length: 1 << 20 }, (_, i) => (i * i) >>> 5)
    expect(crc32(bytes)).toBe(zlibCrc(bytes))
  })
})
