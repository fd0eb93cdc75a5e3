import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodePostings } from '../postings/postings-codec.js'
import { CountedBlocks } from './counted-blocks.js'
import type { CountedTerms } from './counted-term.js'
import { PairCounter } from './pair-counter.js'

/** Everything that was counted of a term: its rows with their frequencies, and the three counts. */
interface Counted {
  rows: [row: number, tf: number][]
  counts: [occurrences: number, asWord: number, atEdge: number]
}

function read(terms: CountedTerms): [string, Counted][] {
  const found: [string, Counted][] = []
  for (let next = terms.next(); next !== null; next = terms.next()) {
    const { term, frequency, postings, lastRow, occurrences, asWord, atEdge } = next
    const rows = new Int32Array(frequency)
    const tfs = new Uint8Array(frequency)
    expect(decodePostings(postings, 0, frequency, -1, rows, tfs)).toBe(postings.length)
    expect(lastRow).toBe(rows.at(-1) ?? -1)
    const list = Array.from(rows, (row, i) => [row, tfs[i]!] as [number, number])
    found.push([term, { rows: list, counts: [occurrences, asWord, atEdge] }])
  }
  return found
}

const bytes = (hex: string) => Uint8Array.from(hex.split(' '), (byte) => Number.parseInt(byte, 16))

describe('blocks of counted pairs', () => {
  it('are read as they are documented, one block after the other', () => {
    const heads = bytes('00 4e 01 8c 4e 02 01 01 00 09 03')
    const postings = bytes('0f 02 02')
    const blocks = new CountedBlocks()
    blocks.add({ firstRow: 0, heads, postings })
    blocks.add({ firstRow: 100, heads, postings })
    expect(read(blocks.counted())).toEqual([
      ['一', { rows: [], counts: [0, 0, 0] }],
      [
        '一二',
        {
          rows: [
            [7, 1],
            [9, 2],
            [107, 1],
            [109, 2],
          ],
          counts: [6, 2, 0],
        },
      ],
    ])
  })
})

/** A row: its runs, each with the places of its words; and whether its block ends with it. */
const anyRun = fc.record({
  text: fc.array(fc.constantFrom('法', '治', '政', '一', '𠮷'), { minLength: 1, maxLength: 9 }),
  words: fc.array(fc.nat({ max: 8 }), { maxLength: 3 }),
})
const anyRow = fc.record({ runs: fc.array(anyRun, { maxLength: 3 }), isLast: fc.boolean() })

describe('a counter of pairs', () => {
  it('agrees with its slow twin, wherever blocks end', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 20 }), (rows) => {
        const { counter, expected, unitRows } = countSlowly(rows)
        expect(read(counter.counted())).toEqual(expected)
        // Asking twice changes nothing.
        expect(read(counter.counted())).toEqual(expected)
        for (const [unit, count] of unitRows) {
          expect(counter.unitRows[unit.charCodeAt(0)]).toBe(count)
        }
      }),
    )
  })

  it('forgets its terms and goes on with later rows', () => {
    const counter = new PairCounter()
    add(counter, '法治')
    counter.endRow()
    counter.clear()
    add(counter, '法治')
    counter.endRow()
    expect(read(counter.counted())).toEqual([
      ['治', { rows: [[1, 1]], counts: [0, 0, 0] }],
      ['法', { rows: [], counts: [0, 0, 0] }],
      ['法治', { rows: [[1, 1]], counts: [1, 0, 0] }],
    ])
  })

  it('stores no frequency above 255', () => {
    const counter = new PairCounter()
    add(counter, '法'.repeat(1000))
    counter.endRow()
    expect(read(counter.counted())).toEqual([
      ['法', { rows: [[0, 1]], counts: [0, 0, 0] }],
      ['法法', { rows: [[0, 255]], counts: [999, 0, 0] }],
    ])
  })

  it('splits many rows into blocks by itself', () => {
    const counter = new PairCounter()
    const rows = 40_000
    const units = Uint16Array.from('法治政', (char) => char.charCodeAt(0))
    for (let i = 0; i < rows; i++) {
      if (i % 2 === 0) counter.run(units, 0, 2)
      else counter.run(units, 2, 3)
      counter.endRow()
    }
    const terms = new Map(read(counter.counted()))
    expect(terms.get('法治')!.rows).toEqual(Array.from({ length: rows / 2 }, (_, i) => [i * 2, 1]))
    expect(terms.get('政')!.rows.at(-1)).toEqual([rows - 1, 1])
  })
})

function add(counter: PairCounter, text: string): void {
  const units = Uint16Array.from(text, (char) => char.charCodeAt(0))
  expect(counter.run(units, 0, units.length)).toBe(true)
}

type Row = typeof anyRow extends fc.Arbitrary<infer T> ? T : never

/** Counts with maps; terms of astral characters are the caller's. */
class SlowCounter {
  readonly terms = new Map<string, Counted>()
  readonly unitRows = new Map<string, number>()

  entry(term: string): Counted {
    const entry = this.terms.get(term) ?? { rows: [], counts: [0, 0, 0] }
    this.terms.set(term, entry)
    return entry
  }

  count(term: string, row: number): void {
    const { rows } = this.entry(term)
    if (rows.at(-1)?.[0] === row) rows.at(-1)![1]++
    else rows.push([row, 1])
  }

  /** The row holds a unit in its runs. */
  hold(unit: string): void {
    this.entry(unit)
    this.unitRows.set(unit, (this.unitRows.get(unit) ?? 0) + 1)
  }
}

/** Feeds a counter and its slow twin. */
function countSlowly(rows: readonly Row[]) {
  const counter = new PairCounter()
  const slow = new SlowCounter()
  for (const [at, { runs, isLast }] of rows.entries()) {
    for (const { text, words } of runs) {
      const units = Uint16Array.from(unitsOf(text.join('')))
      if (!counter.run(units, 0, units.length)) counter.astralRun(units, 0, units.length)
      const last = text.at(-1)!
      if (last.length === 1) slow.count(last, at)
      countPairs(text, at, new Set(words), counter, slow)
    }
    const held = runs.flatMap(({ text }) => text).filter((char) => char.length === 1)
    for (const char of new Set(held)) slow.hold(char)
    counter.endRow()
    // Asking for the terms ends a block.
    if (isLast) counter.counted()
  }
  const expected = [...slow.terms].sort(([a], [b]) => (a < b ? -1 : 1))
  return { counter, expected, unitRows: slow.unitRows }
}

/** The pairs of a run; one at a place in `words` is a word, at an odd place also an edge. */
function countPairs(
  text: readonly string[],
  row: number,
  words: ReadonlySet<number>,
  counter: PairCounter,
  slow: SlowCounter,
): void {
  for (let i = 0, place = 0; i + 1 < text.length; place += text[i++]!.length) {
    const pair = text[i]! + text[i + 1]!
    if (pair.length > 2) continue
    slow.count(pair, row)
    const { counts } = slow.entry(pair)
    counts[0]++
    if (!words.has(i)) continue
    counter.markWord(place)
    counts[1]++
    if (i % 2 === 0) continue
    counter.markEdge(place)
    counts[2]++
  }
}

function unitsOf(text: string): number[] {
  return Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))
}
