import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coarseRows, DEFAULT_BM25, decodeBound, encodeBound, idf, MAX_TF, tfTable } from './bm25.js'
import { decodeLength } from './length-code.js'

const k1 = fc.double({ min: 0, max: 5, noNaN: true })
const b = fc.double({ min: 0, max: 1, noNaN: true })
const averageLength = fc.double({ min: 0.5, max: 1e6, noNaN: true })

describe('a coarse number of rows', () => {
  it('is not below the exact one, near it, and one of four in a doubling', () => {
    const found = new Set<number>()
    for (let rows = 0; rows < 70_000; rows++) {
      const coarse = coarseRows(rows)
      if (coarse < rows || coarse > rows * 1.25 || coarseRows(coarse) !== coarse) {
        expect.fail(`${rows} is taken for ${coarse}`)
      }
      if (rows > 32_768 && rows <= 65_536) found.add(coarse)
    }
    expect(found.size).toBe(4)
  })
})

describe('the table of tf factors', () => {
  it('is the formula for every frequency and length', () => {
    fc.assert(
      fc.property(k1, b, averageLength, fc.nat({ max: 255 }), (k, share, average, code) => {
        const table = tfTable({ k1: k, b: share }, average)
        for (let tf = 1; tf <= MAX_TF; tf++) {
          const norm = k * (1 - share + (share * decodeLength(code)) / average)
          expect(table[tf * 256 + code]).toBeCloseTo((tf * (k + 1)) / (tf + norm), 10)
        }
      }),
    )
  })

  it('grows with the frequency and falls with the length', () => {
    const table = tfTable(DEFAULT_BM25, 40)
    for (let tf = 1; tf < MAX_TF; tf++) {
      for (let code = 0; code < 255; code++) {
        expect(table[(tf + 1) * 256 + code]).toBeGreaterThan(table[tf * 256 + code]!)
        expect(table[tf * 256 + code + 1]).toBeLessThan(table[tf * 256 + code]!)
      }
    }
  })

  it('holds numbers for an index without text', () => {
    expect(tfTable(DEFAULT_BM25, 0).every(Number.isFinite)).toBe(true)
  })
})

describe('a stored bound', () => {
  it('is a byte, and never below the factor it stands for', () => {
    const share = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }))
    fc.assert(
      fc.property(k1, share, (k, part) => {
        const factor = Math.min(k + 1, part * (k + 1))
        const code = encodeBound(factor, k)
        expect(Number.isInteger(code) && code >= 0 && code <= 255).toBe(true)
        expect(decodeBound(code, k)).toBeGreaterThanOrEqual(factor)
      }),
      { numRuns: 20_000 },
    )
  })

  it('is above no factor by more than a step and a hair', () => {
    fc.assert(
      fc.property(k1, fc.double({ min: 0, max: 1, noNaN: true }), (k, part) => {
        const factor = part * (k + 1)
        expect(decodeBound(encodeBound(factor, k), k) - factor).toBeLessThan((k + 1) / 254)
      }),
    )
  })
})

describe('idf', () => {
  it('falls with the number of rows and stays above zero', () => {
    const values = Array.from({ length: 1001 }, (_, frequency) => idf(1000, frequency))
    for (let i = 1; i < values.length; i++) expect(values[i]).toBeLessThan(values[i - 1]!)
    expect(values.at(-1)).toBeGreaterThan(0)
  })

  it('has few enough bits to be the same in every engine', () => {
    expect(Number.isInteger(idf(343_120, 77) * 2 ** 20)).toBe(true)
  })
})
