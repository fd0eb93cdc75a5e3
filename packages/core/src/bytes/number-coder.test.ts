import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NumberDecoder } from './number-decoder.js'
import { NumberEncoder } from './number-encoder.js'

const item = fc.record({
  context: fc.integer({ min: 0, max: 3 }),
  value: fc.oneof(
    fc.nat(2 ** 32 - 2),
    fc.nat(40),
    fc.nat(21).map((power) => 2 ** power),
  ),
})

function encoded(write: (encoder: NumberEncoder) => void): Uint8Array {
  const encoder = new NumberEncoder(4)
  write(encoder)
  return encoder.finish()
}

describe('coded numbers', () => {
  it('come back, whatever their contexts', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 300 }), (items) => {
        const bytes = encoded((encoder) => {
          for (const { context, value } of items) {
            encoder.number(context, value)
            encoder.byte(3 - context, value % 256)
          }
        })
        const decoder = new NumberDecoder(bytes, 4)
        for (const { context, value } of items) {
          expect(decoder.number(context)).toBe(value)
          expect(decoder.byte(3 - context)).toBe(value % 256)
        }
      }),
    )
  })

  it('carry over any row of full bytes', () => {
    for (let seed = 1; seed < 200; seed++) {
      const bits = Array.from({ length: 400 }, (_, i) => (i * i + seed * (i >> 3)) % seed === 0)
      const bytes = encoded((encoder) => {
        for (const bit of bits) encoder.number(0, bit ? 0 : 1)
      })
      const decoder = new NumberDecoder(bytes, 4)
      expect(bits.map(() => decoder.number(0) === 0)).toEqual(bits)
    }
  })

  it('take about as many bits as they tell', () => {
    const bytes = encoded((encoder) => {
      for (let i = 0; i < 8000; i++) encoder.byte(0, (i * 7919) % 16)
    })
    expect(bytes.length).toBeGreaterThan(3900)
    expect(bytes.length).toBeLessThan(4400)
  })

  it('end where they end, soon enough', () => {
    const bytes = encoded((encoder) => encoder.number(0, 1))
    const decoder = new NumberDecoder(bytes, 4)
    const readOn = () => {
      for (let i = 0; i < 5000; i++) decoder.number(0)
    }
    expect(readOn).toThrow('coded numbers end too early')
  })

  it('are these bytes', () => {
    const bytes = encoded((encoder) => {
      for (const value of [12, 0, 1000, 12]) encoder.number(0, value)
    })
    expect([...bytes]).toEqual([234, 87, 226, 88, 24, 213, 46])
  })
})
