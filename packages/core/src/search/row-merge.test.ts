import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { basisOf, drawList, openLists } from '../../../../test/support/posting-lists.js'
import { Random } from '../../../../test/support/random.js'
import { MAX_TF } from '../ranking/bm25.js'
import { TITLE_DAMPING } from '../ranking/weights.js'
import { addFrequencies, addScores, intersectRows, subtractRows, uniteRows } from './row-merge.js'

const ROWS = 4000
const basis = basisOf(ROWS)

/** A list and sorted rows to walk along it, for many seeds. */
function eachCase(
  check: (
    content: Map<number, number>,
    list: ReturnType<typeof openLists>[0],
    rows: Int32Array,
  ) => void,
): void {
  for (let seed = 1; seed <= 40; seed++) {
    const random = new Random(seed)
    const content = drawList(random, ROWS)
    const density = random.pick([0.001, 0.02, 0.5, 1])
    const every = Array.from({ length: ROWS }, (_, row) => row)
    const rows = Int32Array.from(every.filter(() => random.chance(density)))
    check(content, openLists([content], basis)[0]!, rows)
  }
}

const ascending = fc.uniqueArray(fc.nat({ max: 60 })).map((rows) => Int32Array.from(rows).sort())

describe('walking rows along a posting list', () => {
  it('lists all its rows', () => {
    eachCase((content, list) => expect([...list.all()]).toEqual([...content.keys()]))
  })

  it('keeps the rows that are on it', () => {
    eachCase((content, list, rows) => {
      const expected = [...rows].filter((row) => content.has(row))
      const kept = intersectRows(list, rows, rows.length)
      expect([...rows.subarray(0, kept)]).toEqual(expected)
    })
  })

  it('sums up frequencies with their sign', () => {
    eachCase((content, list, rows) => {
      const sums = new Int32Array(rows.length).fill(5)
      addFrequencies(list, -1, rows, sums, rows.length)
      expect([...sums]).toEqual([...rows].map((row) => 5 - Math.min(255, content.get(row) ?? 0)))
    })
  })

  it('adds scores, less where the title has the term', () => {
    const titled = { starts: Int32Array.of(10, 1000, 3000), ends: Int32Array.of(500, 1001, 4000) }
    const isTitled = (row: number) =>
      titled.starts.some((from, i) => row >= from && row < titled.ends[i]!)
    eachCase((content, list, rows) => {
      for (const ranges of [undefined, titled]) {
        const scores = new Float64Array(rows.length).fill(3)
        addScores({ list, weight: 65_536.5 }, ranges, basis, rows, scores, rows.length)
        const expected = [...rows].map((row) => {
          const tf = Math.min(MAX_TF, content.get(row) ?? 0)
          const factor = tf === 0 ? 0 : basis.table[(tf << 8) | basis.lengths[row]!]!
          const damped = ranges !== undefined && isTitled(row) ? TITLE_DAMPING : 1
          return 3 + Math.floor(65_536.5 * factor * damped)
        })
        expect([...scores]).toEqual(expected)
      }
    })
  })
})

describe('sorted rows', () => {
  it('unite as sets do', () => {
    fc.assert(
      fc.property(ascending, ascending, (a, b) => {
        const expected = [...new Set([...a, ...b])].sort((x, y) => x - y)
        expect([...uniteRows(a, b)]).toEqual(expected)
      }),
    )
  })

  it('subtract as sets do', () => {
    fc.assert(
      fc.property(ascending, ascending, (a, b) => {
        const excluded = new Set(b)
        expect([...subtractRows(a, b)]).toEqual([...a].filter((row) => !excluded.has(row)))
      }),
    )
  })
})
