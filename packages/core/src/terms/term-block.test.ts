import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ByteWriter } from '../bytes/byte-writer.js'
import { encodeTermBlock, isCharacter, TermBlock, type TermEntry } from './term-block.js'

function block(entries: TermEntry[], next: number): TermBlock {
  const out = new ByteWriter()
  encodeTermBlock(out, entries, next)
  return new TermBlock(out.finish())
}

describe('a dictionary block', () => {
  it('gives back the terms, frequencies and offsets that were written', () => {
    const term = fc.string({ unit: 'binary', minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(fc.uniqueArray(term, { minLength: 1, maxLength: 60 }), (terms) => {
        const sorted = [...terms].sort((a, b) => (a < b ? -1 : 1))
        let offset = 7
        const entries = sorted.map((t, i) => {
          offset += (i - 1) ** 2 + 1
          const rows = i * i + 1 + (isCharacter(t) ? i % 3 : 0)
          return { term: t, frequency: i * i + 1, rows, wordShare: i % 4, offset }
        })
        const decoded = block(entries, offset + sorted.length ** 2)
        expect(Array.from({ length: decoded.count }, (_, i) => decoded.entry(i))).toEqual(entries)
        for (const [i, t] of sorted.entries()) {
          expect(decoded.lowerBound(t)).toBe(i)
          expect(decoded.is(i, t)).toBe(true)
        }
      }),
    )
  })

  it('finds the place of a term that is not there', () => {
    const at = (term: string, i: number) => ({
      term,
      frequency: 1,
      rows: 1,
      wordShare: 0,
      offset: i,
    })
    const decoded = block(['法', '法治', '法治政府', '行'].map(at), 4)
    expect(decoded.lowerBound('法治政')).toBe(2)
    expect(decoded.is(2, '法治政')).toBe(false)
    expect(decoded.startsWith(2, '法治政')).toBe(true)
    expect(decoded.standsIn(2, '依法治政府', 1)).toBe(true)
    expect(decoded.lowerBound('治')).toBe(0)
    expect(decoded.lowerBound('鬱')).toBe(4)
  })

  it.each([
    ['no term', [0, 0]],
    ['more terms than a block may have', [0x81, 0x02, 0]],
    [
      'a term that shares more than the one before has',
      [2, 0, 0, 3, 4, 4, 0x61, 0x62, 1, 1, 0, 0, 1, 1],
    ],
    ['a term without end', [1, 0, 0, 0xff, 0xff, 0x7f]],
    ['too few bytes', [1, 0, 0, 4]],
  ])('with %s is damage', (_, bytes) => {
    expect(() => new TermBlock(Uint8Array.from(bytes))).toThrow(
      expect.objectContaining({ code: 'CORRUPT' }),
    )
  })
})
