import { describe, expect, it } from 'vitest'
import { coarseLength, decodeLength, encodeLength } from './length-code.js'

const LONGEST = 507_904

describe('a length code', () => {
  it('is exact up to 31 and below the length by less than a sixteenth after that', () => {
    for (let length = 0; length <= LONGEST; length++) {
      const decoded = decodeLength(encodeLength(length))
      const isClose =
        length < 32 ? decoded === length : decoded <= length && length < decoded * (17 / 16)
      if (!isClose) expect.fail(`${length} is stored as ${decoded}`)
    }
  })

  it('never falls while the length grows', () => {
    let before = -1
    for (let length = 0; length <= LONGEST * 3; length++) {
      const code = encodeLength(length)
      if (code < before || code > 255) expect.fail(`${length} has code ${code} after ${before}`)
      before = code
    }
  })

  it('has 256 values that all stand for themselves', () => {
    const codes = Array.from({ length: 256 }, (_, code) => code)
    expect(codes.map((code) => encodeLength(decodeLength(code)))).toEqual(codes)
  })

  it('is the last one for every length that is longer still', () => {
    expect([LONGEST, LONGEST + 1, 1e6, 2 ** 31 - 1].map(encodeLength)).toEqual([255, 255, 255, 255])
    expect(decodeLength(255)).toBe(LONGEST)
  })

  it('has a coarse one near it, which never falls either', () => {
    let before = -1
    for (let length = 0; length <= LONGEST; length++) {
      const exact = encodeLength(length)
      const coarse = coarseLength(exact)
      const error = Math.abs(decodeLength(coarse) - decodeLength(exact))
      if (coarse < before || error > length / 4) expect.fail(`${length} is taken for ${coarse}`)
      before = coarse
    }
    const codes = new Set(Array.from({ length: 256 }, (_, code) => coarseLength(code)))
    expect(codes.size).toBe(46)
  })
})
