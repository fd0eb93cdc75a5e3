import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ByteWriter } from '../bytes/byte-writer.js'
import { decodePostings, encodePostings, MAX_STORED_TF } from './postings-codec.js'

/** Postings as [gap, tf]; rows stay below 2^31. */
const postings = fc.array(
  fc.tuple(
    fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 5_000_000 })),
    fc.oneof(fc.constant(1), fc.integer({ min: 1, max: MAX_STORED_TF })),
  ),
  { maxLength: 300 },
)

function arraysOf(gaps: readonly [number, number][]) {
  let row = -1
  const rows = Int32Array.from(gaps, ([gap]) => {
    row += gap + 1
    return row
  })
  return { rows, tfs: Uint8Array.from(gaps, ([, tf]) => tf) }
}

describe('coded postings', () => {
  it('are as in the example of the format', () => {
    const out = new ByteWriter()
    encodePostings(out, Int32Array.of(3, 4), Uint8Array.of(1, 2), 0, 2)
    expect([...out.finish()]).toEqual([0x07, 0x00, 0x02])
  })

  it('come back, in one piece or in two', () => {
    fc.assert(
      fc.property(postings, fc.nat(), (gaps, cut) => {
        const { rows, tfs } = arraysOf(gaps)
        const middle = gaps.length === 0 ? 0 : cut % gaps.length
        const out = new ByteWriter(1)
        encodePostings(out, rows, tfs, 0, middle)
        const behind = out.length
        encodePostings(out, rows, tfs, middle, gaps.length)
        const bytes = out.finish()
        const readRows = new Int32Array(gaps.length)
        const readTfs = new Uint8Array(gaps.length)
        expect(decodePostings(bytes, 0, gaps.length, -1, readRows, readTfs)).toBe(bytes.length)
        expect([readRows, readTfs]).toEqual([rows, tfs])
        const before = middle === 0 ? -1 : rows[middle - 1]!
        decodePostings(bytes, behind, gaps.length - middle, before, readRows, readTfs)
        expect(readRows.subarray(0, gaps.length - middle)).toEqual(rows.subarray(middle))
      }),
    )
  })

  it('reach the last row there can be', () => {
    const last = 2 ** 31 - 2
    const out = new ByteWriter()
    encodePostings(out, Int32Array.of(0, last), Uint8Array.of(1, MAX_STORED_TF), 0, 2)
    const rows = new Int32Array(2)
    const tfs = new Uint8Array(2)
    decodePostings(out.finish(), 0, 2, -1, rows, tfs)
    expect([...rows, ...tfs]).toEqual([0, last, 1, MAX_STORED_TF])
  })

  it('that run past their chunk are damage', () => {
    const decode = (bytes: number[], count: number) =>
      decodePostings(
        Uint8Array.from(bytes),
        0,
        count,
        -1,
        new Int32Array(count),
        new Uint8Array(count),
      )
    expect(() => decode([1, 1], 3)).toThrow('a posting list runs past its chunk')
    expect(() => decode([1, 0x80], 2)).toThrow('a posting list runs past its chunk')
    expect(() => decode([0], 1)).toThrow('a posting list runs past its chunk')
  })
})
