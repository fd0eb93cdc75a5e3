import fc from 'fast-check'
import { pack } from 'msgpackr'
import { describe, expect, it } from 'vitest'
import { deflate } from '../build/deflate-portable.js'
import type { MetaValue } from '../model.js'
import { memorySource } from '../segment/byte-source.js'
import { ChunkReader } from '../segment/chunks.js'
import { Column } from './column.js'
import { ColumnsWriter } from './column-writer.js'

interface Row {
  meta: Record<string, MetaValue>
  date: string | null
}

function columnsOf(rows: readonly Row[]): Map<string, Column> {
  const writer = new ColumnsWriter()
  for (const { meta, date } of rows) writer.add(meta, date)
  const { chunks, names } = writer.finish(deflate)
  const reader = new ChunkReader(memorySource(chunks), 0, chunks.length, 'COLS', 1 << 20)
  expect(names).toEqual([...names].sort())
  return new Map(names.map((name, i) => [name, new Column(reader.chunk(i), rows.length)]))
}

const valuesOf = (column: Column, document: number) =>
  [...column.ordinalsOf(document)].map((ordinal) => column.values[ordinal])

const field = fc.constantFrom('city', '年度', '__proto__', 'constructor', 'date')
const text = fc.constantFrom('洛阳', '郑州', '', '10', '9', 'ｘ')
const value = fc.oneof(text, fc.integer({ min: -3, max: 12 }), fc.array(text, { maxLength: 3 }))
const row: fc.Arbitrary<Row> = fc.record({
  meta: fc.dictionary(field, value),
  date: fc.option(fc.constantFrom('2024', '2025-03')),
})

describe('columns', () => {
  it('hold every value of every document, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), (rows) => {
        for (const [name, column] of columnsOf(rows)) {
          expect([...column.values]).toEqual([...new Set(column.values)])
          for (const [document, { meta, date }] of rows.entries()) {
            const given = Object.entries(meta).filter(([key]) => key === name)
            const own = given.flatMap(([, item]): (string | number)[] => [item].flat())
            if (name === 'date' && date !== null) own.push(date)
            const expected = new Set(column.values.every(isNumber) ? own : own.map(String))
            expect(new Set(valuesOf(column, document))).toEqual(expected)
            const first = column.firstOrdinal(document)
            expect(first).toBe(expected.size === 0 ? -1 : column.ordinalsOf(document)[0])
          }
        }
      }),
    )
  })

  it('of numbers are in order of number, of texts in order of text', () => {
    const rows = [10, 9, -1].map((level) => ({ meta: { level, name: `${level}` }, date: null }))
    const columns = columnsOf(rows)
    expect(columns.get('level')).toMatchObject({ kind: 'number', values: [-1, 9, 10] })
    expect(columns.get('name')).toMatchObject({ kind: 'keyword', values: ['-1', '10', '9'] })
  })

  it('of numbers and texts are texts', () => {
    const rows = [
      { meta: { no: 1 }, date: null },
      { meta: { no: '甲' }, date: null },
    ]
    expect(columnsOf(rows).get('no')).toMatchObject({ kind: 'keyword', values: ['1', '甲'] })
  })

  it('tell whether a document has a marked value', () => {
    const column = columnsOf([
      { meta: { city: ['甲', '乙'] }, date: null },
      { meta: {}, date: null },
    ]).get('city')!
    const mark = (...wanted: string[]) =>
      Uint8Array.from(column.values, (item) => (wanted.includes(String(item)) ? 1 : 0))
    expect(column.hasAny(0, mark('乙'))).toBe(true)
    expect(column.hasAny(0, mark())).toBe(false)
    expect(column.hasAny(1, mark('甲', '乙'))).toBe(false)
  })
})

describe('a column that is damaged', () => {
  it.each([
    ['no list', {}],
    ['of an unknown kind', ['city', 'colour', [], new Uint8Array(1)]],
    ['without ordinals', ['city', 'keyword', [], null]],
    ['with an ordinal beyond its values', ['city', 'keyword', ['甲'], Uint8Array.of(1, 1)]],
    ['with too few documents', ['city', 'keyword', ['甲'], new Uint8Array(0)]],
  ])('is refused: %s', (_, parts) => {
    expect(() => new Column(pack(parts), 1)).toThrow(expect.objectContaining({ code: 'CORRUPT' }))
  })
})

function isNumber(item: unknown): boolean {
  return typeof item === 'number'
}
