import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NumberDecoder } from '../bytes/number-decoder.js'
import { NumberEncoder } from '../bytes/number-encoder.js'
import { ONE_BYTE_CODES } from '../segment/format.js'
import * as Context from './contexts.js'
import {
  readCharacters,
  readDocumentStarts,
  readLengths,
  readLongHeadings,
  readTerms,
} from './core-lists.js'
import {
  writeCharacters,
  writeDocumentStarts,
  writeLengths,
  writeLongHeadings,
  writeTerms,
} from './core-lists-writer.js'

function encoded(write: (numbers: NumberEncoder) => void): Uint8Array {
  const numbers = new NumberEncoder(Context.CONTEXTS)
  write(numbers)
  return numbers.finish()
}

const decoder = (bytes: Uint8Array) => new NumberDecoder(bytes, Context.CONTEXTS)
const written = (write: (numbers: NumberEncoder) => void) => decoder(encoded(write))

const unit = fc.integer({ min: 1, max: 0xffff }).map((code) => String.fromCharCode(code))
const term = fc.array(unit, { maxLength: 5 }).map((units) => units.join(''))
const terms = fc.uniqueArray(term).map((list) => list.sort())

describe('lists in the core of a bundle', () => {
  it('where documents start comes back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 2 ** 31 })), (rows) => {
        const starts = [0]
        for (const count of rows) starts.push(starts.at(-1)! + count)
        const numbers = written((encoder) => writeDocumentStarts(encoder, starts))
        expect(readDocumentStarts(numbers, rows.length)).toEqual(starts)
      }),
    )
  })

  it('terms come back, those of one unit and of many', () => {
    fc.assert(
      fc.property(terms, (list) => {
        expect(readTerms(written((encoder) => writeTerms(encoder, list)))).toEqual(list)
      }),
    )
  })

  it('long headings come back', () => {
    const headings = new Map([
      [3, 255],
      [4, 70_000],
      [2 ** 30, 256],
    ])
    const numbers = written((encoder) => writeLongHeadings(encoder, headings))
    expect(readLongHeadings(numbers)).toEqual(headings)
  })

  it.each([
    ['few', ['，', '法治']],
    ['more than have codes of one byte', ['，法治', String.fromCharCode(...range(0x4e00, 300))]],
  ])('characters keep their codes and counts, in the alphabet or not: %s', (_, [first, rest]) => {
    const recoding = Uint8Array.from([...Buffer.from(`${first}${rest}`, 'utf16le')])
    const rows = new Map([
      ['治', 3],
      ['法', 70_000],
      ['𠮷', 1],
      ['龘', 2],
    ])
    const codes = sortedCodes(recoding)
    const numbers = written((encoder) => writeCharacters(encoder, codes, rows))
    const found = readCharacters(numbers)
    expect([found.recoding, found.rows]).toEqual([codes, rows])
    expect(found.units.join('')).toBe([...`${first}${rest}`].sort().join(''))
  })

  it('that are cut off are told', () => {
    const starts = range(0, 3000).map((i) => (i * (i + 1)) / 2)
    const bytes = encoded((encoder) => writeDocumentStarts(encoder, starts))
    const cut = decoder(bytes.subarray(0, bytes.length / 2))
    expect(() => readDocumentStarts(cut, starts.length - 1)).toThrow('end too early')
  })
})

function range(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + i)
}

/** As RecodingTable.trainOn gives them: those of one byte ascend, and so do the others. */
function sortedCodes(recoding: Uint8Array): Uint8Array {
  const units = Array.from({ length: recoding.length / 2 }, (_, i) => {
    return recoding[i * 2]! | (recoding[i * 2 + 1]! << 8)
  })
  const ascending = (some: number[]) => some.sort((a, b) => a - b)
  const codes = [
    ...ascending(units.slice(0, ONE_BYTE_CODES)),
    ...ascending(units.slice(ONE_BYTE_CODES)),
  ]
  return Uint8Array.from(codes.flatMap((code) => [code & 0xff, code >>> 8]))
}

describe('lengths of paragraphs', () => {
  const starts = Uint32Array.of(0, 3, 3, 5, 9)

  it.each([
    ['every document has its own', [7, 7, 7, 2, 2, 9, 9, 9, 9]],
    ['one paragraph differs', [7, 7, 7, 2, 2, 9, 9, 4, 9]],
    ['each differs', [1, 2, 3, 4, 5, 6, 7, 8, 255]],
  ])('come back where %s', (_, lengths) => {
    const numbers = written((encoder) => writeLengths(encoder, Uint8Array.from(lengths), starts))
    expect([...readLengths(numbers, starts)]).toEqual(lengths)
  })

  it('are one for a document where its paragraphs count alike', () => {
    const rows = range(0, 5000)
    const documents = Uint32Array.from(range(0, 51), (i) => i * 100)
    const bytes = encoded((encoder) => {
      writeLengths(
        encoder,
        Uint8Array.from(rows, (row) => 40 + Math.floor(row / 100)),
        documents,
      )
    })
    expect(bytes.length).toBeLessThan(100)
  })
})
