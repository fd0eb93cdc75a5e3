import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ByteReader, u32View } from './byte-reader.js'
import { ByteWriter } from './byte-writer.js'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

describe('a varint', () => {
  it('is seven bits a byte, low first', () => {
    const out = new ByteWriter(1)
    for (const value of [0, 127, 128, 300, 2 ** 32, Number.MAX_SAFE_INTEGER]) out.varint(value)
    expect(hex(out.finish())).toBe('007f8001ac028080808010ffffffffffffff0f')
  })

  it('comes back, whatever stands around it', () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeNat()), (values) => {
        const out = new ByteWriter(1)
        for (const value of values) out.varint(value)
        const reader = new ByteReader(out.finish(), 'numbers')
        expect(values.map(() => reader.varint())).toEqual(values)
        expect(reader.remaining).toBe(0)
      }),
    )
  })

  it('of more than eight bytes is damage', () => {
    expect(() => new ByteReader(new Uint8Array(20).fill(0x80), 'a list').varint()).toThrow(
      'a list holds a number of more than 8 bytes',
    )
  })
})

describe('a byte reader', () => {
  it('gives back bytes, u32 and slices as they were written', () => {
    const out = new ByteWriter(1)
    out.byte(7)
    out.u32(0xfedcba98)
    out.bytes(Uint8Array.of(1, 2, 3))
    out.align(8)
    expect(out.length).toBe(8)
    const reader = new ByteReader(out.finish(), 'a mix')
    expect([reader.byte(), reader.u32(), ...reader.bytes(3)]).toEqual([7, 0xfedcba98, 1, 2, 3])
  })

  it('says what ended, and how much too early', () => {
    const reader = new ByteReader(Uint8Array.of(1, 2), 'the header')
    expect(() => reader.u32()).toThrow('the header ends 2 bytes too early')
    expect(() => reader.bytes(2 ** 40)).toThrow(expect.objectContaining({ code: 'CORRUPT' }))
    expect(() => new ByteReader(Uint8Array.of(0x80), 'x').varint()).toThrow('too early')
  })
})

describe('a byte writer', () => {
  it('starts anew after clear, and finish is a copy', () => {
    const out = new ByteWriter(1)
    out.u32(1)
    const first = out.finish()
    out.clear()
    out.u32(2)
    expect([hex(first), hex(out.view())]).toEqual(['01000000', '02000000'])
  })
})

describe('a table of u32', () => {
  it('reads the same from every alignment', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 0xffffffff })), fc.nat({ max: 7 }), (values, shift) => {
        const out = new ByteWriter()
        for (let i = 0; i < shift; i++) out.byte(0xee)
        for (const value of values) out.u32(value)
        const bytes = out.finish().subarray(shift)
        expect([...u32View(bytes, 0, values.length)]).toEqual(values)
      }),
    )
  })

  it('that claims more than there is, is damage', () => {
    expect(() => u32View(new Uint8Array(8), 4, 2)).toThrow('a table of 2 numbers does not fit')
  })
})
