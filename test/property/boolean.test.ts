/** The query language and grouping against the slow twin, and in any order of clauses. */

import { openIndex, type SearchOptions, type SearchResult } from '@wenxun/core'
import { describe, expect, it } from 'vitest'
import { drawBooleanQuery } from '../support/boolean-queries.js'
import { drawCorpus, drawText, SHAPES } from '../support/corpora.js'
import { NaiveIndex } from '../support/naive-index.js'
import { build, LITERAL_ONLY, placeOf } from '../support/notation.js'
import { Random } from '../support/random.js'

const CORPORA_PER_SHAPE = 2
const QUERIES_PER_CORPUS = 40

const scored = (hits: SearchResult['hits']) =>
  hits.map((hit) => ({ place: placeOf(hit), score: hit.score }))

function drawOptions(random: Random): SearchOptions {
  const options: SearchOptions = { limit: random.pick([1, 3, 10, 1000]) }
  if (random.chance(0.3)) options.offset = random.int(0, 12)
  if (random.chance(0.2)) options.filter = { city: random.pick(['洛阳', '漯河']) }
  return options
}

describe.each(SHAPES)('on random corpora ($name)', (shape) => {
  const drawn = Array.from({ length: CORPORA_PER_SHAPE }, (_, i) => {
    const random = new Random(100 + i)
    const documents = drawCorpus(random, { ...shape, documents: Math.min(shape.documents, 40) })
    const bytes = build(documents, LITERAL_ONLY)
    return { random, index: openIndex(bytes), naive: new NaiveIndex(documents, bytes) }
  })

  it('boolean queries find and rank what reading every paragraph finds and ranks', () => {
    let found = 0
    for (const [seed, { random, index, naive }] of drawn.entries()) {
      for (let i = 0; i < QUERIES_PER_CORPUS; i++) {
        const query = drawBooleanQuery(random, shape)
        const options = drawOptions(random)
        const context = `seed ${seed}, ${JSON.stringify(query)}, ${JSON.stringify(options)}`
        const expected = naive.search(query, options)
        const result = index.search(query, options)
        expect(scored(result.hits), context).toEqual(expected.hits)
        expect([result.total, result.totalIsExact], context).toEqual([expected.total, true])
        found += expected.hits.length
      }
    }
    expect(found).toBeGreaterThan(100)
  })

  it('groups are documents in order of the list, with their own best paragraphs', () => {
    let grouped = 0
    for (const [seed, { random, index, naive }] of drawn.entries()) {
      for (let i = 0; i < QUERIES_PER_CORPUS / 2; i++) {
        const text = drawText(random, shape, random.int(1, 4))
        const query = random.chance(0.5) ? text : drawBooleanQuery(random, shape)
        const options = { ...drawOptions(random), group: 'document', groupSize: 2 } as const
        const context = `seed ${seed}, ${JSON.stringify(query)}, ${JSON.stringify(options)}`
        const expected = naive.groups(query, options)
        const result = index.search(query, options)
        expect(
          result.groups!.map(({ hits }) => scored(hits)),
          context,
        ).toEqual(expected)
        expect(scored(result.hits), context).toEqual(expected.flat())
        grouped += expected.length
      }
    }
    expect(grouped).toBeGreaterThan(50)
  })

  it('the order of what must and must not be does not matter', () => {
    for (const [seed, { random, index }] of drawn.entries()) {
      for (let i = 0; i < QUERIES_PER_CORPUS; i++) {
        const clauses = random.times(random.int(2, 4), () => {
          const text = drawText(random, { ...shape, joints: [''] }, random.int(1, 3))
          return random.pick(['+', '+', '-']) + text
        })
        const found = index.search(`${clauses.join(' ')} city:洛阳`, { limit: 1000 })
        const turned = index.search(`city:洛阳 ${clauses.reverse().join(' ')}`, { limit: 1000 })
        expect(scored(turned.hits), `seed ${seed}, ${clauses}`).toEqual(scored(found.hits))
      }
    }
  })
})
