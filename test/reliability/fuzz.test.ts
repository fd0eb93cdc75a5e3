/** A seeded sample of `npm run test:fuzz`. */

import { openIndex } from '@wenxun/core'
import { IndexBuilder } from '@wenxun/core/build'
import { describe, expect, it } from 'vitest'
import { analyzer, build } from '../support/notation.js'
import { Random } from '../support/random.js'
import { buildHostile } from './fuzz/document-campaign.js'
import { hostileString, largeQueries, naughtyStrings } from './fuzz/hostile-strings.js'
import { largeDocuments } from './fuzz/large-documents.js'
import { anyOptions, askHostile, fuzzIndex } from './fuzz/query-campaign.js'

const SEED = 20_261_122
const QUERIES = 300
const DOCUMENT_SETS = 40

/** Runs one draw; a failure says which. */
function draw(number: number, run: (random: Random) => void): void {
  try {
    run(new Random(SEED + number))
  } catch (error) {
    throw new Error(`draw ${number} of seed ${SEED}: ${error}`, { cause: error })
  }
}

describe('any string is a query', () => {
  const index = fuzzIndex()

  it('the Big List of Naughty Strings', () => {
    expect(naughtyStrings.length).toBeGreaterThan(400)
    for (const query of naughtyStrings) askHostile(index, query, {})
  })

  it('one of a megabyte, of which the beginning is read', () => {
    const result = index.search(`法治政府${' 无此'.repeat(400_000)} 楓橋經驗`, { limit: 1 })
    expect(result.truncated).toBe(true)
    expect(result.hits[0]!.text).toContain('法治政府')
    expect(index.search('法治政府').truncated).toBeUndefined()
  })

  it(`${QUERIES} drawn ones, with drawn options`, () => {
    for (let i = 0; i < QUERIES; i++) {
      draw(i, (random) => askHostile(index, hostileString(random), anyOptions(random)))
    }
  })

  it.each(Object.entries(largeQueries(10_000)))('10,000 units of %s', (_, query) => {
    askHostile(index, query, {})
  })
})

describe('any document is taken or refused', () => {
  it(`${DOCUMENT_SETS} drawn sets`, () => {
    for (let i = 0; i < DOCUMENT_SETS; i++) draw(i, buildHostile)
  })

  it.each(largeDocuments(10_000))('$name', ({ document, query, hits }) => {
    const index = openIndex(build([document], { pinyin: false }))
    index.verify()
    const result = index.search(query, { limit: 5 })
    expect(result.total).toBe(hits)
    for (const { text, highlights, heading } of result.hits) {
      expect(heading).toBeDefined()
      for (const [start, end] of highlights) expect(text.slice(start, end)).toContain(query)
    }
  })

  it('a paragraph of 400,000 units and 50,000 sentences is marked without going through it for each', () => {
    const text = `${'全面推进依法行政，'.repeat(44_444)}独一无二`
    const index = openIndex(build([{ id: 'a', paragraphs: [{ text }] }], { pinyin: false }))
    const [hit] = index.search('独一无二的法治').hits
    const before = process.cpuUsage()
    const [start] = hit!.highlights.at(-1)!
    expect(text.slice(start)).toBe('独一无二')
    // Milliseconds of work; going through the text for each sentence takes ten times as long.
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(2000)
  })

  it('a paragraph of more units than a text may have is refused', () => {
    const text = 'a'.repeat((1 << 26) + 1)
    const builder = new IndexBuilder({ analyzer })
    expect(() => builder.add({ id: 'a', paragraphs: [{ text }] })).toThrow(
      'Document "a": paragraphs[0].text has 67108865 UTF-16 units; 67108864 is the most. Split it.',
    )
  })
})
