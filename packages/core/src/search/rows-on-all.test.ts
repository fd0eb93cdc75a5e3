import { describe, expect, it } from 'vitest'
import { basisOf, drawList, openLists } from '../../../../test/support/posting-lists.js'
import { Random } from '../../../../test/support/random.js'
import { KeptLists } from '../postings/kept-lists.js'
import { MAX_TF } from '../ranking/bm25.js'
import { rowsOnAll as plainly } from './plain-rows-on-all.js'
import { rowsOnAll } from './rows-on-all.js'
import { Work } from './work.js'

const ROWS = 5000
const basis = basisOf(ROWS)

describe('rows that are on all of several lists', () => {
  it('are those of the plain twin, with how often each list has them', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = new Random(seed)
      const contents = Array.from({ length: random.int(1, 5) }, () => drawList(random, ROWS))
      // Kept lists are read by bits and by row, others block by block.
      const keeper = random.pick([null, new KeptLists(1 << 24), new KeptLists(1 << 10)])
      const lists = openLists(contents, basis, 500, keeper)
      if (random.chance(0.3)) lists.push(lists[0]!)
      const all = Number.POSITIVE_INFINITY
      const { rows, frequencies } = rowsOnAll(lists, new Work(all))
      const expected = plainly(lists, new Work(all)).rows
      expect([...rows], `seed ${seed}`).toEqual([...expected])
      for (const [i, content] of rows.length === 0 ? [] : contents.entries()) {
        const known = frequencies.get(lists[i]!)
        if (known === undefined) {
          expect(lists[i]!.byRow !== null || lists[i]!.decoded === null).toBe(true)
          continue
        }
        const found = [...known.subarray(0, rows.length)]
        const wanted = [...rows].map((row) => Math.min(MAX_TF, content.get(row)!))
        expect(found.map((tf) => Math.min(MAX_TF, tf))).toEqual(wanted)
      }
      // Nothing that a list keeps was written to.
      for (const [i, content] of contents.entries()) {
        expect([...lists[i]!.all()]).toEqual([...content.keys()])
      }
    }
  })

  it('are none without lists, and when the work is spent', () => {
    const lists = openLists([new Map([[3, 1]]), new Map([[3, 2]])], basis)
    expect(rowsOnAll([], new Work(10)).rows).toHaveLength(0)
    expect(rowsOnAll(lists, new Work(1)).rows).toHaveLength(0)
    expect([...rowsOnAll(lists, new Work(2)).rows]).toEqual([3])
  })
})
