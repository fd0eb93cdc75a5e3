import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ByteReader } from '../bytes/byte-reader.js'
import { ByteWriter } from '../bytes/byte-writer.js'
import { CountTable } from './count-table.js'

const encode = (table: CountTable) => {
  const out = new ByteWriter()
  table.encode(out)
  return out.finish()
}
const decode = (bytes: Uint8Array, columns: number) =>
  CountTable.decode(new ByteReader(bytes, 'a table'), columns)

/** Rows `[key, value, value]` with distinct keys. */
const rows = fc.uniqueArray(
  fc.tuple(fc.nat(0xffff_ffff), fc.nat(1000), fc.nat(1000)).map((row) => [...row]),
  { selector: ([key]) => key, maxLength: 30 },
)
const listed = ({ keys, columns }: CountTable) =>
  Array.from(keys, (key, i) => [key, ...columns.map((column) => column[i])])

describe('a table of counts', () => {
  it('has the bytes of the worked example', () => {
    const table = CountTable.of(
      [
        [5, 2, 7],
        [3, 1, 0],
      ],
      2,
    )
    expect([...encode(table)]).toEqual([2, 3, 2, 1, 2, 0, 7])
  })

  it('comes back from its bytes, and finds its keys', () => {
    fc.assert(
      fc.property(rows, (given) => {
        const table = decode(encode(CountTable.of(given, 2)), 2)
        expect(listed(table)).toEqual([...given].sort((a, b) => a[0]! - b[0]!))
        for (const [i, key] of table.keys.entries()) expect(table.find(key)).toBe(i)
      }),
    )
  })

  it('is what is left when a part of a sum is taken away', () => {
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        const [one, other] = [CountTable.of(a, 2), CountTable.of(b, 2)]
        const left = CountTable.sum([one, other], [other])
        const held = a.filter(([, x, y]) => x! + y! > 0).sort((x, y) => x[0]! - y[0]!)
        expect(listed(left)).toEqual(held)
      }),
    )
  })

  it.each([
    ['ends too early', [9, 1]],
    ['has keys that stand still', [2, 3, 0, 1, 1]],
    ['has a key beyond 32 bits', [1, 0xff, 0xff, 0xff, 0xff, 0x7f, 1]],
  ])('that %s is damage', (_, bytes) => {
    expect(() => decode(Uint8Array.from(bytes), 1)).toThrow(
      expect.objectContaining({ code: 'CORRUPT' }),
    )
  })
})
