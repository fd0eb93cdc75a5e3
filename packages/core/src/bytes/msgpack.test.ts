import fc from 'fast-check'
import { pack } from 'msgpackr'
import { describe, expect, it } from 'vitest'
import { type Packed, unpack } from './msgpack.js'

const bytesOf = (...bytes: number[]) => Uint8Array.from(bytes)

/** Everything the index stores, and keys that mean something to JavaScript objects. */
const { packed } = fc.letrec<{ packed: Packed }>((tie) => ({
  packed: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    // msgpackr writes −0 as 0.
    fc.double().filter((value) => !Object.is(value, -0)),
    fc.string({ unit: 'grapheme' }),
    fc.stringMatching(/^[一-龥]{0,300}$/),
    fc.uint8Array({ maxLength: 300 }),
    fc.array(tie('packed'), { maxLength: 20 }),
    fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', '0')),
      tie('packed'),
    ),
  ),
}))

/** Own entries only, down to the leaves, so that prototypes do not blur the comparison. */
function plain(value: Packed): unknown {
  if (value instanceof Uint8Array) return { bytes: [...value] }
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return { entries: Object.entries(value).map(([key, item]) => [key, plain(item)]) }
}

describe('unpack', () => {
  it('reads what msgpackr packs', () => {
    fc.assert(
      fc.property(packed, (value) => {
        expect(plain(unpack(pack(value)))).toEqual(plain(value))
      }),
      { numRuns: 500 },
    )
  })

  it('reads long texts, arrays and maps', () => {
    const value = {
      text: '法'.repeat(70_000),
      numbers: Array.from({ length: 70_000 }, (_, i) => i),
      map: Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`key ${i}`, -1e9 - i])),
      bytes: new Uint8Array(70_000).fill(3),
    }
    expect(plain(unpack(pack(value)))).toEqual(plain(value))
  })

  it('makes `__proto__` an ordinary key that changes no prototype', () => {
    const source: unknown = JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}')
    const read = unpack(pack(source)) as { [key: string]: Packed }
    expect(Object.keys(read)).toEqual(['__proto__', 'constructor'])
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype)
    expect('polluted' in read).toBe(false)
  })

  it.each([
    ['no byte', bytesOf(), 'metadata ends too early'],
    ['half a text', bytesOf(0xa5, 0x61), 'metadata ends too early'],
    [
      'an array that claims 4 billion items',
      bytesOf(0xdd, 255, 255, 255, 255),
      'impossible length',
    ],
    ['a map that claims 4 billion items', bytesOf(0xdf, 255, 255, 255, 255), 'impossible length'],
    ['an extension', bytesOf(0xd4, 0x72, 0x40), 'unknown tag 0xd4'],
    ['arrays in arrays without end', new Uint8Array(1000).fill(0x91), 'nested too deeply'],
    ['a byte behind the value', bytesOf(0xc0, 0xc0), '1 bytes too many'],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => unpack(bytes)).toThrow(message)
  })

  it('gives a value or an error with a code for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          unpack(bytes)
        } catch (error) {
          expect(error).toMatchObject({ name: 'IndexError', code: 'CORRUPT' })
        }
      }),
      { numRuns: 2000 },
    )
  })
})
