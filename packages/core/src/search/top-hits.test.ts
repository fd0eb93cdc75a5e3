import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TopHits } from './top-hits.js'

const scores = fc.array(fc.nat({ max: 12 }), { maxLength: 80 })

describe('the top hits', () => {
  it('are the first of all rows in order, whatever order they came in', () => {
    const shuffled = fc.array(fc.tuple(fc.nat({ max: 12 }), fc.nat()), { maxLength: 80 })
    fc.assert(
      fc.property(shuffled, fc.nat({ max: 20 }), (list, capacity) => {
        const rows = list.map(([score, turn], row) => ({ row, score, turn }))
        const top = new TopHits(capacity)
        rows.sort((a, b) => a.turn - b.turn)
        for (const { row, score } of rows) top.offer(row, score)
        rows.sort((a, b) => b.score - a.score || a.row - b.row)
        expect(top.size).toBe(Math.min(capacity, rows.length))
        const best = rows.slice(0, capacity).map(({ row, score }) => ({ row, score }))
        expect(top.drain()).toEqual(best)
        expect(top.size).toBe(0)
      }),
    )
  })

  it('name the score that a later row must exceed', () => {
    fc.assert(
      fc.property(scores, fc.integer({ min: 1, max: 9 }), fc.nat({ max: 12 }), (list, k, score) => {
        const top = new TopHits(k)
        for (const [row, own] of list.entries()) top.offer(row, own)
        const { threshold } = top
        top.offer(list.length, score)
        const gotIn = top.drain().some(({ row }) => row === list.length)
        expect(gotIn).toBe(score > threshold)
      }),
    )
  })

  it('of which none are wanted let nothing in', () => {
    const top = new TopHits(0)
    top.offer(1, 5)
    expect([top.threshold, top.drain()]).toEqual([Number.POSITIVE_INFINITY, []])
  })
})
