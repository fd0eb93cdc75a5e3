import { deflateRawSync, constants as zlib } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inflateRaw } from './inflate.js'

const { Z_FIXED, Z_HUFFMAN_ONLY, Z_DEFAULT_STRATEGY } = zlib
const options = fc.record({
  level: fc.constantFrom(0, 1, 6, 9),
  strategy: fc.constantFrom(Z_DEFAULT_STRATEGY, Z_FIXED, Z_HUFFMAN_ONLY),
})

/** Bytes of few values, so that matches are found, and runs of one byte. */
const content = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(fc.integer({ min: 97, max: 101 }), { maxLength: 300 }),
      fc.tuple(fc.integer({ min: 0, max: 255 }), fc.nat({ max: 2000 })).map(([byte, times]) => {
        return new Uint8Array(times).fill(byte)
      }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])))

describe('raw DEFLATE', () => {
  it('gives back what was compressed, with stored, fixed and dynamic codes, of any length', () => {
    fc.assert(
      fc.property(content, options, (bytes, how) => {
        const packed = new Uint8Array(deflateRawSync(bytes, how))
        expect(inflateRaw(packed, bytes.length)).toEqual(bytes)
        expect(inflateRaw(packed)).toEqual(bytes)
      }),
      { numRuns: 300 },
    )
  })

  it('gives back more than one block, and matches from far behind', () => {
    const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => (i * i * 7 + (i >> 9)) & 0xff)
    for (const level of [0, 1, 9]) {
      const packed = new Uint8Array(deflateRawSync(bytes, { level }))
      expect(inflateRaw(packed, bytes.length)).toEqual(bytes)
    }
  })

  it('decodes the three bytes of a fixed block that holds an a', () => {
    expect(inflateRaw(Uint8Array.of(0x4b, 0x04, 0x00))).toEqual(Uint8Array.of(97))
  })

  it('that is damaged is refused, or ends', () => {
    fc.assert(
      fc.property(
        content,
        options,
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 4 }),
        fc.nat(),
        (bytes, how, changes, cut) => {
          const packed = new Uint8Array(deflateRawSync(bytes, how))
          for (const [at, byte] of changes) packed[at % packed.length] = byte
          const left = packed.subarray(0, 1 + (cut % packed.length))
          try {
            expect(inflateRaw(left, bytes.length).length).toBeLessThanOrEqual(bytes.length)
          } catch (error) {
            expect((error as Error).message).toMatch(/^the compressed bytes are (broken|too many)$/)
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  it.each([
    ['nothing', []],
    ['an unknown kind of block', [0x07]],
    ['a stored block that ends early', [0x01, 0x05, 0x00, 0xfa, 0xff, 0x61]],
    ['a stored length that is not told twice', [0x01, 0x01, 0x00, 0x00, 0x00, 0x61]],
    ['a match from before the beginning', [0x03, 0x02, 0x00]],
    ['a block without its end', [0x4b]],
  ])('of %s is refused', (_, bytes) => {
    expect(() => inflateRaw(Uint8Array.from(bytes))).toThrow('the compressed bytes are broken')
  })

  it('that holds more than it should is refused', () => {
    const packed = new Uint8Array(deflateRawSync(new Uint8Array(1000)))
    expect(() => inflateRaw(packed, 999)).toThrow('the compressed bytes are too many')
  })
})
