import { describe, expect, it } from 'vitest'
import { encodeLength } from '../ranking/length-code.js'
import { bodyStartsOf } from './body-starts.js'

const AIMED = 300

/** Documents with so many characters in each paragraph. */
function startsOf(documents: readonly (readonly number[])[], aimed = AIMED) {
  const starts = [0]
  for (const rows of documents) starts.push(starts.at(-1)! + rows.length)
  const lengths = Uint8Array.from(documents.flat(), encodeLength)
  const found = bodyStartsOf(Uint32Array.from(starts), lengths, aimed)
  return { starts: [...found.starts], weights: [...found.weights] }
}

const small = Array.from({ length: 200 }, (_, i) => [20 + ((i * 37) % 90), 30])

describe('where body pieces start', () => {
  it('is at documents that fill a piece together', () => {
    const { starts, weights } = startsOf(small)
    expect(starts[0]).toBe(0)
    expect(starts.every((row) => row % 2 === 0)).toBe(true)
    expect(starts.length).toBeGreaterThan(50)
    expect(Math.max(...weights)).toBeLessThan(AIMED * 1.5)
  })

  it('is inside of a large document, and behind it', () => {
    const { starts } = startsOf([[20], Array.from({ length: 20 }, () => 60), [20], [20]])
    expect(starts).toEqual([0, 1, 5, 9, 13, 17, 21])
  })

  it('is nowhere but at a single paragraph of any length', () => {
    expect(startsOf([[9000], [9000]]).starts).toEqual([0, 1])
  })

  it('moves with an edit only near it', () => {
    const before = startsOf(small).starts
    const edited = small.map((rows, i) => (i === 100 ? [rows[0]! + 80, 30] : rows))
    const moved = startsOf(edited).starts.filter((row) => !before.includes(row))
    expect(moved.every((row) => row >= 200 && row < 240)).toBe(true)
  })

  it('ends for weights that make no sense', () => {
    for (const aimed of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(startsOf(small, aimed).starts.length).toBeLessThanOrEqual(400)
    }
  })
})
