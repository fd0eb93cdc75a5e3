import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  LengthsForm,
  readAscending,
  readCharacterRows,
  readLengths,
  readTerms,
} from './core-lists.js'
import {
  writeAscending,
  writeCharacterRows,
  writeLengths,
  writeTerms,
} from './core-lists-writer.js'

const unit = fc.integer({ min: 1, max: 0xffff }).map((code) => String.fromCharCode(code))
const term = fc.array(unit, { maxLength: 5 }).map((units) => units.join(''))
const terms = fc.uniqueArray(term).map((list) => list.sort())

describe('lists in the core of a bundle', () => {
  it('ascending numbers come back', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff_ffff)), (values) => {
        values.sort((a, b) => a - b)
        expect([...readAscending(writeAscending(values))]).toEqual(values)
      }),
    )
  })

  it('numbers beyond 32 bits are damage', () => {
    expect(() => readAscending(writeAscending([2 ** 32]))).toThrow('goes up to 4294967296')
  })

  it('terms come back, those of one unit and of many', () => {
    fc.assert(
      fc.property(terms, (list) => {
        expect(readTerms(writeTerms(list))).toEqual(list)
      }),
    )
  })

  it('characters keep their counts, in the alphabet or not', () => {
    const alphabet = Uint8Array.from([...Buffer.from('，法治', 'utf16le')])
    const rows = new Map([
      ['治', 3],
      ['法', 70_000],
      ['𠮷', 1],
      ['龘', 2],
    ])
    const [characters, counts] = writeCharacterRows(alphabet, rows)
    expect(readCharacterRows(alphabet, characters, counts)).toEqual(rows)
  })
})

describe('lengths of paragraphs', () => {
  const starts = Uint32Array.of(0, 3, 3, 5, 9)

  it.each([
    ['every document has its own', [7, 7, 7, 2, 2, 9, 9, 9, 9], LengthsForm.byDocument],
    ['one paragraph differs', [7, 7, 7, 2, 2, 9, 9, 4, 9], LengthsForm.byDocument],
    ['each differs', [1, 2, 3, 4, 5, 6, 7, 8, 9], LengthsForm.byParagraph],
  ])('come back where %s', (_, lengths, form) => {
    const written = writeLengths(Uint8Array.from(lengths), starts)
    expect(written[0]).toBe(form)
    expect([...readLengths(written, starts)]).toEqual(lengths)
  })

  it('of other paragraphs are damage', () => {
    const short = Uint8Array.of(LengthsForm.byParagraph, 1, 2)
    expect(() => readLengths(short, starts)).toThrow('has 2 lengths for 9 paragraphs')
    const beyond = Uint8Array.of(LengthsForm.byDocument, 1, 1, 1, 1, 9, 5)
    expect(() => readLengths(beyond, starts)).toThrow('a length for paragraph 9')
  })
})
