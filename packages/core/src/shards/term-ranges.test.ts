import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NumberDecoder } from '../bytes/number-decoder.js'
import { NumberEncoder } from '../bytes/number-encoder.js'
import * as Context from './contexts.js'
import { TermRanges } from './term-ranges.js'
import { writeTermRanges } from './term-ranges-writer.js'

const rows = new Map([
  ['a', 9],
  ['法', 400],
  ['治', 20],
  ['政', 30],
  ['府', 5],
  ['𠮷', 1],
])
const units = new Map([
  ['府'.charCodeAt(0), 1],
  ['法'.charCodeAt(0), 3],
  ['\ud842'.charCodeAt(0), 1],
])
const packed = { firstTerms: ['', '2021', 'a'], units }

function read(): TermRanges {
  const numbers = new NumberEncoder(Context.CONTEXTS)
  writeTermRanges(numbers, packed, rows)
  return TermRanges.read(new NumberDecoder(numbers.finish(), Context.CONTEXTS), rows)
}

describe('the pieces of terms', () => {
  const ranges = read()

  it('are counted', () => {
    expect(ranges.count).toBe(3 + 1 + 3 + 1)
  })

  it.each([
    ['', 0],
    ['2020', 0],
    ['2021', 1],
    ['9', 1],
    ['zebra', 2],
    // Behind Latin ones, before the first character with pieces.
    ['中国', 2],
    ['府', 3],
    // No piece begins at these: they go with the character before.
    ['政府', 3],
    ['\ud842\udfb7', 7],
    ['\uffee', 7],
  ])('"%s" is in piece %i', (term, piece) => {
    expect(ranges.indexOf(term)).toBe(piece)
  })

  it('of a frequent character share its terms by their second unit', () => {
    const texts = Array.from({ length: 300 }, (_, i) => `法${String.fromCharCode(0x4e00 + i)}`)
    const pieces = texts.map((text) => ranges.indexOf(text))
    for (const piece of [4, 5, 6]) {
      expect(pieces.filter((each) => each === piece).length).toBeGreaterThan(70)
    }
    for (const [i, text] of texts.entries()) expect(ranges.indexOf(`${text}家`)).toBe(pieces[i])
  })

  it('that may hold terms with a prefix hold every one', () => {
    const alphabet = fc.constantFrom('2', '0', '1', 'a', 'é', '法', '治', '政', '府', '中', '𠮷')
    const text = fc.array(alphabet, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, fc.nat(8), (term, length) => {
        const prefix = term.slice(0, 1 + (length % term.length))
        expect(ranges.withPrefix(prefix)).toContain(ranges.indexOf(term))
      }),
    )
    expect(ranges.withPrefix('法')).toEqual([4, 5, 6])
    expect(ranges.withPrefix('法治')).toEqual([ranges.indexOf('法治')])
    expect(ranges.withPrefix('2')).toEqual([0, 1])
  })
})
