import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PostingPool } from './posting-pool.js'
import { decodePostings, MAX_STORED_TF } from './postings-codec.js'

function read(pool: PostingPool, list: number) {
  const count = pool.frequency(list)
  const bytes = new Uint8Array(pool.maxBytes(list))
  const length = pool.copy(list, bytes)
  const rows = new Int32Array(count)
  const tfs = new Uint8Array(count)
  const end = decodePostings(bytes.subarray(0, length), 0, count, -1, rows, tfs)
  expect(end).toBe(length)
  return Array.from(rows, (row, i) => [row, tfs[i]])
}

describe('a pool of posting lists', () => {
  it('keeps lists apart that grow in turns', () => {
    const step = fc.record({
      list: fc.nat({ max: 5 }),
      gap: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 1 << 20 })),
      tf: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 400 })),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 500 }), (steps) => {
        const pool = new PostingPool()
        const lists = Array.from({ length: 6 }, () => pool.create())
        const expected: [number, number][][] = lists.map(() => [])
        let row = -1
        for (const { list, gap, tf } of steps) {
          row += gap + 1
          pool.append(lists[list]!, row, tf)
          expected[list]!.push([row, Math.min(tf, MAX_STORED_TF)])
        }
        expect(lists.map((list) => read(pool, list))).toEqual(expected)
      }),
    )
  })

  it('holds lists longer than its largest slice, and more lists than it has room for', () => {
    const pool = new PostingPool()
    const long = pool.create()
    const others: number[] = []
    for (let row = 0; row < 60_000; row++) {
      pool.append(long, row * 2, row % 3 === 0 ? 7 : 1)
      if (row % 4 !== 0) continue
      const list = pool.create()
      others.push(list)
      pool.append(list, row, 2)
    }
    expect(pool.size).toBe(15_001)
    expect(read(pool, long)).toEqual(
      Array.from({ length: 60_000 }, (_, row) => [row * 2, row % 3 === 0 ? 7 : 1]),
    )
    expect(others.map((list) => read(pool, list))).toEqual(others.map((_, i) => [[i * 4, 2]]))
    expect(pool.byteLength).toBeGreaterThan(60_000)
  })
})
