import { describe, expect, it } from 'vitest'
import { nextMerge, type SegmentSize } from './merge-policy.js'

const of = (bytes: number, deleted = 0): SegmentSize => ({ bytes, documents: 100, deleted })
const times = (count: number, size: SegmentSize) => Array.from({ length: count }, () => size)

describe('the merge policy', () => {
  it('leaves few segments, and few of each size, alone', () => {
    expect(nextMerge([])).toBeNull()
    expect(nextMerge(times(7, of(1000)))).toBeNull()
    expect(nextMerge([...times(4, of(1e6)), ...times(3, of(1e3))])).toBeNull()
  })

  it('merges eight neighbours of a size, the smaller ones first', () => {
    expect(nextMerge(times(8, of(1000)))).toEqual({ from: 0, to: 8 })
    expect(nextMerge([...times(7, of(5e6)), ...times(8, of(1000))])).toEqual({ from: 7, to: 15 })
    expect(nextMerge([...times(8, of(5e6)), of(1000)])).toEqual({ from: 0, to: 8 })
    expect(nextMerge([of(9e9), ...times(4, of(5e6)), of(1000), ...times(4, of(5e6))])).toEqual({
      from: 1,
      to: 10,
    })
  })

  it('merges neighbours only, since order is kept', () => {
    const mixed = Array.from({ length: 14 }, (_, i) => of(i % 2 === 0 ? 1e9 : 1000))
    expect(nextMerge(mixed)).toBeNull()
  })

  it('merges the cheapest neighbours of too many segments that are all unlike', () => {
    // Between any two of a size stands a larger one.
    const ruler = Array.from({ length: 70 }, (_, i) =>
      of(4096 * 8 ** (31 - Math.clz32((i + 1) & -(i + 1)))),
    )
    expect(nextMerge(ruler.slice(0, 64))).toBeNull()
    const { from, to } = nextMerge(ruler)!
    const bytes = (at: number) => ruler.slice(at, at + 8).reduce((sum, one) => sum + one.bytes, 0)
    expect(to - from).toBe(8)
    for (let at = 0; at + 8 <= ruler.length; at++) {
      expect(bytes(at)).toBeGreaterThanOrEqual(bytes(from))
    }
  })

  it('rewrites a segment of which much is deleted', () => {
    expect(nextMerge([of(1e6), of(1e6, 30)])).toBeNull()
    expect(nextMerge([of(1e6), of(1e6, 31)])).toEqual({ from: 1, to: 2 })
  })

  it('writes a document a few times, however many commits there were', () => {
    let segments: number[] = []
    let written = 0
    for (let i = 0; i < 4000; i++) {
      segments.push(2000)
      written += 2000
      for (let run = nextMerge(segments.map((bytes) => of(bytes))); run !== null; ) {
        const bytes = segments.slice(run.from, run.to).reduce((a, b) => a + b)
        segments = [...segments.slice(0, run.from), bytes, ...segments.slice(run.to)]
        written += bytes
        run = nextMerge(segments.map((size) => of(size)))
      }
    }
    expect(segments.length).toBeLessThan(40)
    expect(written / (4000 * 2000)).toBeLessThan(7)
  })
})
