import { describe, expect, it } from 'vitest'
import { DEFAULT_BM25, tfTable } from './bm25.js'
import { encodeLength } from './length-code.js'
import { weightedLength } from './paragraph-weight.js'

const AVERAGE = 60
const table = tfTable(DEFAULT_BM25, AVERAGE)
const factor = (length: number, weight: number) =>
  table[(1 << 8) | encodeLength(weightedLength(length, weight))]!

describe('a weighted length', () => {
  it('is the length times a part that falls with the square of the weight', () => {
    const lengths = [0, 0.1, 0.25, 0.5, 1, 2, 10].map((weight) => weightedLength(100, weight))
    expect(lengths).toEqual([1600, 1600, 1600, 400, 100, 25, 1])
  })

  it('of the usual weight is the length', () => {
    for (let length = 0; length < 5000; length++) expect(weightedLength(length, 1)).toBe(length)
  })

  it('never lets a text count less for a larger weight', () => {
    for (const length of [0, 1, 8, 60, 500, 4000]) {
      const factors = [0, 0.25, 0.5, 0.8, 1, 1.5, 2, 4, 10].map((weight) => factor(length, weight))
      expect(factors).toEqual([...factors].sort((a, b) => a - b))
    }
  })

  it('takes an average paragraph from a quarter of its factor to five quarters', () => {
    expect(factor(AVERAGE, 1)).toBeCloseTo(1, 2)
    expect(factor(AVERAGE, 0)).toBeCloseTo(0.25, 2)
    expect(factor(AVERAGE, 0.5)).toBeCloseTo(0.625, 2)
    expect(factor(AVERAGE, 2)).toBeCloseTo(1.18, 2)
    expect(factor(AVERAGE, 10)).toBeCloseTo(1.245, 2)
  })
})
